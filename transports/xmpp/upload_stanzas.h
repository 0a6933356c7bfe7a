// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/model/shared_file.h"
#include "transports/net/http_transfer.h"
#include "transports/xmpp/element.h"

#include <QStringList>

#include <optional>

namespace planb::xmpp {

/// Where a server takes files (XEP-0363).
struct UploadService {
    QString jid;
    std::optional<qint64> maxBytes;

    bool operator==(const UploadService &) const = default;
};

/// Where to put one file, and where it is fetched from then.
struct UploadSlot {
    QUrl put;
    QUrl get;
    net::HttpHeaders headers; ///< to go with it

    bool operator==(const UploadSlot &) const = default;
};

Element itemsRequest(const QString &domain); ///< XEP-0030: what belongs to a server
Element infoRequest(const QString &jid); ///< XEP-0030: what it can do
/// At most kMaxServices of them; a server with more has them looked at in vain.
QStringList readItems(const Element &answer);
inline constexpr qsizetype kMaxServices = 20;
/// Nothing where this one takes no files.
std::optional<UploadService> readUploadService(const Element &answer, const QString &jid);

Element slotRequest(const UploadService &service, const SharedFile &file);
/// Only https, and only the headers that may be set for somebody else: Authorization, Cookie, Expires. ProtocolError
/// for a slot that is none.
Result<UploadSlot> readSlot(const Element &answer);

/// Adds what other clients find the file by: its address (XEP-0066), and name, type and size (XEP-0447).
void addSharedFile(Element &message, const SharedFile &file);
/// The files of a message, best description first, by https only; at most kMaxSharedFiles.
QList<SharedFile> readSharedFiles(const Element &message);
inline constexpr qsizetype kMaxSharedFiles = 20;

} // namespace planb::xmpp
