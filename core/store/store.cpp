// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/store.h"

#include "core/store/database_file.h"
#include "core/store/migrations.h"
#include "core/store/upgrade.h"

#include <QFile>
#include <QFileInfo>

namespace planb::store {

namespace {

using namespace Qt::StringLiterals;
using Mode = Database::Mode;
using Create = Database::Create;

Result<void> writeNewFile(const QString &path, QByteArrayView key)
{
    const auto database = Database::open(path, key, Mode::ReadWrite, Create::Yes);
    if (!database)
        return fail(database.error());
    return migrate(**database, migrations());
}

// Version 0 is a file nobody ever finished: with this program it can only come from damage or another program.
Result<void> requireVersion(int version)
{
    if (version == 0)
        return fail(FailureCode::StoreCorrupt, u"the file holds no store"_s);
    return {};
}

Result<std::unique_ptr<Database>> openDatabase(const QString &path, QByteArrayView key, Mode mode)
{
    auto database = Database::open(path, key, mode, Create::No, newestVersion(migrations()));
    if (!database)
        return database;
    const Result<int> version = (*database)->userVersion();
    if (!version)
        return fail(version.error());
    if (const auto known = requireVersion(*version); !known)
        return fail(known.error());
    if (*version == newestVersion(migrations()))
        return database;
    if (mode == Mode::ReadOnly)
        return fail(FailureCode::StoreUnavailable, u"the store has not been upgraded yet"_s);

    database->reset();
    if (const auto upgraded = upgradeFile(path, key, migrations()); !upgraded)
        return fail(upgraded.error());
    return Database::open(path, key, mode, Create::No, newestVersion(migrations()));
}

Result<std::unique_ptr<Store>> makeStore(Result<std::unique_ptr<Database>> database)
{
    if (!database)
        return fail(database.error());
    return std::make_unique<Store>(std::move(*database));
}

} // namespace

Result<std::unique_ptr<Store>> Store::create(const QString &path, QByteArrayView key)
{
    // A log without its file is what is left of a lost store; SQLite would write it into the new one.
    if (QFileInfo::exists(path) || hasUnfinishedLog(path))
        return fail(FailureCode::ProfileExists, u"there is already a store, or what is left of one"_s);
    // Under another name until it is complete: what is at `path` is always a whole store.
    const QString unfinished = path + u".new"_s;
    removeWithCompanions(unfinished);
    if (const auto written = writeNewFile(unfinished, key); !written) {
        removeWithCompanions(unfinished);
        return fail(written.error());
    }
    // QFile::rename() refuses to replace a file that came in between.
    if (!QFile::rename(unfinished, path)) {
        removeWithCompanions(unfinished);
        return fail(FailureCode::StoreUnavailable, u"cannot rename the new store"_s);
    }
    if (const auto synced = syncFolderOf(path); !synced)
        return fail(synced.error());
    return open(path, key);
}

Result<std::unique_ptr<Store>> Store::open(const QString &path, QByteArrayView key)
{
    return makeStore(openDatabase(path, key, Mode::ReadWrite));
}

Result<std::unique_ptr<Store>> Store::openReadOnly(const QString &path, QByteArrayView key)
{
    return makeStore(openDatabase(path, key, Mode::ReadOnly));
}

Store::Store(std::unique_ptr<Database> database) : m_database(std::move(database)) {}

} // namespace planb::store
