// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/transaction.h"

#include "core/store/database.h"

#include <utility>

namespace planb::store {

Transaction::Transaction(Database &database, bool isNested) : m_database(&database), m_isNested(isNested) {}

Transaction::Transaction(Transaction &&other) noexcept
    : m_database(std::exchange(other.m_database, nullptr)), m_isNested(other.m_isNested)
{}

Result<Transaction> Transaction::begin(Database &database)
{
    const bool isNested = database.isInTransaction();
    const Result<void> begun = database.run(isNested ? "SAVEPOINT part" : "BEGIN IMMEDIATE");
    if (!begun)
        return fail(begun.error());
    return Transaction(database, isNested);
}

Transaction::~Transaction()
{
    // SQLite has already rolled back by itself after some errors (disk full, I/O).
    if (!m_database || !m_database->isInTransaction())
        return;
    // execute(), not run(): a connection that may not write any more must still be able to let go.
    const Result<void> undone = m_database->execute(m_isNested ? "ROLLBACK TO part; RELEASE part" : "ROLLBACK");
    Q_UNUSED(undone); // nobody can do anything about it here; the next begin() will report it
}

Result<void> Transaction::commit()
{
    const Result<void> committed = m_database->run(m_isNested ? "RELEASE part" : "COMMIT");
    if (!committed)
        return committed;
    m_database = nullptr;
    return {};
}

} // namespace planb::store
