// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/delivery/event.h"

#include <deque>
#include <optional>

namespace planb::delivery {

/// How many messages one metered transport has sent in the last 24 hours and 30 days, against the user's limits.
/// The limits hold for every message, also for those the user sends this way on purpose.
class Spending
{
public:
    void onSpent(MonoTime at);
    bool isAllowed(const SpendingLimits &limits, MonoTime now) const;
    /// When isAllowed() becomes true by itself; absent if it is, or never.
    std::optional<MonoTime> allowedAt(const SpendingLimits &limits, MonoTime now) const;

private:
    std::optional<MonoTime> freeAt(int limit, Millis window, MonoTime now) const;

    std::deque<MonoTime> m_spent; // ascending
};

} // namespace planb::delivery
