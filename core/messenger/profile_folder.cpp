// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/profile_folder.h"

#include "core/messenger/profile_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <array>

namespace planb {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 kMaxDescriptionBytes = 64 * 1024;
constexpr auto kOwnerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner;

QString descriptionName()
{
    return u"profile.json"_s;
}
QString keyName()
{
    return u"key"_s;
}
QString historyName()
{
    return u"history.db"_s;
}
// What SQLite keeps beside a database.
QStringList historyNames()
{
    return {historyName(), u"history.db-wal"_s, u"history.db-shm"_s, u"history.db-journal"_s};
}

QString holderOf(const QLockFile &lock)
{
    qint64 pid = 0;
    QString host;
    QString program;
    if (!lock.getLockInfo(&pid, &host, &program))
        return u"another process"_s;
    return u"process %1 (%2)"_s.arg(pid).arg(program);
}

bool acquire(QLockFile &lock)
{
    // 0: no age makes a lock stale.
    lock.setStaleLockTime(0);
    if (lock.tryLock())
        return true;
    // QLockFile judges a dead holder by pid and program name and so is fooled by a pid that came back, as it does in
    // containers. The holder also has the system's lock on the file, which ends with it: removing succeeds only then.
    if (lock.error() != QLockFile::LockFailedError || !lock.removeStaleLockFile())
        return false;
    return lock.tryLock();
}

Result<void> makeFolder(const QString &path)
{
    const QFileInfo info(path);
    const auto failed = [&path] {
        return fail(FailureCode::StoreUnavailable, u"the folder could not be made: "_s + path);
    };
    if (info.isDir()) {
        // Somebody else's files keep the rights they were given.
        const bool isOurs = QDir(path).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
        return !isOurs || QFile::setPermissions(path, kOwnerOnly) ? Result<void>() : failed();
    }
    const QString parent = info.absolutePath();
    if (!QDir().mkpath(parent) || !QDir(parent).mkdir(info.fileName(), kOwnerOnly))
        return failed();
    return {};
}

} // namespace

ProfileFolder::ProfileFolder(QString path, std::unique_ptr<QLockFile> lock)
    : m_path(std::move(path)), m_lock(std::move(lock))
{}

Result<ProfileFolder> ProfileFolder::lock(const QString &path)
{
    const QString folder = QDir::cleanPath(QDir(path).absolutePath());
    if (path.isEmpty() || !QFileInfo(folder).isDir())
        return fail(FailureCode::ProfileMissing, u"there is no folder "_s + path);
    auto lock = std::make_unique<QLockFile>(folder + u"/lock"_s);
    if (acquire(*lock))
        return ProfileFolder(folder, std::move(lock));
    if (lock->error() == QLockFile::LockFailedError)
        return fail(FailureCode::ProfileInUse, u"held by "_s + holderOf(*lock));
    return fail(FailureCode::StoreUnavailable, u"cannot write into "_s + folder);
}

Result<ProfileFolder> ProfileFolder::makeAndLock(const QString &path)
{
    if (path.isEmpty())
        return fail(FailureCode::InvalidArgument, u"no folder was named"_s);
    if (const auto made = makeFolder(QDir::cleanPath(QDir(path).absolutePath())); !made)
        return fail(made.error());
    return lock(path);
}

QString ProfileFolder::filePath(const QString &name) const
{
    return m_path + u'/' + name;
}

QString ProfileFolder::historyPath() const
{
    return filePath(historyName());
}

bool ProfileFolder::hasHistory() const
{
    // A log without its database is a part of somebody's history too.
    const QStringList names = historyNames();
    return std::any_of(names.begin(), names.end(),
                       [this](const QString &name) { return QFile::exists(filePath(name)); });
}

Result<ProfileDescription> ProfileFolder::readDescription() const
{
    QFile file(filePath(descriptionName()));
    if (!file.exists()) {
        if (hasHistory() || QFile::exists(filePath(keyName())))
            return fail(FailureCode::ProfileDamaged, u"profile.json is missing"_s);
        return fail(FailureCode::ProfileMissing, m_path);
    }
    if (!file.open(QIODevice::ReadOnly))
        return fail(FailureCode::ProfileDamaged, u"profile.json: "_s + file.errorString());
    const QByteArray json = file.read(kMaxDescriptionBytes + 1);
    if (json.size() > kMaxDescriptionBytes)
        return fail(FailureCode::ProfileDamaged, u"profile.json is too long"_s);
    return ProfileDescription::parse(json);
}

Result<void> ProfileFolder::writeDescription(const ProfileDescription &description)
{
    const QByteArray json = description.toJson();
    return writeFileDurably(filePath(descriptionName()), std::as_bytes(std::span(json)));
}

Result<ProfileDescription> ProfileFolder::read() const
{
    auto description = readDescription();
    if (!description)
        return description;
    if (description->state == ProfileDescription::State::Creating)
        return fail(FailureCode::ProfileMissing, u"the making of the profile was not finished"_s);
    // A new history in its place would hide that the old one is lost.
    if (!QFile::exists(historyPath()))
        return fail(FailureCode::ProfileDamaged, u"history.db is missing"_s);
    return description;
}

Result<ProfileDescription> ProfileFolder::beginCreating()
{
    auto found = readDescription();
    if (!found && found.error().code != FailureCode::ProfileMissing)
        return found;
    if (found && found->state == ProfileDescription::State::Ready) {
        if (const auto whole = read(); !whole)
            return whole;
        return fail(FailureCode::ProfileExists, m_path);
    }
    if (found) {
        if (const auto removed = removeUnfinished(); !removed)
            return fail(removed.error());
        return found;
    }
    const auto id = SecretBytes::random(16);
    if (!id)
        return fail(id.error());
    ProfileDescription fresh;
    fresh.id = QString::fromLatin1(QByteArrayView(id->view()).toByteArray().toHex());
    if (const auto written = writeDescription(fresh); !written)
        return fail(written.error());
    return fresh;
}

Result<void> ProfileFolder::writeKey(const SecretBytes &key)
{
    return writeFileDurably(filePath(keyName()), key.view());
}

Result<void> ProfileFolder::finishCreating(ProfileDescription description)
{
    if (!QFile::exists(historyPath()))
        return fail(FailureCode::StoreUnavailable, u"history.db was not made"_s);
    description.state = ProfileDescription::State::Ready;
    return writeDescription(description);
}

Result<void> ProfileFolder::abandonCreating()
{
    const auto found = readDescription();
    if (!found || found->state != ProfileDescription::State::Creating)
        return {};
    if (const auto removed = removeUnfinished(); !removed)
        return removed;
    // Last: it is what says that the rest was nobody's.
    return removeFilesDurably(m_path, std::array{filePath(descriptionName())});
}

Result<void> ProfileFolder::removeUnfinished()
{
    QStringList paths;
    for (const QString &name : historyNames())
        paths.append(filePath(name));
    // The second is what an interrupted write of the first leaves on file systems without unnamed files.
    for (const QString &name : QDir(m_path).entryList({keyName(), keyName() + u".??????"_s}, QDir::Files))
        paths.append(filePath(name));
    return removeFilesDurably(m_path, paths);
}

Result<SecretBytes> ProfileFolder::readKey() const
{
    QFile file(filePath(keyName()));
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return fail(FailureCode::KeyMissing, u"the key's file: "_s + file.errorString());
    SecretBytes key(kDatabaseKeyBytes);
    const bool isWhole = file.size() == kDatabaseKeyBytes
        && file.read(reinterpret_cast<char *>(key.bytes().data()), kDatabaseKeyBytes) == kDatabaseKeyBytes;
    if (!isWhole)
        return fail(FailureCode::KeyMissing, u"the key's file is damaged"_s);
    return key;
}

} // namespace planb
