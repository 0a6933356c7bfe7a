// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <span>

namespace planb::store {

class Database;

/// One step from the version before to `version`, as SQL or as a function (exactly one of them is set).
struct Migration {
    int version;
    const char *sql = nullptr;
    Result<void> (*function)(Database &) = nullptr;
};

/// Whether versions start above 0 and strictly rise, and every step has exactly one form.
constexpr bool isInOrder(std::span<const Migration> steps)
{
    int last = 0;
    for (const Migration &step : steps) {
        if (step.version <= last || (step.sql == nullptr) == (step.function == nullptr))
            return false;
        last = step.version;
    }
    return true;
}

/// Every step there ever was. A new file runs them all: there is no second description of the schema that could
/// drift from this one. A step that was released is never edited.
std::span<const Migration> migrations();
/// The version of the last step.
int newestVersion(std::span<const Migration> steps);

/// Runs the steps the file has not seen, each in one transaction with its version number.
Result<void> migrate(Database &database, std::span<const Migration> steps);

} // namespace planb::store
