// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/statement.h"

#include "core/store/database.h"

#include <sqlite3.h>

namespace planb::store {

using namespace Qt::StringLiterals;

Statement::Statement(Database &database, std::string_view sql) : m_database(&database)
{
    Result<sqlite3_stmt *> taken = database.takeStatement(sql);
    if (taken)
        m_handle = *taken;
    else
        m_failure = taken.error();
}

Statement::~Statement()
{
    if (m_handle)
        m_database->giveBackStatement(m_handle);
}

Statement::Statement(Statement &&other) noexcept
    : m_database(other.m_database)
    , m_handle(std::exchange(other.m_handle, nullptr))
    , m_failure(std::move(other.m_failure))
{}

Result<bool> Statement::step()
{
    if (m_failure)
        return fail(*m_failure);
    const int code = sqlite3_step(m_handle);
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE)
        return false;
    note(code);
    return fail(*m_failure);
}

Result<void> Statement::run()
{
    const Result<qint64> count = runAndCount();
    if (!count)
        return fail(count.error());
    return {};
}

Result<qint64> Statement::runAndCount()
{
    if (const std::optional<Failure> &blocked = m_database->writesBlockedBy())
        return fail(*blocked);
    for (;;) {
        const Result<bool> hasRow = step();
        if (!hasRow)
            return fail(hasRow.error());
        if (!*hasRow)
            return qint64(sqlite3_changes64(m_database->handle()));
    }
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_handle, column) == SQLITE_NULL;
}

void Statement::reportUnreadable(int column)
{
    if (!m_failure) {
        const QString name = QString::fromUtf8(sqlite3_column_name(m_handle, column));
        m_failure = Failure{FailureCode::StoreCorrupt, u"unreadable value in %1"_s.arg(name), {}};
    }
}

void Statement::bind(int index, qint64 value)
{
    if (!m_failure)
        note(sqlite3_bind_int64(m_handle, index, value));
}

void Statement::bind(int index, const QString &value)
{
    if (m_failure)
        return;
    const QByteArray utf8 = value.toUtf8();
    // An empty QByteArray would do, but only with a pointer that is not null; otherwise SQLite binds NULL.
    note(sqlite3_bind_text64(m_handle, index, utf8.constData(), static_cast<sqlite3_uint64>(utf8.size()),
                             SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::bind(int index, const QByteArray &value)
{
    if (!m_failure)
        note(sqlite3_bind_blob64(m_handle, index, value.constData(), static_cast<sqlite3_uint64>(value.size()),
                                 SQLITE_TRANSIENT));
}

void Statement::bind(int index, std::nullopt_t)
{
    if (!m_failure)
        note(sqlite3_bind_null(m_handle, index));
}

qint64 Statement::integer(int column) const
{
    return sqlite3_column_int64(m_handle, column);
}

QString Statement::text(int column) const
{
    // In this order: the call for the text may convert, and only then the size is that of the text.
    const void *utf8 = sqlite3_column_text(m_handle, column);
    const int size = sqlite3_column_bytes(m_handle, column);
    return QString::fromUtf8(static_cast<const char *>(utf8), size);
}

QByteArray Statement::blob(int column) const
{
    // In this order, as for text.
    const void *bytes = sqlite3_column_blob(m_handle, column);
    return QByteArray(static_cast<const char *>(bytes), sqlite3_column_bytes(m_handle, column));
}

void Statement::note(int code)
{
    if (code != SQLITE_OK)
        m_failure = m_database->noteFailure(code);
}

} // namespace planb::store
