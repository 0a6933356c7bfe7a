// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/secret_record.h"
#include "core/crypto/session.h"

namespace planb {

namespace {

using namespace Qt::StringLiterals;

constexpr quint8 kRecordVersion = 1;
constexpr qsizetype kFixedBytes = 1 + 32 + 32 + 8 + 4 + 4 + 4 + 1 + 1 + 8 + 4 + 32 + 32;
constexpr qsizetype kGreetingBytes = 4 + 2 * PrekeyId::kSize + kGreetingSealBytes;

} // namespace

SecretBytes Session::toBytes() const
{
    const ByteView skipped = m_skipped.bytes();
    SecretRecordWriter out(kFixedBytes + m_keys.size() + 4 + static_cast<qsizetype>(skipped.size()) + 1
                           + (m_greeting ? kGreetingBytes : 0));
    out.number8(kRecordVersion);
    out.fixed(m_facts.ad.view());
    out.fixed(m_facts.ephemeral.view());
    out.number64(m_facts.order);
    out.number32(m_counters.sent);
    out.number32(m_counters.previous);
    out.number32(m_counters.received);
    out.number8(m_counters.canSend ? 1 : 0);
    out.number8(m_counters.canReceive ? 1 : 0);
    out.number64(m_counters.chain);
    out.number32(m_counters.olderChains);
    out.fixed(m_ownRatchet.view());
    out.fixed(m_theirRatchet.view());
    out.fixed(m_keys.view());
    out.varied(skipped);
    out.number8(m_greeting ? 1 : 0);
    if (m_greeting) {
        out.number32(m_greeting->suite);
        out.fixed(m_greeting->prekey.view());
        out.fixed(m_greeting->oneTime.view());
        out.fixed(viewOf(m_greeting->seal));
    }
    return out.take();
}

Result<Session> Session::fromBytes(ByteView bytes)
{
    SecretRecordReader in(bytes);
    const bool isKnown = in.number8() == kRecordVersion;
    Session session;
    session.m_facts.ad = in.key<SessionAd>();
    session.m_facts.ephemeral = in.key<ExchangeKey>();
    session.m_facts.order = in.number64();
    Counters &counters = session.m_counters;
    counters.sent = in.number32();
    counters.previous = in.number32();
    counters.received = in.number32();
    counters.canSend = in.number8() == 1;
    counters.canReceive = in.number8() == 1;
    counters.chain = in.number64();
    counters.olderChains = in.number32();
    session.m_ownRatchet = in.key<ExchangeKey>();
    session.m_theirRatchet = in.key<ExchangeKey>();
    session.m_keys = SecretBytes::copyOf(in.fixed(std::size_t{SlotCount} * kKeyBytes));
    const auto skipped = SkippedKeys::fromBytes(in.varied());
    if (in.number8() == 1) {
        GreetingHeader greeting;
        greeting.suite = in.number32();
        greeting.prekey = in.key<PrekeyId>();
        greeting.oneTime = in.key<PrekeyId>();
        greeting.ephemeral = session.m_facts.ephemeral;
        const ByteView seal = in.fixed(static_cast<std::size_t>(kGreetingSealBytes));
        greeting.seal = QByteArray(reinterpret_cast<const char *>(seal.data()), static_cast<qsizetype>(seal.size()));
        session.m_greeting = std::move(greeting);
    }
    if (!isKnown || !in.isAtEnd() || !skipped || counters.olderChains >= kMaxChains
        || counters.olderChains > counters.chain)
        return fail(FailureCode::StoreCorrupt, u"a stored session is not what was stored"_s);
    session.m_skipped = *skipped;
    return session;
}

} // namespace planb
