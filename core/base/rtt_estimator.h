// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <optional>

namespace planb {

/// How long the first answer may take, and the bounds of what is ever waited.
struct TimeoutBounds {
    Millis first; ///< before there is a sample
    Millis floor;
    Millis cap;
};

/// Round-trip estimator of RFC 6298, section 2, with our own bounds and a variance floor of 10 ms.
/// Feed it only unambiguous samples (Karn): answers to something sent once on this connection.
class RttEstimator
{
public:
    explicit RttEstimator(TimeoutBounds bounds) : m_bounds(bounds) {}

    void addSample(Micros rtt);
    /// How long to wait for an answer before the other side counts as not answering.
    Micros timeout() const;
    std::optional<Micros> smoothed() const;

private:
    TimeoutBounds m_bounds;
    Micros m_smoothed{0};
    Micros m_variation{0};
    bool m_hasSample = false;
};

} // namespace planb
