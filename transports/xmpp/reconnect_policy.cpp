// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/reconnect_policy.h"

#include <algorithm>
#include <utility>

namespace planb::xmpp {

void ReconnectPolicy::onTry(MonoTime now)
{
    m_lastTry = now;
}

std::optional<Millis> ReconnectPolicy::onFailed(const Failure &failure, MonoTime now, Random &random)
{
    const auto onlineSince = std::exchange(m_onlineSince, std::nullopt);
    // "Connected" is not enough: a server that accepts and drops at once must meet growing waits.
    if (onlineSince && now - *onlineSince >= m_timing.provenAfter) {
        m_backoff.reset();
        m_isFirstLoss = true;
    }
    if (traitsOf(failure.code).blocksLink)
        return failure.blame() == Blame::Credentials ? std::nullopt : std::optional(m_timing.untrustedAgain);
    const bool isQuick = onlineSince && std::exchange(m_isFirstLoss, false);
    const auto spread = static_cast<double>(m_timing.afterLoss.count());
    const Millis wait = isQuick ? Millis(static_cast<Millis::rep>(random.uniform() * spread)) : m_backoff.next(random);
    return std::max(wait, failure.retryAfter.value_or(Millis(0)));
}

Millis ReconnectPolicy::onNudge(const Failure &failure, MonoTime now)
{
    m_backoff.reset();
    m_isFirstLoss = true;
    if (!m_lastTry)
        return Millis(0);
    const bool isRefused = failure.blame() == Blame::Credentials;
    const MonoTime due = *m_lastTry + Micros(isRefused ? m_timing.refusedSpacing : m_timing.nudgeSpacing);
    return std::chrono::ceil<Millis>(std::max(due - now, Micros(0)));
}

} // namespace planb::xmpp
