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
}

void Path::onAccepted()
{
    m_busy.reset();
}

void Path::onFailure(const Failure &failure, MonoTime now, Random &random)
{
    if (failure.blame() == Blame::Recipient) {
        const Millis first = failure.code == FailureCode::RecipientUnavailable ? kUnavailableRest : kUnknownRest;
        m_refused = true;
        m_restsUntil = now + std::min<Millis>(first * (1LL << std::min(m_refusals, 16)), kLongestRest);
        ++m_refusals;
        return;
    }
    // Many messages lost in one moment are one reason to rest, not many.
    if (!isOpen(now))
        return;
    m_refused = false;
    m_restsUntil = now + std::max(m_busy.next(random), failure.retryAfter.value_or(Millis(0)));
}

} // namespace planb::delivery
