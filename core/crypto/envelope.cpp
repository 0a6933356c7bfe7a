// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/envelope.h"

#include "core/base/cbor.h"
#include "core/base/cbor_writer.h"
#include "core/crypto/cbor_fields.h"
#include "core/crypto/device.h"

#include <QCborArray>

#include <algorithm>

namespace planb {

namespace {

constexpr quint64 kVersion = 1;
constexpr qsizetype kFields = 5;
constexpr qsizetype kGreetingFields = 6;
// Array, version, type, and the two bytes that announce a nonce of 24.
constexpr qsizetype kStartBytes = 5 + Nonce::kSize;

void appendByteString(QByteArray &out, QByteArrayView bytes)
{
    CborWriter writer;
    writer.bytes(bytes);
    out.append(writer.take());
}

std::optional<PrekeyId> oneTimeIdIn(const QCborValue &value)
{
    const QByteArray bytes = value.toByteArray();
    if (!value.isByteArray() || bytes.size() != PrekeyId::kSize)
        return {};
    return PrekeyId::fromBytes(bytes).value_or(PrekeyId());
}

Judged<Envelope> withMessageHeader(Envelope envelope, const QByteArray &header)
{
    if (header.size() != kRatchetHeaderBytes)
        return refuse(Refusal::Malformed);
    envelope.ratchetHeader = header;
    return envelope;
}

Judged<Envelope> withGreetingHeader(Envelope envelope, const QByteArray &header)
{
    const auto value = parseCbor(header, {1024, 1, 8, 512});
    if (!value || !value->isArray())
        return refuse(Refusal::Malformed);
    const QCborArray fields = value->toArray();
    const auto suite = numberIn(fields.at(0), kMaxWireNumber);
    if (suite && *suite != kSuite)
        return refuse(*suite == 0 ? Refusal::Malformed : Refusal::LaterVersion);
    const auto prekey = fixedIn<PrekeyId>(fields.at(1));
    const auto oneTime = oneTimeIdIn(fields.at(2));
    const auto ephemeral = fixedIn<ExchangeKey>(fields.at(3));
    const auto seal = bytesIn(fields.at(4), kGreetingSealBytes);
    const auto ratchet = bytesIn(fields.at(5), kRatchetHeaderBytes);
    if (fields.size() != kGreetingFields || !suite || !prekey || !oneTime || !ephemeral || !seal || !ratchet
        || seal->size() != kGreetingSealBytes)
        return refuse(Refusal::Malformed);
    envelope.greeting = GreetingHeader{kSuite, *prekey, *oneTime, *ephemeral, *seal};
    return withMessageHeader(std::move(envelope), *ratchet);
}

bool isBodyLength(qsizetype bytes)
{
    return std::find(kBuckets.begin(), kBuckets.end(), bytes - kTagBytes) != kBuckets.end();
}

} // namespace

std::optional<qsizetype> bucketFor(qsizetype contentBytes)
{
    const auto found = std::upper_bound(kBuckets.begin(), kBuckets.end(), contentBytes);
    return found == kBuckets.end() ? std::nullopt : std::optional(*found);
}

Judged<Envelope> parseEnvelope(QByteArrayView bytes)
{
    const auto value = parseCbor(bytes, {kMaxEnvelopeBytes, 1, 8, kMaxEnvelopeBytes});
    if (!value || !value->isArray())
        return refuse(Refusal::Malformed);
    const QCborArray fields = value->toArray();
    const auto version = numberIn(fields.at(0), kMaxWireNumber);
    const auto type = numberIn(fields.at(1), kMaxWireNumber);
    if (!version || *version == 0)
        return refuse(Refusal::Malformed);
    if (*version != kVersion)
        return refuse(Refusal::LaterVersion);
    if (!type || *type == 0)
        return refuse(Refusal::Malformed);
    if (*type > static_cast<quint64>(EnvelopeType::Greeting))
        return refuse(Refusal::LaterVersion);
    const auto nonce = fixedIn<Nonce>(fields.at(2));
    const auto header = bytesIn(fields.at(3), kMaxEnvelopeBytes);
    const auto body = bytesIn(fields.at(4), kMaxEnvelopeBytes);
    if (fields.size() != kFields || !nonce || !header || !body || !isBodyLength(body->size()))
        return refuse(Refusal::Malformed);
    Envelope envelope;
    envelope.type = static_cast<EnvelopeType>(*type);
    envelope.nonce = *nonce;
    envelope.body = *body;
    envelope.headerAd = bytes.first(kStartBytes).toByteArray();
    // All bodies have lengths that are announced in three bytes.
    envelope.bodyAd = bytes.chopped(body->size() + 3).toByteArray();
    return envelope.type == EnvelopeType::Greeting ? withGreetingHeader(std::move(envelope), *header)
                                                   : withMessageHeader(std::move(envelope), *header);
}

QByteArray envelopeStart(EnvelopeType type, const Nonce &nonce)
{
    // The head of an array of kFields, which CborWriter would not let go without its elements.
    QByteArray out("\x85\x01", 2);
    out.append(static_cast<char>(type));
    appendByteString(out, nonce.bytes());
    return out;
}

QByteArray withHeader(QByteArray start, const std::optional<GreetingHeader> &greeting, QByteArrayView ratchetHeader)
{
    if (!greeting) {
        appendByteString(start, ratchetHeader);
        return start;
    }
    CborWriter header;
    header.array(kGreetingFields);
    header.number(greeting->suite);
    header.bytes(greeting->prekey.bytes());
    header.bytes(greeting->oneTime.bytes());
    header.bytes(greeting->ephemeral.bytes());
    header.bytes(greeting->seal);
    header.bytes(ratchetHeader);
    appendByteString(start, header.take());
    return start;
}

QByteArray withBody(QByteArray bodyAd, QByteArrayView body)
{
    appendByteString(bodyAd, body);
    return bodyAd;
}

EnvelopeHash hashOf(QByteArrayView envelope)
{
    // A hash of zeros does not happen.
    return EnvelopeHash::fromBytes(publicHash(Label::Envelope, EnvelopeHash::kSize, {viewOf(envelope)}))
        .value_or(EnvelopeHash());
}

} // namespace planb
