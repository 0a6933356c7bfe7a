// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/model/transport_kind.h"

#include <QString>
#include <QStringView>

#include <compare>

namespace planb {

/// Where a person can be reached on one kind of transport: a JID, an e-mail address, a phone number.
/// Made by parse(), which brings it into the one form that is stored and compared.
struct Address {
    TransportKind kind = TransportKind::Xmpp;
    QString value;

    /// Checks and normalises what a user or a peer wrote.
    ///  - xmpp: a bare JID (RFC 7622, 3.1: localpart and domainpart up to 1,023 octets each, localpart
    ///    required); a resource is refused. Lower case, NFC.
    ///  - email: local@domain, NFC, domain in lower case; no quoted local parts.
    ///  - sms: E.164 ("+" and 7 to 15 digits). lan: not addressable yet.
    /// Characters that cannot be seen are refused in the part before the "@".
    static Result<Address> parse(TransportKind kind, QStringView text);

    /// The part that names a server's domain; empty for kinds that have none (sms, lan).
    QString domain() const;

    bool operator==(const Address &) const = default;
    std::strong_ordering operator<=>(const Address &other) const;
};

} // namespace planb
