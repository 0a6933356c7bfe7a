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
inline constexpr QStringView kSasl2 = u"urn:xmpp:sasl:2"; // XEP-0388
inline constexpr QStringView kBind2 = u"urn:xmpp:bind:0"; // XEP-0386
inline constexpr QStringView kBind = u"urn:ietf:params:xml:ns:xmpp-bind"; // RFC 6120
inline constexpr QStringView kClient = u"jabber:client"; // RFC 6120
inline constexpr QStringView kDiscoInfo = u"http://jabber.org/protocol/disco#info"; // XEP-0030
inline constexpr QStringView kRoster = u"jabber:iq:roster"; // RFC 6121
inline constexpr QStringView kVersion = u"jabber:iq:version"; // XEP-0092
inline constexpr QStringView kCard = u"vcard-temp"; // XEP-0054
inline constexpr QStringView kPubSub = u"http://jabber.org/protocol/pubsub"; // XEP-0060
inline constexpr QStringView kPubSubEvent = u"http://jabber.org/protocol/pubsub#event"; // XEP-0060
inline constexpr QStringView kAvatarData = u"urn:xmpp:avatar:data"; // XEP-0084
inline constexpr QStringView kAvatarMetadata = u"urn:xmpp:avatar:metadata"; // XEP-0084
inline constexpr QStringView kCardUpdate = u"vcard-temp:x:update"; // XEP-0153
inline constexpr QStringView kNickname = u"http://jabber.org/protocol/nick"; // XEP-0172
inline constexpr QStringView kBlocking = u"urn:xmpp:blocking"; // XEP-0191
inline constexpr QStringView kIdle = u"urn:xmpp:idle:1"; // XEP-0319
inline constexpr QStringView kDiscoItems = u"http://jabber.org/protocol/disco#items"; // XEP-0030
inline constexpr QStringView kUrlData = u"http://jabber.org/protocol/url-data"; // XEP-0103
inline constexpr QStringView kHttpUpload = u"urn:xmpp:http:upload:0"; // XEP-0363
inline constexpr QStringView kFileMetadata = u"urn:xmpp:file:metadata:0"; // XEP-0446
inline constexpr QStringView kFileSharing = u"urn:xmpp:sfs:0"; // XEP-0447
inline constexpr QStringView kRegister = u"jabber:iq:register"; // XEP-0077
inline constexpr QStringView kResultSets = u"http://jabber.org/protocol/rsm"; // XEP-0059
inline constexpr QStringView kChatStates = u"http://jabber.org/protocol/chatstates"; // XEP-0085
inline constexpr QStringView kDataForm = u"jabber:x:data"; // XEP-0004
inline constexpr QStringView kOutOfBand = u"jabber:x:oob"; // XEP-0066
inline constexpr QStringView kCapabilities = u"http://jabber.org/protocol/caps"; // XEP-0115
inline constexpr QStringView kReceipts = u"urn:xmpp:receipts"; // XEP-0184
inline constexpr QStringView kStreamManagement = u"urn:xmpp:sm:3"; // XEP-0198
inline constexpr QStringView kPing = u"urn:xmpp:ping"; // XEP-0199
inline constexpr QStringView kDelay = u"urn:xmpp:delay"; // XEP-0203
inline constexpr QStringView kMediaElement = u"urn:xmpp:media-element"; // XEP-0221
inline constexpr QStringView kBitsOfBinary = u"urn:xmpp:bob"; // XEP-0231
inline constexpr QStringView kCarbons = u"urn:xmpp:carbons:2"; // XEP-0280
inline constexpr QStringView kForward = u"urn:xmpp:forward:0"; // XEP-0297
inline constexpr QStringView kCorrection = u"urn:xmpp:message-correct:0"; // XEP-0308
inline constexpr QStringView kArchive = u"urn:xmpp:mam:2"; // XEP-0313
inline constexpr QStringView kChatMarkers = u"urn:xmpp:chat-markers:0"; // XEP-0333
inline constexpr QStringView kHints = u"urn:xmpp:hints"; // XEP-0334
inline constexpr QStringView kStanzaIds = u"urn:xmpp:sid:0"; // XEP-0359
inline constexpr QStringView kPreauth = u"urn:xmpp:pars:0"; // XEP-0379, XEP-0445
inline constexpr QStringView kEncryption = u"urn:xmpp:eme:0"; // XEP-0380
inline constexpr QStringView kFasten = u"urn:xmpp:fasten:0"; // XEP-0422
inline constexpr QStringView kRetraction = u"urn:xmpp:message-retract:1"; // XEP-0424
inline constexpr QStringView kOlderRetraction = u"urn:xmpp:message-retract:0"; // XEP-0424 up to 0.3
inline constexpr QStringView kFallback = u"urn:xmpp:fallback:0"; // XEP-0428
inline constexpr QStringView kOlderFallback = u"urn:xmpp:feature-fallback:0"; // XEP-0461 up to 0.1
inline constexpr QStringView kReactions = u"urn:xmpp:reactions:0"; // XEP-0444
inline constexpr QStringView kChannelBinding = u"urn:xmpp:sasl-cb:0"; // XEP-0440
inline constexpr QStringView kClientState = u"urn:xmpp:csi:0"; // XEP-0352
inline constexpr QStringView kReply = u"urn:xmpp:reply:0"; // XEP-0461
/// Ours: marks messages and receipts of PlanB clients.
inline constexpr QStringView kPlanB = u"urn:planb:message:0";

} // namespace planb::xmpp::ns
