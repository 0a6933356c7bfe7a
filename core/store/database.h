// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/store/statement.h"

#include <QByteArrayView>
#include <QString>

#include <limits>
#include <map>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace planb::store {

/// One connection to one encrypted file (SQLCipher 4). Belongs to the thread that opened it. There must be at most
/// one ReadWrite connection to a file, in all processes: it alone checkpoints; the lock that guarantees it is the
/// profile's. Statements and transactions must not outlive it.
class Database
{
public:
    enum class Mode { ReadWrite, ReadOnly };
    enum class Create { No, Yes };
    static constexpr qsizetype kKeyBytes = 32;
    static constexpr int kAnyVersion = std::numeric_limits<int>::max();

    /// Opens `path` with the raw `key` of kKeyBytes (no derivation). Nothing on disk is changed unless everything
    /// fits. Fails with
    ///  - StoreUnavailable: no such file (with Create::No), no permission, a file system that cannot do WAL;
    ///  - ProfileExists: Create::Yes and there is a file;
    ///  - StoreCorrupt: the key does not fit, the file is empty or damaged. After an unclean shutdown the whole file
    ///    is checked first (reads all of it: up to a second per 50 MB on a small computer);
    ///  - StoreTooNew: the file's version is above `newestVersion`.
    static Result<std::unique_ptr<Database>> open(const QString &path, QByteArrayView key, Mode mode,
                                                  Create create = Create::No, int newestVersion = kAnyVersion);
    ~Database();
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    /// One SQL statement with `?1`, `?2`, … bound to `values`. A failure to prepare or bind comes out of the
    /// statement's first step, so that the call sites have one place to check.
    template<class... Values>
    Statement query(std::string_view sql, const Values &...values)
    {
        Statement statement(*this, sql);
        int index = 0;
        (statement.bind(++index, values), ...);
        return statement;
    }

    /// query(), run to its end: for statements that change something.
    template<class... Values>
    Result<void> run(std::string_view sql, const Values &...values)
    {
        return query(sql, values...).run();
    }
    /// The same, telling how many rows it changed.
    template<class... Values>
    Result<qint64> runAndCount(std::string_view sql, const Values &...values)
    {
        return query(sql, values...).runAndCount();
    }

    /// Runs statements that take no values and whose rows do not matter.
    Result<void> execute(const char *script);

    Result<int> userVersion();
    /// PRAGMA quick_check: StoreCorrupt unless everything is in order.
    Result<void> quickCheck();
    bool isInTransaction() const;
    qint64 lastInsertedId() const;
    /// Set after an I/O error or corruption: this connection does not write any more. Close it and open it again,
    /// which checks the file.
    const std::optional<Failure> &writesBlockedBy() const { return m_writesBlockedBy; }

    // For Statement and Transaction.
    sqlite3 *handle() const { return m_handle; }
    Result<sqlite3_stmt *> takeStatement(std::string_view sql);
    void giveBackStatement(sqlite3_stmt *statement);
    Failure noteFailure(int code);

private:
    Database();
    Result<void> connect(const QString &path, Mode mode);
    Result<void> unlock(QByteArrayView key);
    Result<void> startWriting(const QString &path);
    Result<void> emptyLog();
    Result<void> syncLog();
    void setConfig(int option, bool isOn);

    sqlite3 *m_handle = nullptr;
    const void *m_thread;
    // Prepared and idle, by their text. A statement in use is not in here, so the same text may be used twice at once.
    std::map<std::string, sqlite3_stmt *, std::less<>> m_idle;
    std::optional<Failure> m_writesBlockedBy;
};

} // namespace planb::store
