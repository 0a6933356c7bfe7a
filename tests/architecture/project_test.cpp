// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/checker.h"
#include "tests/architecture/source_tree.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace planb::architecture {
namespace {

TEST(Project, KeepsItsOwnRules)
{
    const std::vector<SourceFile> files = readSourceTree(PLANB_SOURCE_ROOT);
    const auto has = [&files](std::string_view path) {
        return std::any_of(files.begin(), files.end(), [path](const SourceFile &f) { return f.path == path; });
    };
    // A tree that was not found would keep every rule.
    ASSERT_TRUE(has("core/base/result.h"));
    ASSERT_TRUE(has("tests/architecture/project_test.cpp"));
    ASSERT_TRUE(has("CMakeLists.txt"));

    for (const Violation &violation : check(files))
        ADD_FAILURE() << violation;
}

} // namespace
} // namespace planb::architecture
