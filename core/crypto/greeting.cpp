// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/greeting.h"

#include "core/base/cbor.h"
#include "core/base/cbor_writer.h"
#include "core/crypto/cbor_fields.h"

#include <QCborArray>

namespace planb {

namespace {

constexpr qsizetype kFields = 8;

// The key is made for one greeting of one session, whose bytes are then always the same: so one nonce does.
const Nonce kNonce{};

QByteArray contentOf(const Greeting &greeting)
{
    const DeviceIdentity &author = greeting.author;
    CborWriter out;
    out.array(kFields);
    out.bytes(author.identity.bytes());
    writeDeviceFields(out, author);
    out.bytes(author.certificate.bytes());
    out.number(greeting.order);
    return out.take();
}

Judged<Greeting> greetingIn(const QByteArray &content)
{
    const auto value = parseCbor(content, {kGreetingPlainBytes, 2, 32, kGreetingPlainBytes});
    if (!value || !value->isArray())
        return refuse(Refusal::Malformed);
    const QCborArray fields = value->toArray();
    const auto identity = fixedIn<IdentityKey>(fields.at(0));
    const auto device = fixedIn<DeviceId>(fields.at(1));
    const auto incarnation = numberIn(fields.at(2), 0xFFFFFFFFU);
    const auto signing = fixedIn<DeviceKey>(fields.at(3));
    const auto exchange = fixedIn<ExchangeKey>(fields.at(4));
    const auto suites = numbersIn(fields.at(5), kMaxSuites, 0xFFFFFFFFU);
    const auto certificate = fixedIn<Signature>(fields.at(6));
    const auto order = numberIn(fields.at(7), kMaxWireNumber);
    if (fields.size() != kFields || !identity || !device || !incarnation || *incarnation == 0 || !signing || !exchange
        || !suites || !areSuitesSound(*suites) || !certificate || !order || *order == 0)
        return refuse(Refusal::Malformed);
    const DeviceIdentity author{*identity, *device,     static_cast<quint32>(*incarnation), *signing, *exchange,
                                *suites,   *certificate};
    if (!author.isCertified())
        return refuse(Refusal::NotAuthentic);
    return Greeting{author, *order};
}

std::optional<SecretBytes> sealKey(KeyView secret, const ExchangeKey &theirs, const ExchangeKey &ephemeral,
                                   const ExchangeKey &receiver)
{
    const auto shared = agree(secret, theirs);
    if (!shared)
        return {};
    return secretHash(Label::Seal, {shared->view(), ephemeral.view(), receiver.view()});
}

} // namespace

SessionTarget targetOf(const CardDevice &entry, const std::optional<OneTimeOffer> &offer)
{
    SessionTarget target{entry.device, entry.prekeyId, entry.prekey};
    if (offer && offer->device == entry.device.device) {
        target.oneTimeId = offer->id;
        target.oneTime = offer->key;
    }
    return target;
}

std::optional<QByteArray> sealGreeting(const Greeting &greeting, const ExchangePair &ephemeral,
                                       const ExchangeKey &receiver)
{
    const auto key = sealKey(keyOf(ephemeral.secret), receiver, ephemeral.publicKey, receiver);
    if (!key)
        return {};
    return sealBytes(keyOf(*key), kNonce, {}, viewOf(padded(contentOf(greeting), kGreetingPlainBytes)));
}

Judged<Greeting> readGreeting(const OwnDevice &self, const Envelope &envelope)
{
    if (!envelope.greeting)
        return refuse(Refusal::Malformed);
    const ExchangeKey &ephemeral = envelope.greeting->ephemeral;
    const auto key = sealKey(self.exchangeSecret(), ephemeral, ephemeral, self.publicPart().exchange);
    const auto plain = key ? openBytes(keyOf(*key), kNonce, {}, viewOf(envelope.greeting->seal)) : std::nullopt;
    if (!plain)
        return refuse(Refusal::NotForUs);
    const auto content = unpadded(*plain);
    return content ? greetingIn(*content) : refuse(Refusal::Malformed);
}

} // namespace planb
