// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/roster.h"
#include "transports/xmpp/element.h"

#include <optional>

namespace planb::xmpp {

// What is asked and said about people, without ids.

Element rosterRequest();
/// Puts somebody on the list (RFC 6121, 2.3).
Element rosterSet(const Address &address, const QString &name);
Element rosterRemoval(const Address &address);
/// Asks to see somebody (RFC 6121, 3.1), with our nickname (XEP-0172) and the token of an invitation (XEP-0379).
Element subscriptionRequest(const Address &address, const QString &nickname, const QString &token);
Element subscriptionAnswer(const Address &address, bool accepts);
Element blockListRequest();
Element blockStanza(const QList<Address> &addresses, bool isBlocked); ///< XEP-0191
Element avatarRequest(const Address &of, const QString &hash); ///< XEP-0084
Element cardRequest(const Address &of); ///< XEP-0054

/// One `<item/>` of a roster; nothing for servers and what is no address.
std::optional<RosterEntry> readRosterItem(const Element &item);
QList<RosterEntry> readRoster(const Element &query);
/// The addresses in `<blocklist/>`, `<block/>` or `<unblock/>`.
QList<Address> readBlocked(const Element &list);
/// Of a presence without type or of type unavailable.
PresenceChanged readPresence(const Element &presence, const Address &from);
/// The hash of the picture in somebody's card (XEP-0153). Nothing where the presence says nothing about it; empty
/// text where there is no picture.
std::optional<QString> cardPictureHash(const Element &presence);
/// The nickname (XEP-0172) in a stanza or an item; nothing where there is none.
std::optional<QString> readNickname(const Element &parent);
/// The hash of the picture an item of the node urn:xmpp:avatar:metadata announces; empty: none any more.
QString announcedAvatar(const Element &item);
/// The picture in the answer to avatarRequest() or cardRequest(), if it is the one of this hash, a PNG or JPEG,
/// and not too large.
std::optional<Avatar> readAvatar(const Element &answer, const QString &hash);

/// Foreign text as it may be shown: one line, no characters that only steer, at most kMaxRosterText of them.
QString plainText(const QString &text);

} // namespace planb::xmpp
