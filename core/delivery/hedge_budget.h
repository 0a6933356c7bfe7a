// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/delivery/constants.h"

#include <algorithm>

namespace planb::delivery {

/// How many messages may be sent a second time only because a confirmation is slow: a token bucket, full at first,
/// that gets one token back for every kDeliveriesPerHedge delivered messages. So repeats on suspicion stay a few in a
/// hundred whatever happens; a repeat after a failure is no suspicion and costs nothing.
class HedgeBudget
{
public:
    bool take()
    {
        if (m_parts < kDeliveriesPerHedge)
            return false;
        m_parts -= kDeliveriesPerHedge;
        return true;
    }
    void onDelivered() { m_parts = std::min(m_parts + 1, kHedgeCapacity * kDeliveriesPerHedge); }
    int tokens() const { return m_parts / kDeliveriesPerHedge; }

private:
    int m_parts = kHedgeCapacity * kDeliveriesPerHedge; // whole numbers: the same on every platform
};

} // namespace planb::delivery
