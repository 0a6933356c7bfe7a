// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/sim/world.h"

#include <QTemporaryDir>

#include <memory>
#include <vector>

namespace planb::sim {

struct Outcome {
    std::string complaint; ///< empty if every promise was kept
    MonoTime brokenAt{};
    std::uint64_t traceHash = 0;
    std::uint64_t traceLines = 0;
    std::size_t messages = 0;
    Micros virtualTime{0};
};

/// Where stories are played, one after the other: what they share is made once.
class Theatre
{
public:
    Theatre();

    Outcome play(const Plan &plan, Trace::Keep keep = Trace::Keep::Hash);
    /// Leaves out of a story that breaks a promise whatever it breaks the same one without.
    Plan shrunk(const Plan &plan);

private:
    bool breaksTheSame(const Plan &plan, const std::string &invariant);

    QTemporaryDir m_folder;
    std::vector<unsigned char> m_emptyStore;
    std::unique_ptr<CrashVfs> m_vfs;
};

} // namespace planb::sim
