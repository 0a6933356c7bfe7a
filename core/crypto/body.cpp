// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/body.h"

#include "core/base/cbor_writer.h"
#include "core/crypto/body_form.h"
#include "core/crypto/card.h"
#include "core/crypto/cbor_fields.h"
#include "core/crypto/envelope.h"

#include <algorithm>
#include <functional>

namespace planb {

namespace {

using namespace bodyform;

bool isNumber(quint64 value)
{
    return value <= kMaxWireNumber;
}

bool isSoundPlace(const BodyPlace &place)
{
    return !place.stream.isZero() && place.base >= 1 && place.base <= place.number && isNumber(place.number);
}

bool isSoundAck(const BodyAck &ack)
{
    return !ack.stream.isZero() && ack.ranges.size() >= 2 && ack.ranges.size() % 2 == 0
        && ack.ranges.size() <= Body::kMaxRangeNumbers && std::all_of(ack.ranges.begin(), ack.ranges.end(), isNumber);
}

bool isSoundSign(const QString &sign)
{
    return !sign.isEmpty() && isLine(sign, Body::kMaxSignBytes);
}

bool areEnvelopeFieldsSound(const Body &body)
{
    const bool areNumbersSound = isNumber(body.order.value_or(0)) && isNumber(body.ownCard.value_or(0))
        && isNumber(body.heldCard.value_or(0)) && toMillis(body.sentAt.value_or(WallTime())) >= 0
        && isNumber(static_cast<quint64>(toMillis(body.sentAt.value_or(WallTime()))));
    const bool areListsSound = body.parents.size() <= Body::kMaxParents && body.acks.size() <= Body::kMaxAcks
        && body.capabilities.size() <= Body::kMaxCapabilities
        && std::adjacent_find(body.capabilities.begin(), body.capabilities.end(), std::greater_equal<>())
            == body.capabilities.end();
    return areNumbersSound && areListsSound && (!body.place || isSoundPlace(*body.place))
        && std::all_of(body.acks.begin(), body.acks.end(), isSoundAck);
}

// What of its payload each known kind must have and may have.
struct Need {
    BodyKind kind;
    quint32 must;
    quint32 may;
};
constexpr quint32 bit(PayloadKey key)
{
    return 1U << static_cast<quint32>(key);
}
constexpr std::array kNeeds{
    Need{BodyKind::Nothing, 0, 0},
    Need{BodyKind::Text, bit(Text), bit(About)},
    Need{BodyKind::Correction, bit(Text) | bit(About), 0},
    Need{BodyKind::Retraction, bit(About), 0},
    Need{BodyKind::Reaction, bit(About), bit(Signs)},
    Need{BodyKind::RetryRequest, bit(Wanted), bit(Reason)},
    Need{BodyKind::CardUpdate, bit(NewCard), 0},
};

quint32 payloadKeysOf(const Body &body)
{
    return (body.text.isEmpty() ? 0U : bit(Text)) | (body.about.isEmpty() ? 0U : bit(About))
        | (body.signs.isEmpty() ? 0U : bit(Signs)) | (body.wanted.isEmpty() ? 0U : bit(Wanted))
        | (body.reason == 0 ? 0U : bit(Reason)) | (body.card.isEmpty() ? 0U : bit(NewCard));
}

template<class List, class Write>
void writeList(CborWriter &out, quint64 key, const List &list, const Write &write)
{
    if (list.isEmpty())
        return;
    out.number(key);
    out.array(list.size());
    for (const auto &element : list)
        write(element);
}

void writePayload(CborWriter &out, const Body &body)
{
    const quint32 keys = payloadKeysOf(body);
    if (keys == 0)
        return;
    out.number(Payload);
    out.map(qPopulationCount(keys));
    if (!body.text.isEmpty()) {
        out.number(Text);
        out.text(body.text);
    }
    if (!body.about.isEmpty()) {
        out.number(About);
        out.text(body.about);
    }
    writeList(out, Signs, body.signs, [&out](const QString &sign) { out.text(sign); });
    writeList(out, Wanted, body.wanted, [&out](const EnvelopeHash &hash) { out.bytes(hash.bytes()); });
    if (body.reason != 0) {
        out.number(Reason);
        out.number(body.reason);
    }
    if (!body.card.isEmpty()) {
        out.number(NewCard);
        out.bytes(body.card);
    }
}

void writeNumber(CborWriter &out, quint64 key, const std::optional<quint64> &value)
{
    if (!value)
        return;
    out.number(key);
    out.number(*value);
}

template<class Fixed>
void writeFixed(CborWriter &out, quint64 key, const std::optional<Fixed> &value)
{
    if (!value)
        return;
    out.number(key);
    out.bytes(value->bytes());
}

void writePlace(CborWriter &out, const std::optional<BodyPlace> &place)
{
    if (!place)
        return;
    out.number(Place);
    out.array(3);
    out.bytes(place->stream.bytes());
    out.number(place->number);
    out.number(place->base);
}

void writeAck(CborWriter &out, const BodyAck &ack)
{
    out.array(1 + ack.ranges.size());
    out.bytes(ack.stream.bytes());
    for (const quint64 number : ack.ranges)
        out.number(number);
}

qsizetype fieldsOf(const Body &body)
{
    const std::array present{true, // the kind
                             body.place.has_value(),
                             body.id.has_value(),
                             body.conversation.has_value(),
                             body.order.has_value(),
                             body.sentAt.has_value(),
                             !body.parents.isEmpty(),
                             payloadKeysOf(body) != 0,
                             !body.acks.isEmpty(),
                             body.ownCard.has_value(),
                             body.heldCard.has_value(),
                             !body.capabilities.isEmpty()};
    return std::count(present.begin(), present.end(), true);
}

} // namespace

bool bodyform::isSound(const Body &body)
{
    if (!areEnvelopeFieldsSound(body) || body.about.toUtf8().size() > Body::kMaxIdBytes
        || body.signs.size() > Body::kMaxSigns || body.wanted.size() > Body::kMaxWanted
        || body.card.size() > Card::kMaxBytes || !std::all_of(body.signs.begin(), body.signs.end(), isSoundSign))
        return false;
    const auto need = std::find_if(kNeeds.begin(), kNeeds.end(),
                                   [&body](const Need &n) { return n.kind == body.kind; });
    if (need == kNeeds.end())
        return true;
    const quint32 has = payloadKeysOf(body);
    // A later version may put more into a kind that we know.
    return (has & need->must) == need->must && (body.needsLaterVersion || (has & ~(need->must | need->may)) == 0);
}

Judged<QByteArray> encodeBody(const Body &body)
{
    const auto kind = static_cast<quint64>(body.kind);
    if (kind > static_cast<quint64>(BodyKind::CardUpdate) || body.needsLaterVersion || !isSound(body))
        return refuse(Refusal::Malformed);
    if (body.text.size() > kMaxContentBytes)
        return refuse(Refusal::TooLarge);
    CborWriter out;
    out.map(fieldsOf(body));
    out.number(Kind);
    out.number(kind);
    writePlace(out, body.place);
    writeFixed(out, Id, body.id);
    writeFixed(out, Conversation, body.conversation);
    writeNumber(out, Order, body.order);
    if (body.sentAt)
        writeNumber(out, SentAt, static_cast<quint64>(toMillis(*body.sentAt)));
    writeList(out, Parents, body.parents, [&out](const MessagePrefix &parent) { out.bytes(parent.bytes()); });
    writePayload(out, body);
    writeList(out, Acks, body.acks, [&out](const BodyAck &ack) { writeAck(out, ack); });
    writeNumber(out, OwnCard, body.ownCard);
    writeNumber(out, HeldCard, body.heldCard);
    writeList(out, Capabilities, body.capabilities, [&out](quint32 capability) { out.number(capability); });
    if (out.size() > kMaxContentBytes)
        return refuse(Refusal::TooLarge);
    return out.take();
}

} // namespace planb
