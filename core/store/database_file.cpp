// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/database_file.h"

#include <QFile>
#include <QFileInfo>

#include <array>
#include <filesystem>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <unistd.h>
#endif

namespace planb::store {

namespace {

using namespace Qt::StringLiterals;

constexpr QFileDevice::Permissions kOwnerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
constexpr std::array kCompanions{"", "-wal", "-shm", "-journal"};

std::filesystem::path toStd(const QString &path)
{
    return std::filesystem::path(path.toStdU16String());
}

#ifdef Q_OS_UNIX
Result<void> syncPath(const QString &path)
{
    const int descriptor = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return fail(FailureCode::StoreUnavailable, u"cannot open for syncing: %1"_s.arg(qt_error_string()));
    const bool isSynced = ::fsync(descriptor) == 0;
    const QString reason = isSynced ? QString() : qt_error_string();
    ::close(descriptor);
    if (!isSynced)
        return fail(FailureCode::StoreUnavailable, u"cannot sync: %1"_s.arg(reason));
    return {};
}
#else
Result<void> syncPath(const QString &)
{
    return {};
}
#endif

} // namespace

Result<void> makeEmptyFile(const QString &path)
{
    if (QFileInfo::exists(path))
        return fail(FailureCode::ProfileExists, u"there is already a store"_s);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, kOwnerOnly))
        return fail(FailureCode::StoreUnavailable, u"cannot make the store: %1"_s.arg(file.errorString()));
    return {};
}

void restrictToOwner(const QString &path)
{
    for (const char *suffix : kCompanions) {
        const QString name = path + QLatin1StringView(suffix);
        if (QFileInfo::exists(name))
            QFile::setPermissions(name, kOwnerOnly);
    }
}

bool hasUnfinishedLog(const QString &path)
{
    return QFileInfo(path + u"-wal"_s).size() > 0;
}

void removeWithCompanions(const QString &path)
{
    for (const char *suffix : kCompanions)
        QFile::remove(path + QLatin1StringView(suffix));
}

Result<void> copyDurably(const QString &from, const QString &to)
{
    QFile source(from);
    if (!source.copy(to))
        return fail(FailureCode::StoreUnavailable, u"cannot copy the store: %1"_s.arg(source.errorString()));
    restrictToOwner(to);
    return syncPath(to);
}

Result<void> replaceDurably(const QString &from, const QString &to)
{
    // Not QFile::rename(), which refuses to replace.
    std::error_code error;
    std::filesystem::rename(toStd(from), toStd(to), error);
    if (error)
        return fail(FailureCode::StoreUnavailable,
                    u"cannot rename the store: %1"_s.arg(QString::fromStdString(error.message())));
    return syncFolderOf(to);
}

Result<void> syncFolderOf(const QString &path)
{
    return syncPath(QFileInfo(path).absolutePath());
}

} // namespace planb::store
