// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/profile_file.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <cerrno>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <unistd.h>
#endif

namespace planb {

namespace {

using namespace Qt::StringLiterals;

Unexpected<Failure> diskFailure(int error, const QString &detail)
{
    return fail(error == ENOSPC ? FailureCode::DiskFull : FailureCode::StoreUnavailable, detail);
}

#ifdef Q_OS_UNIX
// QSaveFile syncs too, but drops the answer; and nothing in Qt syncs a folder, without which a rename may be undone
// by a power cut.
[[nodiscard]] bool syncToDisk(int descriptor)
{
    int rc = 0;
    do {
        rc = ::fsync(descriptor);
    } while (rc != 0 && errno == EINTR);
    return rc == 0;
}

Result<void> syncFolder(const QString &folder)
{
    const int descriptor = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = descriptor >= 0 && syncToDisk(descriptor);
    const int error = errno;
    if (descriptor >= 0)
        ::close(descriptor);
    // EINVAL: a file system that keeps no folders on disk has nothing to sync.
    if (!synced && error != EINVAL)
        return diskFailure(error, u"the folder could not be synced: "_s + folder);
    return {};
}
#else
// QSaveFile flushes the file; Windows writes the folder's entry through with the rename.
[[nodiscard]] bool syncToDisk(int)
{
    return true;
}
Result<void> syncFolder(const QString &)
{
    return {};
}
#endif

} // namespace

Result<void> writeFileDurably(const QString &path, std::span<const std::byte> bytes)
{
    QSaveFile file(path);
    const auto failed = [&file, &path](int error) {
        const QString detail = path + u": "_s + file.errorString();
        file.cancelWriting();
        return diskFailure(error, detail);
    };
    // Unbuffered: a buffer of Qt's would keep a copy of the secret.
    if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        return failed(errno);
    // Before the first byte: the file is made with the rights of the umask.
    if (!file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return failed(errno);
    const auto size = static_cast<qint64>(bytes.size());
    if (file.write(reinterpret_cast<const char *>(bytes.data()), size) != size)
        return failed(errno);
    if (!syncToDisk(file.handle()))
        return failed(errno);
    if (!file.commit())
        return failed(errno);
    return syncFolder(QFileInfo(path).absolutePath());
}

Result<void> removeFilesDurably(const QString &folder, std::span<const QString> paths)
{
    for (const QString &path : paths) {
        QFile file(path);
        if (file.exists() && !file.remove())
            return fail(FailureCode::StoreUnavailable, path + u": "_s + file.errorString());
    }
    return syncFolder(folder);
}

} // namespace planb
