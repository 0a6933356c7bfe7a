// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/address.h"

#include <QString>
#include <QStringView>

#include <optional>

namespace planb::xmpp {

/// "name@server" of "name@server/resource" (RFC 7622, 3.1).
QStringView bareJid(QStringView jid);

/// The person behind a stanza's `from`; nothing where it names a server or is no JID.
std::optional<Address> addressOf(QStringView jid);

/// "resource" of "name@server/resource" in the form in which it is compared (RFC 7622, 3.4: OpaqueString, up to 1,023
/// octets); empty where there is none, nothing where it is no resource.
std::optional<QString> resourceOf(QStringView jid);

/// "name" of "name@server".
QString localpartOf(const Address &address);

/// The domain as DNS and certificates spell it (IDNA, lower case).
QString asciiDomain(const QString &domain);

} // namespace planb::xmpp
