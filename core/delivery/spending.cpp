// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/delivery/spending.h"

#include "core/delivery/constants.h"

#include <algorithm>

namespace planb::delivery {

void Spending::onSpent(MonoTime at)
{
    m_spent.insert(std::ranges::upper_bound(m_spent, at), at);
    while (m_spent.back() - m_spent.front() >= kSpendingMonth)
        m_spent.pop_front();
}

bool Spending::isAllowed(const SpendingLimits &limits, MonoTime now) const
{
    return limits.perDay > 0 && limits.perMonth > 0 && !allowedAt(limits, now);
}

std::optional<MonoTime> Spending::allowedAt(const SpendingLimits &limits, MonoTime now) const
{
    if (limits.perDay <= 0 || limits.perMonth <= 0)
        return {};
    const auto day = freeAt(limits.perDay, kSpendingDay, now);
    const auto month = freeAt(limits.perMonth, kSpendingMonth, now);
    return std::max(day, month);
}

// The limit is reached until the message so many places from the end has left the window.
std::optional<MonoTime> Spending::freeAt(int limit, Millis window, MonoTime now) const
{
    const auto count = static_cast<std::ptrdiff_t>(m_spent.size());
    if (count < limit)
        return {};
    const MonoTime leaves = m_spent[static_cast<std::size_t>(count - limit)] + window;
    return leaves > now ? std::optional(leaves) : std::nullopt;
}

} // namespace planb::delivery
