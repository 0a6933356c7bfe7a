// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/upgrade.h"

#include "core/store/database.h"
#include "core/store/database_file.h"

namespace planb::store {

namespace {

using namespace Qt::StringLiterals;

Result<void> migrateAndCheck(const QString &path, QByteArrayView key, std::span<const Migration> steps)
{
    const auto database = Database::open(path, key, Database::Mode::ReadWrite);
    if (!database)
        return fail(database.error());
    if (const auto migrated = migrate(**database, steps); !migrated)
        return migrated;
    return (*database)->quickCheck();
}

Result<void> upgradeCopy(const QString &path, const QString &copy, QByteArrayView key, std::span<const Migration> steps)
{
    if (const auto copied = copyDurably(path, copy); !copied)
        return copied;
    if (const auto migrated = migrateAndCheck(copy, key, steps); !migrated)
        return migrated;
    // Closed in good order the copy is one file; a log left behind would be lost by the rename.
    if (hasUnfinishedLog(copy))
        return fail(FailureCode::StoreUnavailable, u"the upgraded store could not be closed"_s);
    return replaceDurably(copy, path);
}

} // namespace

Result<void> upgradeFile(const QString &path, QByteArrayView key, std::span<const Migration> steps)
{
    // A copy of the file alone would lack what is still in the log.
    if (hasUnfinishedLog(path))
        return fail(FailureCode::StoreUnavailable, u"the store is open elsewhere: it cannot be upgraded now"_s);
    const QString copy = path + u".upgrade"_s;
    removeWithCompanions(copy); // of an upgrade that was interrupted
    const Result<void> upgraded = upgradeCopy(path, copy, key, steps);
    removeWithCompanions(copy);
    return upgraded;
}

} // namespace planb::store
