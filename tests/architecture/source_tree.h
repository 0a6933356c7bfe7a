// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/architecture/checker.h"

#include <filesystem>
#include <vector>

namespace planb::architecture {

/// Every source of the project that is written by hand: C++, CMake and scripts below the five top folders,
/// and the scripts at the root. Leaves out build folders, because it never looks anywhere else.
std::vector<SourceFile> readSourceTree(const std::filesystem::path &root);

} // namespace planb::architecture
