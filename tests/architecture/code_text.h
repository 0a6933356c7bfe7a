// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace planb::architecture {

struct Include {
    std::string target; ///< what stands between the quotes or brackets
    bool quoted = false;
    int line = 0; ///< from 1
};

/// The #include lines of a C++ source, in their order.
std::vector<Include> includesOf(std::string_view source);

/// The same text, line for line, with comments and the insides of string and character literals blanked.
/// Knows raw strings and digit separators; does not run the preprocessor.
std::string withoutCommentsAndStrings(std::string_view source);

/// The lines (from 1) on which `word` stands by itself, not as part of a longer name.
std::vector<int> linesWithWord(std::string_view code, std::string_view word);

} // namespace planb::architecture
