// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/transport.h"
#include "transports/xmpp/element.h"
#include "transports/xmpp/session_events.h"

#include <optional>

namespace planb::xmpp {

/// The largest stanza that is sent: common servers refuse 65,536 bytes and more.
inline constexpr qsizetype kMaxSentBytes = 60'000;

/// A chat message: what it says (content_stanza.h), ids (XEP-0359), requests for a receipt (XEP-0184) and for a read
/// mark (XEP-0333), the author's state (XEP-0085), and our Marker.
Element messageStanza(const Payload &payload, const Address &to, const QString &ownBareJid);

/// Tells the author that message `id` is stored here (XEP-0184). Goes to the bare address: the client that sent
/// the message may be gone by now, and a server keeps a message for later only when it is meant for the person.
/// The hint (XEP-0334) asks it to do so although there is no text.
Element receiptStanza(const QString &to, const QString &id);
/// The `id` of receipt stanzas begins with this, so that an error about one is not taken for a bounced message.
inline constexpr QStringView kReceiptIdPrefix = u"receipt-";

/// Acknowledgements alone: a message without text that holds our marker with nothing else in it. To be kept for later
/// like a receipt. `id` only tells one such stanza from the others.
Element ackStanza(const QList<StreamAck> &acks, const QString &to, const WireId &id);
/// The like of kReceiptIdPrefix.
inline constexpr QStringView kAckIdPrefix = u"ack-";

/// Where a message stanza was found.
struct MessageOrigin {
    QString ownBareJid; ///< ours; only what our own server says in our name is believed
    WireId fallbackId;
    /// Our own server passed it on (XEP-0280, XEP-0313): it may be one that this user sent with another client.
    bool isCopy = false;
    QString archiveId = {}; ///< by which our server's archive calls it, if that is known
    std::optional<WallTime> stampedAt = {}; ///< when our server took it, if it says so
};

/// When the message came to the server that stored it (XEP-0203), by a `<delay/>` in this element.
std::optional<WallTime> delayTime(const Element &element);

/// What a message stanza from the server holds for us. Everything absent: nothing to do.
struct ReadMessage {
    std::optional<Incoming> incoming; ///< token not set
    /// Of `incoming`: the id to confirm, when the author asked for it and the message has no place in a stream.
    std::optional<QString> receiptFor;
    std::optional<Report> report;
    std::optional<Acknowledgement> acknowledgement; ///< of a message that says nothing else
    std::optional<ShownState> state;
    QString ignored; ///< why nothing was made of it, for the log
};

/// Reads a message stanza.
///
/// The id by which repeats are recognised is the author's origin-id, else the stanza's id, else a hash of the
/// author's address and the id our server's archive gave it, else (a stored message without any id) a hash of
/// author, time and text; a live message without any id gets `fallbackId`: showing a repeat twice is better than
/// taking two equal texts for one.
ReadMessage readMessage(const Element &stanza, const MessageOrigin &origin);
/// The same of one that came by itself.
ReadMessage readMessage(const Element &stanza, const QString &ownBareJid, const WireId &fallbackId);

} // namespace planb::xmpp
