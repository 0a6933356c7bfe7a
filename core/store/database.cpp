// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/database.h"

#include "core/base/log.h"
#include "core/store/database_file.h"
#include "core/store/sqlite_failure.h"

#include <QFileInfo>
#include <QThread>

#include <sqlite3.h>

#include <array>

namespace planb::store {

using namespace Qt::StringLiterals;

namespace {

// Another connection holds a lock only for moments (a reader that opens and finds no index of the log yet).
constexpr int kBusyMillis = 200;

// A miss of the cache costs a read, a decryption and a MAC per page, so it has to hold the inner pages of all indices
// and the conversations in use; a million messages are about 240 MB. 32 MiB is a limit and not a reservation: a small
// profile never gets there, and a huge one cannot take the memory of a small computer.
constexpr const char *kConnectionSettings = R"sql(
    PRAGMA cache_size = -32768;
    -- Mapped pages bypass the checks of reads, and damage by a stray pointer would reach the disk.
    PRAGMA mmap_size = 0;
    -- Sorting must not leave plain text in temporary files.
    PRAGMA temp_store = MEMORY;
    PRAGMA foreign_keys = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA secure_delete = ON;
)sql";

// synchronous = FULL: a commit that returned survives a power cut, which is what "stored" means to the user and to
// the server that gets our acknowledgement. fullfsync is the same promise on macOS, where fsync() alone is not.
constexpr const char *kWriterSettings = R"sql(
    PRAGMA synchronous = FULL;
    PRAGMA fullfsync = ON;
    PRAGMA checkpoint_fullfsync = ON;
    PRAGMA wal_autocheckpoint = 1000;
)sql";

/// The spelling by which SQLCipher takes a raw key instead of deriving one: x'<64 hex digits>'.
class RawKeyText
{
public:
    explicit RawKeyText(QByteArrayView key)
    {
        constexpr std::string_view digits = "0123456789abcdef";
        char *out = m_text.data();
        *out++ = 'x';
        *out++ = '\'';
        for (const char byte : key) {
            const auto value = static_cast<unsigned char>(byte);
            *out++ = digits[value >> 4];
            *out++ = digits[value & 0xf];
        }
        *out = '\'';
    }
    ~RawKeyText()
    {
        // volatile: the compiler may not drop writes to memory that is about to go away.
        volatile char *byte = m_text.data();
        for (std::size_t i = 0; i < m_text.size(); ++i)
            byte[i] = 0;
    }
    RawKeyText(const RawKeyText &) = delete;
    RawKeyText &operator=(const RawKeyText &) = delete;

    const void *data() const { return m_text.data(); }
    int size() const { return static_cast<int>(m_text.size()); }

private:
    std::array<char, 3 + 2 * Database::kKeyBytes> m_text{};
};

Result<void> checkFile(const QString &path)
{
    const QFileInfo file(path);
    if (!file.exists())
        return fail(FailureCode::StoreUnavailable, u"there is no store file"_s);
    // SQLite takes an empty file for a new database: a truncated history would come back as an empty one.
    if (file.size() == 0)
        return fail(FailureCode::StoreCorrupt, u"the store file is empty"_s);
    return {};
}

} // namespace

Result<std::unique_ptr<Database>> Database::open(const QString &path, QByteArrayView key, Mode mode, Create create,
                                                 int newestVersion)
{
    if (key.size() != kKeyBytes)
        return fail(FailureCode::InvalidArgument, u"the key must have %1 bytes"_s.arg(kKeyBytes));
    if (const auto ready = create == Create::Yes ? makeEmptyFile(path) : checkFile(path); !ready)
        return fail(ready.error());

    const bool wasUnclean = hasUnfinishedLog(path);
    std::unique_ptr<Database> database(new Database);
    if (const auto connected = database->connect(path, mode); !connected)
        return fail(connected.error());
    // Closing the last connection copies the log into the file and removes it. Until everything was found in order
    // that would change files that may be damaged or somebody else's; a reader must never do it.
    database->setConfig(SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, wasUnclean || mode == Mode::ReadOnly);
    if (const auto unlocked = database->unlock(key); !unlocked)
        return fail(unlocked.error());

    const Result<int> version = database->userVersion();
    if (!version)
        return fail(version.error());
    if (*version > newestVersion) {
        return fail(FailureCode::StoreTooNew,
                    u"the file has version %1, this program knows up to %2"_s.arg(*version).arg(newestVersion));
    }
    if (mode == Mode::ReadOnly)
        return database;
    if (wasUnclean) {
        qCInfo(lcStore) << "the store was not closed in good order: checking it";
        if (const auto checked = database->quickCheck(); !checked)
            return fail(checked.error());
    }
    if (const auto started = database->startWriting(path); !started)
        return fail(started.error());
    if (wasUnclean) {
        if (const auto secured = database->emptyLog(); !secured)
            return fail(secured.error());
    }
    return database;
}

Database::Database() : m_thread(QThread::currentThreadId()) {}

Database::~Database()
{
    for (const auto &[sql, statement] : m_idle)
        sqlite3_finalize(statement);
    // A checkpoint after a failed fsync would trust pages that may never have reached the disk.
    if (m_writesBlockedBy)
        setConfig(SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true);
    const int code = sqlite3_close(m_handle);
    Q_ASSERT_X(code == SQLITE_OK, "Database", "a statement outlives its database");
    Q_UNUSED(code);
}

// The only place that opens a database; at most one ReadWrite connection may exist per file.
Result<void> Database::connect(const QString &path, Mode mode)
{
    const int access = mode == Mode::ReadWrite ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
    const int flags = access | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
    const int code = sqlite3_open_v2(path.toUtf8().constData(), &m_handle, flags, nullptr);
    if (code != SQLITE_OK)
        return fail(noteFailure(code));
    sqlite3_busy_timeout(m_handle, kBusyMillis);
    setConfig(SQLITE_DBCONFIG_DEFENSIVE, true);
    setConfig(SQLITE_DBCONFIG_DQS_DML, false);
    setConfig(SQLITE_DBCONFIG_DQS_DDL, false);
    return {};
}

Result<void> Database::unlock(QByteArrayView key)
{
    // SQLCipher would write to standard error by itself, and our log has all it could tell.
    if (const auto silenced = execute("PRAGMA cipher_log_level = NONE"); !silenced)
        return silenced;
    const RawKeyText text(key);
    const int code = sqlite3_key_v2(m_handle, "main", text.data(), text.size());
    if (code != SQLITE_OK)
        return fail(noteFailure(code));
    return execute(kConnectionSettings);
}

Result<void> Database::startWriting(const QString &path)
{
    // The log and its index take their permissions from the file.
    restrictToOwner(path);
    const Result<QString> journal = query("PRAGMA journal_mode = WAL").value<QString>();
    if (!journal)
        return fail(journal.error());
    // Network file systems without shared memory stay with another journal.
    if (*journal != u"wal")
        return fail(FailureCode::StoreUnavailable, u"this file system cannot hold the store (no WAL)"_s);
    if (const auto set = execute(kWriterSettings); !set)
        return set;
    setConfig(SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false);
    return {};
}

// What a killed process wrote is in the log, but perhaps only as far as the system's cache: SQLite shows it and would
// not sync it before the next change. Copied into the file and synced, it is as good as it looks. The emptied log has
// to be synced as well: where an earlier sync failed, its old content on the disk ends too soon, and coming back after
// a power cut it would take the file back to that point.
Result<void> Database::emptyLog()
{
    const auto isBusy = query("PRAGMA wal_checkpoint(TRUNCATE)").value<bool>();
    if (!isBusy)
        return fail(isBusy.error());
    if (*isBusy)
        return fail(FailureCode::StoreUnavailable, u"another program reads the store"_s);
    return syncLog();
}

Result<void> Database::syncLog()
{
    sqlite3_file *log = nullptr;
    int code = sqlite3_file_control(m_handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
    if (code == SQLITE_OK && log && log->pMethods)
        code = log->pMethods->xSync(log, SQLITE_SYNC_FULL);
    if (code != SQLITE_OK)
        return fail(noteFailure(code));
    return {};
}

Result<void> Database::execute(const char *script)
{
    Q_ASSERT(m_thread == QThread::currentThreadId());
    const int code = sqlite3_exec(m_handle, script, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        return fail(noteFailure(code));
    return {};
}

Result<int> Database::userVersion()
{
    return query("PRAGMA user_version").value<int>();
}

Result<void> Database::quickCheck()
{
    const auto findings = query("PRAGMA quick_check(1)").all([](Statement &s) { return s.get<QString>(0); });
    if (!findings)
        return fail(findings.error());
    if (*findings != QList<QString>{u"ok"_s})
        return fail(FailureCode::StoreCorrupt, findings->join(u' '));
    return {};
}

bool Database::isInTransaction() const
{
    return sqlite3_get_autocommit(m_handle) == 0;
}

qint64 Database::lastInsertedId() const
{
    return sqlite3_last_insert_rowid(m_handle);
}

Result<sqlite3_stmt *> Database::takeStatement(std::string_view sql)
{
    Q_ASSERT(m_thread == QThread::currentThreadId());
    if (const auto idle = m_idle.find(sql); idle != m_idle.end()) {
        sqlite3_stmt *statement = idle->second;
        m_idle.erase(idle);
        return statement;
    }
    sqlite3_stmt *statement = nullptr;
    const int code = sqlite3_prepare_v3(m_handle, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                        &statement, nullptr);
    if (code != SQLITE_OK)
        return fail(noteFailure(code));
    return statement;
}

void Database::giveBackStatement(sqlite3_stmt *statement)
{
    // The result repeats the failure that step() has told already.
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    if (!m_idle.emplace(sqlite3_sql(statement), statement).second)
        sqlite3_finalize(statement);
}

Failure Database::noteFailure(int code)
{
    Failure failure = sqliteFailure(code, m_handle);
    qCWarning(lcStore).noquote() << describe(failure);
    if (needsReopenAfter(code) && !m_writesBlockedBy)
        m_writesBlockedBy = failure;
    return failure;
}

void Database::setConfig(int option, bool isOn)
{
    sqlite3_db_config(m_handle, option, isOn ? 1 : 0, nullptr);
}

} // namespace planb::store
