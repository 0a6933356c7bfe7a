// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

/// What the sources may and may not say, as tables. docs/architecture.md draws the same picture.
namespace planb::architecture {

/// A folder with a place in the layering. Files of core/ and transports/ belong to the folder one level
/// deeper; ui/, app/ and tests/ are one layer each; a file that lies in transports/ itself is the factory.
struct Layer {
    std::string_view folder;
    /// Besides its own folder. "core/*" stands for every layer below core/.
    std::vector<std::string_view> mayInclude;
};

/// A library that one layer keeps to itself, so that it can be exchanged there.
struct PrivateLibrary {
    std::string_view header; ///< how the include starts: "sodium" covers <sodium.h> and <sodium/utils.h>
    std::vector<std::string_view> layers;
};

/// Words that must not appear in the code (comments and strings do not count) of some files.
struct Ban {
    std::string_view why;
    std::vector<std::string_view> paths; ///< how the path of a file starts
    std::vector<std::string_view> except;
    std::vector<std::string_view> words; ///< a trailing '(' means the call, not the name
};

const std::vector<Layer> &layers();
const std::vector<PrivateLibrary> &privateLibraries();
const std::vector<Ban> &bans();

} // namespace planb::architecture
