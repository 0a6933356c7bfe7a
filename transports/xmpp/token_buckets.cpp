// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/token_buckets.h"

#include <algorithm>

namespace planb::xmpp {

namespace {
constexpr qsizetype kFewPeers = 64; // not worth tidying up
} // namespace

TokenBucket::TokenBucket(FlowRate rate, MonoTime now) : m_rate(rate), m_tokens(rate.burst), m_filledAt(now) {}

void TokenBucket::refill(MonoTime now)
{
    const auto missing = m_rate.burst - m_tokens;
    const auto gained = std::max<qint64>((now - m_filledAt) / Micros(m_rate.each), 0);
    if (gained >= missing) {
        m_tokens = m_rate.burst;
        m_filledAt = now;
    } else {
        m_tokens += static_cast<int>(gained);
        m_filledAt += gained * Micros(m_rate.each);
    }
}

bool TokenBucket::hasToken(MonoTime now)
{
    refill(now);
    return m_tokens > 0;
}

bool TokenBucket::take(MonoTime now)
{
    if (!hasToken(now))
        return false;
    --m_tokens;
    return true;
}

bool TokenBucket::isFull(MonoTime now)
{
    refill(now);
    return m_tokens == m_rate.burst;
}

TokenBuckets::TokenBuckets(FlowRate each, std::optional<FlowRate> all, MonoTime now) : m_rate(each), m_tidyAt(kFewPeers)
{
    if (all)
        m_all.emplace(*all, now);
}

bool TokenBuckets::take(const QString &peer, MonoTime now)
{
    auto own = m_each.find(peer);
    if (own != m_each.end() && !own->hasToken(now))
        return false;
    if (m_all && !m_all->take(now))
        return false;
    if (own == m_each.end()) {
        if (m_each.size() >= m_tidyAt)
            forgetFull(now);
        own = m_each.insert(peer, TokenBucket(m_rate, now));
    }
    return own->take(now);
}

void TokenBuckets::forgetFull(MonoTime now)
{
    m_each.removeIf([now](const auto &entry) { return entry.value().isFull(now); });
    m_tidyAt = std::max(kFewPeers, 2 * m_each.size());
}

} // namespace planb::xmpp
