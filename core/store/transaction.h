// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

namespace planb::store {

class Database;

/// All or nothing. begin() takes the write lock at once (BEGIN IMMEDIATE), so that no statement inside fails
/// because somebody else writes. Begun inside another one it is a part of that (a savepoint): its commit() counts
/// only if the outer one commits. Destroyed without commit() it takes everything back.
class Transaction
{
public:
    static Result<Transaction> begin(Database &database);
    ~Transaction();
    Transaction(Transaction &&other) noexcept;
    Transaction &operator=(Transaction &&) = delete;

    /// When the outermost commit() returns without failure, the changes survive a power cut.
    Result<void> commit();

private:
    Transaction(Database &database, bool isNested);

    Database *m_database; // null when it is over
    bool m_isNested;
};

} // namespace planb::store
