// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/delivery/path_health.h"

#include "core/delivery/constants.h"

#include <algorithm>

namespace planb::delivery {

void PathHealth::onSuccess()
{
    m_failuresInARow = 0;
    m_outcomes = std::min(m_outcomes + 1, kEjectMinOutcomes);
    m_successRate += (1.0 - m_successRate) * kOutcomeWeight;
}

void PathHealth::onFailure(MonoTime now)
{
    // What was sent before the ejection proves nothing new about it.
    if (isEjected(now))
        return;
    if (now - m_ejectedUntil > kLossMemory)
        m_ejections = 0;
    ++m_failuresInARow;
    m_outcomes = std::min(m_outcomes + 1, kEjectMinOutcomes);
    m_successRate -= m_successRate * kOutcomeWeight;
    const bool failsOften = m_outcomes >= kEjectMinOutcomes && m_successRate < kEjectBelow;
    if (failsOften || m_failuresInARow >= kEjectAfterFailures)
        eject(now);
}

void PathHealth::eject(MonoTime now)
{
    ++m_ejections;
    m_ejectedUntil = now + std::min<Millis>(kEjection * m_ejections, kLongestEjection);
    // On probation afterwards: one more failure is enough.
    m_failuresInARow = kEjectAfterFailures - 1;
    m_successRate = 1.0;
    m_outcomes = 0;
}

} // namespace planb::delivery
