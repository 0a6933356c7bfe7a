// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/delivery/path.h"

#include "core/delivery/constants.h"

#include <algorithm>

namespace planb::delivery {

Path::Path(TransportKind kind) : m_endToEnd(constantsOf(kind).endToEnd), m_busy(kBusyBackoff) {}

void Path::onDelivered(std::optional<Micros> sample)
{
    if (sample)
        m_endToEnd.addSample(*sample);
    m_busy.reset();
    m_refusals = 0;
    m_refused = false;
    m_restsUntil = {};
    m_lastFailure.reset();
}

void Path::onAccepted()
{
    m_busy.reset();
}

void Path::onFailure(const Failure &failure, MonoTime now, Random &random)
{
    // Many messages that fail in one moment are one reason to rest, not many.
    const bool isRefusal = failure.blame() == Blame::Recipient;
    if (isRefusal ? isRefused(now) : !isOpen(now))
        return;
    m_lastFailure = failure.code;
    m_refused = isRefusal;
    Millis rest = isRefusal ? restAfterRefusal(failure.code) : m_busy.next(random);
    // No server can put off a message for good.
    rest = std::max(rest, std::min(failure.retryAfter.value_or(Millis(0)), kLongestRest));
    m_restsUntil = std::max(m_restsUntil, now + rest);
}

Millis Path::restAfterRefusal(FailureCode code)
{
    const Millis first = code == FailureCode::RecipientUnavailable ? kUnavailableRest : kUnknownRest;
    const int doublings = std::min(m_refusals++, 16);
    return std::min<Millis>(first * (1LL << doublings), kLongestRest);
}

} // namespace planb::delivery
