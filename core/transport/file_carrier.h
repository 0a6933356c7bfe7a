// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/model/shared_file.h"

#include <QIODevice>
#include <QObject>

#include <memory>
#include <optional>

namespace planb {

/// Puts files where others can fetch them, and fetches theirs. Lives on the core thread.
///
/// Every job ends with exactly one uploaded() or downloaded(), in bounded time, later than the call that began it; after
/// cancel() with Cancelled. Only https is spoken, in both directions, whatever a server says.
class FileCarrier : public QObject
{
    Q_OBJECT

public:
    using Job = quint64;
    using QObject::QObject;

    /// The largest file the server takes, in bytes, once it has said so.
    virtual std::optional<qint64> maxUploadBytes() const = 0;
    /// `content` is open for reading, of known size, and seekable. NotOffered: the server takes no files.
    /// FileTooLarge, ServerBusy (a quota), RequestRefused, and those of a connection.
    virtual Job upload(std::unique_ptr<QIODevice> content, const QString &name, const QString &type) = 0;
    /// Writes what comes to `into`, which is open for writing; at most `maxBytes`, else FileTooLarge. What was written
    /// before a failure is the caller's to remove. FileUnavailable: it is not there, or only without encryption.
    virtual Job download(const QString &url, std::unique_ptr<QIODevice> into, qint64 maxBytes) = 0;
    virtual void cancel(Job job) = 0;

Q_SIGNALS:
    void progressed(planb::FileCarrier::Job job, qint64 done, qint64 total); ///< total -1: not known
    void uploaded(planb::FileCarrier::Job job, const planb::Result<planb::SharedFile> &file);
    void downloaded(planb::FileCarrier::Job job, const planb::Result<qint64> &bytes);
};

} // namespace planb
