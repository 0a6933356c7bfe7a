// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/session.h"

#include <QtEndian>

#include <algorithm>
#include <limits>

namespace planb {

Session::Session(Facts facts, const SessionKeys &keys, bool isInitiator)
    : m_facts(facts), m_keys(qsizetype{SlotCount} * qsizetype{kKeyBytes})
{
    setKey(Root, keyOf(keys.root));
    setKey(NextSendHead, keyOf(isInitiator ? keys.headOfInitiator : keys.headOfResponder));
    setKey(NextReceiveHead, keyOf(isInitiator ? keys.headOfResponder : keys.headOfInitiator));
}

Judged<Session> Session::begin(const OwnDevice &self, const SessionTarget &target, quint64 order)
{
    if (!target.device.suites.contains(kSuite))
        return refuse(Refusal::LaterVersion);
    const ExchangePair ephemeral = makeExchangePair();
    const auto keys = keysOfInitiator(self, ephemeral, target);
    const auto seal = sealGreeting({self.publicPart(), order}, ephemeral, target.device.exchange);
    if (!keys || !seal)
        return refuse(Refusal::NotAuthentic);
    Session session({keys->ad, ephemeral.publicKey, order}, *keys, true);
    session.m_theirRatchet = target.prekey;
    session.m_greeting = GreetingHeader{kSuite, target.prekeyId, target.oneTimeId, ephemeral.publicKey, *seal};
    return session;
}

Judged<Session> Session::answer(const OwnDevice &self, const Prekeys &prekeys, const Greeting &greeting,
                                const GreetingHeader &header, WallTime now)
{
    const Prekeys::Prekey *prekey = prekeys.findSigned(header.prekey, now);
    const Prekeys::Prekey *oneTime = header.oneTime.isZero() ? nullptr : prekeys.findOneTime(header.oneTime);
    if (prekey == nullptr || (oneTime == nullptr && !header.oneTime.isZero()))
        return refuse(Refusal::PrekeyGone);
    const auto keys = keysOfResponder(self, *prekey, oneTime, greeting.author, header.ephemeral);
    if (!keys)
        return refuse(Refusal::NotAuthentic);
    Session session({keys->ad, header.ephemeral, greeting.order}, *keys, false);
    session.m_ownRatchet = prekey->pair.publicKey;
    session.setKey(OwnRatchet, keyOf(prekey->pair.secret));
    return session;
}

Session Session::clone() const
{
    Session copy;
    copy.m_facts = m_facts;
    copy.m_counters = m_counters;
    copy.m_ownRatchet = m_ownRatchet;
    copy.m_theirRatchet = m_theirRatchet;
    copy.m_keys = m_keys.clone();
    copy.m_skipped = m_skipped;
    copy.m_greeting = m_greeting;
    return copy;
}

KeyView Session::key(std::size_t slot) const
{
    return m_keys.view().subspan(slot * kKeyBytes).first<kKeyBytes>();
}

std::span<std::byte, kKeyBytes> Session::room(std::size_t slot)
{
    return m_keys.bytes().subspan(slot * kKeyBytes).first<kKeyBytes>();
}

void Session::setKey(std::size_t slot, KeyView value)
{
    std::copy(value.begin(), value.end(), room(slot).begin());
}

void Session::stepRoot(const SecretBytes &agreed, Slot chain, Slot nextHead)
{
    const SecretBytes step = deriveKey(Label::RootStep, key(Root), {agreed.view()});
    deriveKeyInto(room(Root), Label::RootKey, keyOf(step));
    deriveKeyInto(room(chain), Label::RootChain, keyOf(step));
    deriveKeyInto(room(nextHead), Label::RootHead, keyOf(step));
}

SecretBytes Session::stepChain(Slot chain)
{
    SecretBytes messageKey = deriveKey(Label::ChainMessage, key(chain));
    deriveKeyInto(room(chain), Label::ChainNext, key(chain));
    return messageKey;
}

// Binds what is sealed to the session, and with it to both people and devices and all their keys.
QByteArray Session::withAd(const QByteArray &bytes) const
{
    return bytes + m_facts.ad.bytes().toByteArray();
}

// Only when there is something to send: the key is as fresh as can be, and whoever only reads does no work for it.
bool Session::beginSendingChain()
{
    const ExchangePair pair = makeExchangePair();
    const auto agreed = agree(keyOf(pair.secret), m_theirRatchet);
    if (!agreed)
        return false;
    m_ownRatchet = pair.publicKey;
    setKey(OwnRatchet, keyOf(pair.secret));
    setKey(SendHead, key(NextSendHead));
    stepRoot(*agreed, SendChain, NextSendHead);
    m_counters.previous = m_counters.sent;
    m_counters.sent = 0;
    m_counters.canSend = true;
    return true;
}

Judged<Session::Sealed> Session::seal(QByteArrayView content) const
{
    const auto bucket = bucketFor(content.size());
    if (!bucket)
        return refuse(Refusal::TooLarge);
    Session next = clone();
    if (!next.m_counters.canSend && !next.beginSendingChain())
        return refuse(Refusal::Exhausted);
    if (next.m_counters.sent == std::numeric_limits<quint32>::max())
        return refuse(Refusal::Exhausted);

    std::array<std::byte, 40> header{};
    std::copy_n(next.m_ownRatchet.view().begin(), 32, header.begin());
    qToBigEndian(next.m_counters.previous, header.data() + 32);
    qToBigEndian(next.m_counters.sent, header.data() + 36);
    const SecretBytes messageKey = next.stepChain(SendChain);
    ++next.m_counters.sent;

    const auto nonce = randomFixed<Nonce>();
    QByteArray out = envelopeStart(m_greeting ? EnvelopeType::Greeting : EnvelopeType::Message, nonce);
    const QByteArray sealedHeader = sealBytes(next.key(SendHead), nonce, viewOf(withAd(out)), header);
    out = withHeader(std::move(out), m_greeting, sealedHeader);
    const QByteArray body = sealBytes(keyOf(messageKey), nonce, viewOf(withAd(out)), viewOf(padded(content, *bucket)));
    return Sealed{std::move(next), withBody(std::move(out), body)};
}

} // namespace planb
