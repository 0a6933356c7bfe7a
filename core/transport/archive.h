// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/archive_mark.h"
#include "core/transport/transport.h"

#include <QObject>

#include <optional>

namespace planb {

/// A piece of that history, finished, in its order and right behind the piece before.
struct ArchivePage {
    QList<Incoming> messages; ///< as received(), with tokens
    QList<Report> reports;
    QList<Acknowledgement> acknowledgements;
    /// What is true once all this is stored; absent: the mark stays where it is.
    std::optional<ArchiveMark> mark;
};

/// The history that the server of an account keeps, for what came while nobody was connected. Beside a Transport that
/// has one, and living as long. After each login the transport reads what is behind the mark, page by page, and asks for
/// a page only when the one before the last was taken: at most two are in memory.
class Archive : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// What the store knows. Called before the transport starts, and by listeners of pageRead() when the page and its
    /// mark are on disk. Until it is called nothing is read: a transport that only tries a login must not.
    virtual void setMark(const std::optional<ArchiveMark> &mark) = 0;

Q_SIGNALS:
    /// Not empty of everything. The listener stores all of it in one transaction, mark included.
    void pageRead(const planb::ArchivePage &page);
};

} // namespace planb
