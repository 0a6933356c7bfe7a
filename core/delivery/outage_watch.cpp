// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/delivery/outage_watch.h"

#include "core/delivery/constants.h"

namespace planb::delivery {

std::vector<TransportId> OutageWatch::onLost(TransportId link, MonoTime now)
{
    std::erase_if(m_lost, [now](const auto &lost) { return now - lost.second > kOutageWithin; });
    m_lost.insert_or_assign(link, now);
    const bool isUnderWay = m_lastOutage && now - *m_lastOutage <= kOutageWithin;
    if (m_lost.size() < 2 || (!isUnderWay && m_lastOutage && now - *m_lastOutage < kOutageSpacing))
        return {};
    if (!isUnderWay)
        m_lastOutage = now;
    std::vector<TransportId> shared;
    for (const auto &[id, at] : m_lost)
        shared.push_back(id);
    return shared;
}

} // namespace planb::delivery
