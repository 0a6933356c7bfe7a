// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/transport.h"
#include "transports/xmpp/element.h"

#include <optional>

namespace planb::xmpp {

/// What PlanB adds to a message, in one element that other clients pass over:
///
///     <planb xmlns='urn:planb:message:0' order='12' sent='1700000000000'
///            stream='00112233445566ff' number='3' base='1'>
///       <parent id='wire-id'/>
///       <ack stream='ffeeddccbbaa9988' ranges='1 5 2 3'/>
///     </planb>
///
/// `order`: the author's place for the message in the conversation; `sent`: when it was written, in milliseconds since
/// 1970; `stream`, `number`, `base`: StreamPlace; `parent`: the newest messages the author had seen, at most
/// kMaxParents; `ack`: what the author has stored of ours, at most kMaxStreamAcks, `ranges` being
/// AckRanges::encoded() in decimal with one space between. That the element is there says that the author's client
/// recognises repeats.
struct Marker {
    std::optional<quint64> order;
    std::optional<WallTime> sentAt;
    std::optional<StreamPlace> place;
    QList<WireId> parents;
    QList<StreamAck> acks;
};

Element markerOf(const Payload &payload);
/// For an acknowledgement that travels alone.
Element markerOf(const QList<StreamAck> &acks);
/// Nothing if the stanza has none. What is wrong in it is left out, and spoils nothing beside it; a list that is too
/// long is left out as a whole.
std::optional<Marker> readMarker(const Element &stanza);

/// From the year 1970 to the end of the year 9999.
std::optional<WallTime> saneTime(qint64 millis);

} // namespace planb::xmpp
