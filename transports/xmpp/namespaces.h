// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

/// XML namespaces, with the document that defines each.
namespace planb::xmpp::ns {

inline constexpr QStringView kStreams = u"http://etherx.jabber.org/streams"; // RFC 6120
inline constexpr QStringView kStreamErrors = u"urn:ietf:params:xml:ns:xmpp-streams"; // RFC 6120
inline constexpr QStringView kStanzaErrors = u"urn:ietf:params:xml:ns:xmpp-stanzas"; // RFC 6120
inline constexpr QStringView kTls = u"urn:ietf:params:xml:ns:xmpp-tls"; // RFC 6120
inline constexpr QStringView kSasl = u"urn:ietf:params:xml:ns:xmpp-sasl"; // RFC 6120
inline constexpr QStringView kBind = u"urn:ietf:params:xml:ns:xmpp-bind"; // RFC 6120
inline constexpr QStringView kClient = u"jabber:client"; // RFC 6120
inline constexpr QStringView kDiscoInfo = u"http://jabber.org/protocol/disco#info"; // XEP-0030
inline constexpr QStringView kRegister = u"jabber:iq:register"; // XEP-0077
inline constexpr QStringView kDataForm = u"jabber:x:data"; // XEP-0004
inline constexpr QStringView kOutOfBand = u"jabber:x:oob"; // XEP-0066
inline constexpr QStringView kReceipts = u"urn:xmpp:receipts"; // XEP-0184
inline constexpr QStringView kStreamManagement = u"urn:xmpp:sm:3"; // XEP-0198
inline constexpr QStringView kPing = u"urn:xmpp:ping"; // XEP-0199
inline constexpr QStringView kDelay = u"urn:xmpp:delay"; // XEP-0203
inline constexpr QStringView kMediaElement = u"urn:xmpp:media-element"; // XEP-0221
inline constexpr QStringView kBitsOfBinary = u"urn:xmpp:bob"; // XEP-0231
inline constexpr QStringView kForward = u"urn:xmpp:forward:0"; // XEP-0297
inline constexpr QStringView kHints = u"urn:xmpp:hints"; // XEP-0334
inline constexpr QStringView kStanzaIds = u"urn:xmpp:sid:0"; // XEP-0359
inline constexpr QStringView kPreauth = u"urn:xmpp:pars:0"; // XEP-0379, XEP-0445
inline constexpr QStringView kChannelBinding = u"urn:xmpp:sasl-cb:0"; // XEP-0440
inline constexpr QStringView kReply = u"urn:xmpp:reply:0"; // XEP-0461
/// Ours: marks messages and receipts of PlanB clients.
inline constexpr QStringView kPlanB = u"urn:planb:message:0";

} // namespace planb::xmpp::ns
