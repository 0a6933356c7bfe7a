// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/session.h"

#include <QtEndian>

#include <algorithm>
#include <limits>

namespace planb {

std::optional<Session::Header> Session::headerIn(const Envelope &envelope, std::size_t headSlot) const
{
    const auto plain = openBytes(key(headSlot), envelope.nonce, viewOf(withAd(envelope.headerAd)),
                                 viewOf(envelope.ratchetHeader));
    if (!plain)
        return {};
    Header header;
    // A ratchet key of zeros is refused where it is agreed with.
    header.ratchet = ExchangeKey::fromBytes(plain->first(32)).value_or(ExchangeKey());
    header.previous = qFromBigEndian<quint32>(plain->constData() + 32);
    header.number = qFromBigEndian<quint32>(plain->constData() + 36);
    return header;
}

Judged<Session::Opened> Session::open(const Envelope &envelope) const
{
    if (m_counters.canReceive) {
        if (const auto header = headerIn(envelope, ReceiveHead))
            return openInChain(envelope, *header);
    }
    if (const auto header = headerIn(envelope, NextReceiveHead))
        return openInNewChain(envelope, *header);
    for (quint32 age = 0; age < m_counters.olderChains; ++age) {
        if (const auto header = headerIn(envelope, OlderHeads + age))
            return openSkipped(envelope, {m_counters.chain - 1 - age, header->number});
    }
    return refuse(Refusal::NoSession);
}

Judged<Session::Opened> Session::openInChain(const Envelope &envelope, const Header &header) const
{
    if (header.ratchet != m_theirRatchet)
        return refuse(Refusal::Damaged);
    if (header.number < m_counters.received)
        return openSkipped(envelope, {m_counters.chain, header.number});
    if (header.number == std::numeric_limits<quint32>::max())
        return refuse(Refusal::Damaged); // nobody may seal so many
    if (header.number - m_counters.received > kMaxSkip)
        return refuse(Refusal::TooFarAhead);
    return clone().openNext(envelope, header.number);
}

Judged<Session::Opened> Session::openInNewChain(const Envelope &envelope, const Header &header) const
{
    // How many of the chain before there were is in every header of this one.
    if (header.previous < m_counters.received || (!m_counters.canReceive && header.previous != 0))
        return refuse(Refusal::Damaged);
    const quint64 skipped = quint64{header.previous - m_counters.received} + header.number;
    if (skipped > kMaxSkip)
        return refuse(Refusal::TooFarAhead);
    Session next = clone();
    if (m_counters.canReceive)
        next.skipTo(header.previous);
    if (!next.beginReceivingChain(header.ratchet))
        return refuse(Refusal::Damaged);
    return std::move(next).openNext(envelope, header.number);
}

Judged<Session::Opened> Session::openSkipped(const Envelope &envelope, const SkippedKeys::Place &place) const
{
    const auto index = m_skipped.find(place);
    if (!index)
        return refuse(Refusal::AlreadyOpened);
    auto content = openBody(envelope, m_skipped.keyAt(*index));
    if (!content)
        return refuse(Refusal::Damaged);
    Opened opened{clone(), *std::move(content)};
    opened.next.m_skipped = m_skipped.without(*index);
    return opened;
}

/// Of a session that is ours to spoil: whoever called has the one before.
Judged<Session::Opened> Session::openNext(const Envelope &envelope, quint32 number) &&
{
    skipTo(number);
    const SecretBytes messageKey = stepChain(ReceiveChain);
    auto content = openBody(envelope, keyOf(messageKey));
    if (!content)
        return refuse(Refusal::Damaged);
    m_counters.received = number + 1;
    // The other side has the session, or it could not have sealed anything in it.
    m_greeting.reset();
    return Opened{std::move(*this), *std::move(content)};
}

std::optional<QByteArray> Session::openBody(const Envelope &envelope, KeyView messageKey) const
{
    const auto plain = openBytes(messageKey, envelope.nonce, viewOf(withAd(envelope.bodyAd)), viewOf(envelope.body));
    return plain ? unpadded(*plain) : std::nullopt;
}

void Session::skipTo(quint32 number)
{
    const quint32 count = number - m_counters.received;
    if (count == 0)
        return;
    SecretBytes records(count * SkippedKeys::kRecordBytes);
    std::span<std::byte> rest = records.bytes();
    for (; m_counters.received < number; ++m_counters.received) {
        SkippedKeys::writeRecord(rest, {m_counters.chain, m_counters.received}, keyOf(stepChain(ReceiveChain)));
        rest = rest.subspan(static_cast<std::size_t>(SkippedKeys::kRecordBytes));
    }
    m_skipped = m_skipped.with(records);
}

bool Session::beginReceivingChain(const ExchangeKey &theirs)
{
    const auto agreed = agree(key(OwnRatchet), theirs);
    if (!agreed)
        return false;
    if (m_counters.canReceive) {
        for (std::size_t age = kMaxChains - 2; age > 0; --age)
            setKey(OlderHeads + age, key(OlderHeads + age - 1));
        setKey(OlderHeads, key(ReceiveHead));
        m_counters.olderChains = std::min(m_counters.olderChains + 1, kMaxChains - 1);
        ++m_counters.chain;
        m_skipped = m_skipped.withoutChainsBefore(m_counters.chain - m_counters.olderChains);
    }
    setKey(ReceiveHead, key(NextReceiveHead));
    stepRoot(*agreed, ReceiveChain, NextReceiveHead);
    m_theirRatchet = theirs;
    m_counters.received = 0;
    m_counters.canReceive = true;
    m_counters.canSend = false; // the next message begins a chain of our own
    return true;
}

} // namespace planb
