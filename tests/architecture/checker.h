// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace planb::architecture {

struct SourceFile {
    std::string path; ///< from the repository's root, with forward slashes
    std::string text;
};

/// One rule broken in one place.
struct Violation {
    std::string path;
    int line = 0; ///< from 1; 0 when the whole file is meant
    std::string what;
};
std::ostream &operator<<(std::ostream &out, const Violation &violation);

/// "core/store" for "core/store/database.h", "transports" for "transports/factory.cpp", "ui" for everything below ui/.
std::string layerOf(std::string_view path);

/// Applies every rule of rules.h, and the two that need no table: each file names its licence in its first
/// lines, and our own headers are included by their path from the root, in quotes.
std::vector<Violation> check(const std::vector<SourceFile> &files);

} // namespace planb::architecture
