// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/cbor.h"
#include "core/crypto/body.h"
#include "core/crypto/body_form.h"
#include "core/crypto/card.h"
#include "core/crypto/cbor_fields.h"
#include "core/crypto/envelope.h"

#include <QCborArray>
#include <QCborMap>

namespace planb {

namespace {

using namespace bodyform;

constexpr quint64 kMax32 = 0xFFFFFFFFU;

/// Reads one map, field by field; what is there and wrong makes the whole wrong.
class Fields
{
public:
    explicit Fields(const QCborMap &map) : m_map(map) {}

    template<class T, class Read>
    void optional(quint64 key, std::optional<T> &to, const Read &read)
    {
        const QCborValue value = m_map.value(static_cast<qint64>(key));
        if (value.isUndefined())
            return;
        to = read(value);
        m_isSound = m_isSound && to.has_value();
    }
    template<class T>
    void fixed(quint64 key, std::optional<T> &to)
    {
        optional(key, to, [](const QCborValue &value) { return fixedIn<T>(value); });
    }
    void number(quint64 key, std::optional<quint64> &to)
    {
        optional(key, to, [](const QCborValue &value) { return numberIn(value, kMaxWireNumber); });
    }
    // A list that is there is not empty: absence is the only form of emptiness.
    template<class T, class Read>
    void list(quint64 key, qsizetype max, QList<T> &to, const Read &read)
    {
        const QCborValue value = m_map.value(static_cast<qint64>(key));
        if (value.isUndefined())
            return;
        const QCborArray array = value.toArray();
        m_isSound = m_isSound && !array.isEmpty() && array.size() <= max;
        for (qsizetype i = 0; m_isSound && i < array.size(); ++i) {
            const std::optional<T> element = read(array.at(i));
            m_isSound = element.has_value();
            if (element)
                to.append(*element);
        }
    }
    bool isSound() const { return m_isSound; }

private:
    const QCborMap &m_map;
    bool m_isSound = true;
};

std::optional<BodyPlace> placeIn(const QCborValue &value)
{
    const QCborArray fields = value.toArray();
    const auto stream = fixedIn<StreamKey>(fields.at(0));
    const auto number = numberIn(fields.at(1), kMaxWireNumber);
    const auto base = numberIn(fields.at(2), kMaxWireNumber);
    if (fields.size() != 3 || !stream || !number || !base)
        return {};
    return BodyPlace{*stream, *number, *base};
}

std::optional<BodyAck> ackIn(const QCborValue &value)
{
    const QCborArray fields = value.toArray();
    const auto stream = fixedIn<StreamKey>(fields.at(0));
    if (!stream || fields.size() > 1 + Body::kMaxRangeNumbers)
        return {};
    BodyAck ack{*stream, {}};
    for (qsizetype i = 1; i < fields.size(); ++i) {
        const auto number = numberIn(fields.at(i), kMaxWireNumber);
        if (!number)
            return {};
        ack.ranges.append(*number);
    }
    return ack;
}

std::optional<QString> textIn(const QCborValue &value, qsizetype maxBytes)
{
    if (!value.isString() || value.toString().isEmpty() || value.toString().toUtf8().size() > maxBytes)
        return {};
    return value.toString();
}

std::optional<quint32> number32In(const QCborValue &value)
{
    const auto number = numberIn(value, kMax32);
    return number ? std::optional(static_cast<quint32>(*number)) : std::nullopt;
}

// Nothing if a key is none at all; otherwise whether one is beyond those that are known and not ignorable.
std::optional<bool> hasUnknownKeys(const QCborMap &map, quint64 lastKnown)
{
    bool hasUnknown = false;
    for (const auto &[key, value] : map) {
        const auto number = numberIn(key, kMaxWireNumber);
        if (!number)
            return {};
        hasUnknown = hasUnknown || (*number > lastKnown && *number < FirstIgnorable);
    }
    return hasUnknown;
}

bool readPayload(const QCborMap &map, Body &body)
{
    const auto hasUnknown = hasUnknownKeys(map, NewCard);
    if (!hasUnknown || map.isEmpty())
        return false;
    body.needsLaterVersion = body.needsLaterVersion || *hasUnknown;
    std::optional<QString> text;
    std::optional<QString> about;
    std::optional<quint32> reason;
    std::optional<QByteArray> card;
    Fields fields(map);
    fields.optional(Text, text, [](const QCborValue &v) { return textIn(v, kMaxContentBytes); });
    fields.optional(About, about, [](const QCborValue &v) { return textIn(v, Body::kMaxIdBytes); });
    fields.list(Signs, Body::kMaxSigns, body.signs, [](const QCborValue &v) { return lineIn(v, Body::kMaxSignBytes); });
    fields.list(Wanted, Body::kMaxWanted, body.wanted, [](const QCborValue &v) { return fixedIn<EnvelopeHash>(v); });
    fields.optional(Reason, reason, number32In);
    fields.optional(NewCard, card, [](const QCborValue &v) { return bytesIn(v, Card::kMaxBytes); });
    // Zero and emptiness are said by leaving the field out.
    if (!fields.isSound() || reason == 0U || (card && card->isEmpty()))
        return false;
    body.text = text.value_or(QString());
    body.about = about.value_or(QString());
    body.reason = reason.value_or(0);
    body.card = card.value_or(QByteArray());
    return true;
}

bool readFields(const QCborMap &map, Body &body)
{
    std::optional<quint64> sentAt;
    Fields fields(map);
    fields.optional(Place, body.place, placeIn);
    fields.fixed(Id, body.id);
    fields.fixed(Conversation, body.conversation);
    fields.number(Order, body.order);
    fields.number(SentAt, sentAt);
    fields.list(Parents, Body::kMaxParents, body.parents,
                [](const QCborValue &v) { return fixedIn<MessagePrefix>(v); });
    fields.list(Acks, Body::kMaxAcks, body.acks, ackIn);
    fields.number(OwnCard, body.ownCard);
    fields.number(HeldCard, body.heldCard);
    fields.list(Capabilities, Body::kMaxCapabilities, body.capabilities, number32In);
    if (sentAt)
        body.sentAt = wallFromMillis(static_cast<qint64>(*sentAt));
    return fields.isSound();
}

} // namespace

Judged<Body> parseBody(QByteArrayView bytes)
{
    const auto value = parseCbor(bytes, {kMaxContentBytes, 4, 1024, kMaxContentBytes});
    if (!value || !value->isMap())
        return refuse(Refusal::Malformed);
    const QCborMap map = value->toMap();
    const auto kind = numberIn(map.value(static_cast<qint64>(Kind)), kMaxWireNumber);
    const auto hasUnknown = hasUnknownKeys(map, Capabilities);
    if (!kind || !hasUnknown)
        return refuse(Refusal::Malformed);
    const bool isKnownKind = *kind <= static_cast<quint64>(BodyKind::CardUpdate);
    Body body;
    body.kind = static_cast<BodyKind>(*kind);
    body.needsLaterVersion = *hasUnknown || !isKnownKind;
    const QCborValue payload = map.value(static_cast<qint64>(Payload));
    // What is in the payload of a kind from a later version is for that version to say.
    const bool mustRead = isKnownKind && !payload.isUndefined();
    if (!readFields(map, body) || (mustRead && (!payload.isMap() || !readPayload(payload.toMap(), body)))
        || !isSound(body))
        return refuse(Refusal::Malformed);
    return body;
}

} // namespace planb
