// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/wire_id.h"
#include "transports/xmpp/element.h"
#include "transports/xmpp/message_stanza.h"

#include <optional>

namespace planb::xmpp {

/// `<iq/>` that asks the server for copies of what other clients of this account send and get (XEP-0280).
Element carbonsRequest();

/// The message in a copy that our own server made for another client's message (XEP-0280), and where it was found.
/// Nothing if `stanza` is not from our own bare address: anybody can write one (CVE-2017-5589 and its relatives).
struct Copy {
    Element message;
    MessageOrigin origin;
};
std::optional<Copy> carbonIn(const Element &stanza, const QString &ownBareJid, const WireId &fallbackId);

/// The message in `<forwarded/>` (XEP-0297), or null.
const Element *forwardedMessage(const Element &outer);
/// When it was sent on, by the `<delay/>` beside it.
std::optional<WallTime> forwardedAt(const Element &outer);
/// Whether our own server says this in our account's name: from its bare address, or (RFC 6120, 8.1.2.1) from nobody.
bool isFromOwnAccount(const Element &stanza, const QString &ownBareJid);

} // namespace planb::xmpp
