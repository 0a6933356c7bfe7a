// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/random.h"

namespace planb {

struct BackoffPolicy {
    Millis first{500};
    double factor = 1.6;
    double jitter = 0.2; ///< each wait is drawn from [1 - jitter, 1 + jitter] of its nominal length
    Millis cap{60'000}; ///< no wait is longer, jitter included
};

/// Growing waits between tries. The jitter is drawn once per wait, so that a deadline stays put;
/// without it every client would return in the same instant after a server restarts.
class Backoff
{
public:
    explicit Backoff(BackoffPolicy policy = {}) : m_policy(policy) {}

    /// The wait before the next try; each call makes the following one longer.
    Millis next(Random &random);
    void reset() { m_tries = 0; }
    int tries() const { return m_tries; }

private:
    BackoffPolicy m_policy;
    int m_tries = 0;
};

} // namespace planb
