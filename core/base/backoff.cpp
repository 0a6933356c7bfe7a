// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/backoff.h"

#include <algorithm>
#include <cmath>

namespace planb {

Millis Backoff::next(Random &random)
{
    // Beyond 64 doublings the power would overflow; the cap has been reached long before.
    const double nominal = static_cast<double>(m_policy.first.count())
        * std::pow(m_policy.factor, std::min(m_tries, 64));
    // The longest draw is the cap. Cutting off what jitter adds to it would have half of all clients return in one
    // instant again.
    const double capped = std::min(nominal, static_cast<double>(m_policy.cap.count()) / (1.0 + m_policy.jitter));
    const double spread = 1.0 + m_policy.jitter * (2.0 * random.uniform() - 1.0);
    ++m_tries;
    return Millis(static_cast<Millis::rep>(std::llround(capped * spread)));
}

} // namespace planb
