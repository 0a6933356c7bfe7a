// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/marker.h"

#include "transports/xmpp/namespaces.h"

namespace planb::xmpp {

namespace {

std::optional<StreamPlace> placeOf(const Element &marker)
{
    const auto stream = StreamId::parse(marker.attribute(u"stream"));
    const auto number = streamNumberFromText(marker.attribute(u"number"));
    const auto base = streamNumberFromText(marker.attribute(u"base"));
    if (!stream || !number || !base || *base < 1 || *base > *number)
        return {};
    return StreamPlace{*stream, *number, *base};
}

Element elementOf(const StreamAck &ack)
{
    Element element(u"ack", ns::kPlanB);
    element.set(u"stream", ack.stream.toString()).set(u"ranges", ack.ranges.toText());
    return element;
}

std::optional<StreamAck> ackOf(const Element &element)
{
    const auto stream = StreamId::parse(element.attribute(u"stream"));
    const auto ranges = AckRanges::fromText(element.attribute(u"ranges"));
    if (!stream || !ranges)
        return {};
    return StreamAck{*stream, *ranges};
}

std::optional<WireId> parentOf(const Element &element)
{
    return WireId::parse(element.attribute(u"id"));
}

// What `read` makes of the children of that name; nothing if there are more than `limit`.
template<class Value>
QList<Value> listOf(const Element &marker, QStringView name, qsizetype limit,
                    std::optional<Value> (*read)(const Element &))
{
    QList<Value> values;
    qsizetype count = 0;
    for (const Element &child : marker.children()) {
        if (!child.is(name, ns::kPlanB))
            continue;
        if (++count > limit)
            return {};
        if (const auto value = read(child))
            values.append(*value);
    }
    return values;
}

} // namespace

std::optional<WallTime> saneTime(qint64 millis)
{
    constexpr qint64 kLastMillis = 253'402'300'799'999; // the end of the year 9999
    return millis >= 0 && millis <= kLastMillis ? std::optional(wallFromMillis(millis)) : std::nullopt;
}

Element markerOf(const Payload &payload)
{
    Element marker(u"planb", ns::kPlanB);
    marker.set(u"order", QString::number(payload.order)).set(u"sent", QString::number(toMillis(payload.composedAt)));
    if (payload.place) {
        marker.set(u"stream", payload.place->stream.toString())
            .set(u"number", QString::number(payload.place->number))
            .set(u"base", QString::number(payload.place->base));
    }
    for (const WireId &parent : payload.parents)
        marker.add(Element(u"parent", ns::kPlanB).set(u"id", parent.toString()));
    for (const StreamAck &ack : payload.acks)
        marker.add(elementOf(ack));
    return marker;
}

Element markerOf(const QList<StreamAck> &acks)
{
    Element marker(u"planb", ns::kPlanB);
    for (const StreamAck &ack : acks)
        marker.add(elementOf(ack));
    return marker;
}

std::optional<Marker> readMarker(const Element &stanza)
{
    const Element *element = stanza.child(u"planb", ns::kPlanB);
    if (!element)
        return {};
    Marker marker;
    bool ok = false;
    const quint64 order = element->attribute(u"order").toULongLong(&ok);
    if (ok)
        marker.order = order;
    const qint64 sent = element->attribute(u"sent").toLongLong(&ok);
    if (ok)
        marker.sentAt = saneTime(sent);
    marker.place = placeOf(*element);
    marker.parents = listOf<WireId>(*element, u"parent", kMaxParents, &parentOf);
    marker.acks = listOf<StreamAck>(*element, u"ack", kMaxStreamAcks, &ackOf);
    return marker;
}

} // namespace planb::xmpp
