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

    /// Checks and normalises what a user or a link says.
    ///  - xmpp: a bare JID (RFC 7622, 3.1: localpart and domainpart up to 1,023 octets each, localpart
    ///    required); a resource is refused. The localpart is in UsernameCaseMapped (see precis.h), the domainpart in
    ///    lower case and NFC, with the characters that IDNA has; a label written "xn--…" stays as it is.
    ///  - email: local@domain, NFC, domain in lower case; no quoted local parts.
    ///  - sms: E.164 ("+" and 7 to 15 digits). lan: not addressable yet.
    /// Characters that cannot be seen are refused in the part before the "@".
    static Result<Address> parse(TransportKind kind, QStringView text);

    /// The same for an address that is in use: of this profile's accounts, or of somebody whose server vouches for it.
    /// What parse() refuses is taken if it is an XMPP address by the rules before PRECIS: many servers go by them, and
    /// who has such an address can be answered and blocked.
    static Result<Address> recognise(TransportKind kind, QStringView text);

    /// The part that names a server's domain; empty for kinds that have none (sms, lan).
    QString domain() const;

    /// A word of it is made of letters of several scripts that look alike, as in addresses that pose as another's.
    bool mixesLookAlikes() const;

    bool operator==(const Address &) const = default;
    std::strong_ordering operator<=>(const Address &other) const;
};

} // namespace planb
