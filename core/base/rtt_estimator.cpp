// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/rtt_estimator.h"

#include <algorithm>

namespace planb {

void RttEstimator::addSample(Micros rtt)
{
    rtt = std::max(rtt, Micros(0));
    if (!m_hasSample) {
        m_smoothed = rtt;
        m_variation = rtt / 2;
        m_hasSample = true;
        return;
    }
    const Micros error = m_smoothed > rtt ? m_smoothed - rtt : rtt - m_smoothed;
    m_variation = (3 * m_variation + error) / 4;
    m_smoothed = (7 * m_smoothed + rtt) / 8;
}

Micros RttEstimator::timeout() const
{
    if (!m_hasSample)
        return m_bounds.first;
    const Micros wait = m_smoothed + std::max<Micros>(Millis(10), 4 * m_variation);
    return std::clamp<Micros>(wait, m_bounds.floor, m_bounds.cap);
}

std::optional<Micros> RttEstimator::smoothed() const
{
    return m_hasSample ? std::optional(m_smoothed) : std::nullopt;
}

} // namespace planb
