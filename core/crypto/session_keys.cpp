// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/session_keys.h"

#include "core/base/cbor_writer.h"

namespace planb {

namespace {

void writeSuites(CborWriter &out, const DeviceIdentity &device)
{
    out.array(device.suites.size());
    for (const quint32 suite : device.suites)
        out.number(suite);
}

void writeParty(CborWriter &out, const DeviceIdentity &device)
{
    out.bytes(device.identity.bytes());
    out.bytes(device.signing.bytes());
    out.bytes(device.exchange.bytes());
    out.bytes(device.device.bytes());
    out.number(device.incarnation);
}

SessionAd transcriptHash(const DeviceIdentity &initiator, const ExchangeKey &ephemeral, const SessionTarget &target)
{
    CborWriter out;
    out.array(18);
    out.number(kSuite);
    writeSuites(out, initiator);
    writeSuites(out, target.device);
    writeParty(out, initiator);
    writeParty(out, target.device);
    out.bytes(ephemeral.bytes());
    out.bytes(target.prekeyId.bytes());
    out.bytes(target.prekey.bytes());
    out.bytes(target.oneTimeId.bytes());
    out.bytes(target.oneTime.bytes());
    const QByteArray hash = publicHash(Label::Session, SessionAd::kSize, {viewOf(out.take())});
    return SessionAd::fromBytes(hash).value_or(SessionAd()); // zeros do not happen
}

using Agreed = std::optional<SecretBytes>;

std::optional<SessionKeys> derive(const SessionAd &ad, const Agreed &first, const Agreed &second, const Agreed &third,
                                  const Agreed &fourth, bool hasOneTime)
{
    if (!first || !second || !third || (hasOneTime && !fourth))
        return {};
    // What X3DH puts in front so that the input is never the encoding of a key.
    std::array<std::byte, kKeyBytes> front{};
    front.fill(std::byte{0xFF});
    const SecretBytes key = hasOneTime
        ? secretHash(Label::Agreement, {ad.view(), front, first->view(), second->view(), third->view(), fourth->view()})
        : secretHash(Label::Agreement, {ad.view(), front, first->view(), second->view(), third->view()});
    return SessionKeys{ad, deriveKey(Label::FirstRoot, keyOf(key)), deriveKey(Label::FirstHeadOfInitiator, keyOf(key)),
                       deriveKey(Label::FirstHeadOfResponder, keyOf(key))};
}

} // namespace

std::optional<SessionKeys> keysOfInitiator(const OwnDevice &self, const ExchangePair &ephemeral,
                                           const SessionTarget &target)
{
    const bool hasOneTime = !target.oneTimeId.isZero();
    const KeyView secret = keyOf(ephemeral.secret);
    return derive(transcriptHash(self.publicPart(), ephemeral.publicKey, target),
                  agree(self.exchangeSecret(), target.prekey), agree(secret, target.device.exchange),
                  agree(secret, target.prekey), hasOneTime ? agree(secret, target.oneTime) : std::nullopt, hasOneTime);
}

std::optional<SessionKeys> keysOfResponder(const OwnDevice &self, const Prekeys::Prekey &prekey,
                                           const Prekeys::Prekey *oneTime, const DeviceIdentity &author,
                                           const ExchangeKey &ephemeral)
{
    SessionTarget target{self.publicPart(), prekey.id, prekey.pair.publicKey};
    if (oneTime != nullptr) {
        target.oneTimeId = oneTime->id;
        target.oneTime = oneTime->pair.publicKey;
    }
    const KeyView secret = keyOf(prekey.pair.secret);
    return derive(transcriptHash(author, ephemeral, target), agree(secret, author.exchange),
                  agree(self.exchangeSecret(), ephemeral), agree(secret, ephemeral),
                  oneTime != nullptr ? agree(keyOf(oneTime->pair.secret), ephemeral) : std::nullopt,
                  oneTime != nullptr);
}

} // namespace planb
