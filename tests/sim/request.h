// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/sim/plan.h"

#include <optional>
#include <string>
#include <vector>

namespace planb::sim {

/// What the command line asks for.
struct Request {
    std::uint64_t first = 1;
    std::uint64_t count = 100;
    int jobs = 1;
    std::vector<Mode> modes{Mode::Liveness};
    bool trace = false;
    bool shrink = false;
    bool checkDeterminism = false;
};

/// Nothing for a wrong call; then `complaint` says what is wrong.
std::optional<Request> parseRequest(const std::vector<std::string> &words, std::string &complaint);
const char *usage();

} // namespace planb::sim
