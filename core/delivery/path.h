// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/backoff.h"
#include "core/base/rtt_estimator.h"
#include "core/delivery/event.h"
#include "core/delivery/path_health.h"

#include <optional>

namespace planb::delivery {

/// What is known of one transport and one address together: whether that address takes messages there,
/// and how long the other person's confirmation usually needs on this way.
class Path
{
public:
    explicit Path(TransportKind kind);

    /// The hop took a message for this address; a server may take it and still give it back later.
    void onAccepted();
    /// Somebody at this address confirmed a message that went this way.
    void onDelivered(std::optional<Micros> sample);
    /// A failure that is about this address, or one that came while the link is up: without a rest
    /// the same would happen again in the same instant.
    void onFailure(const Failure &failure, MonoTime now, Random &random);

    /// Whether what the hop took gets there.
    PathHealth &health() { return m_health; }
    const PathHealth &health() const { return m_health; }

    bool isOpen(MonoTime now) const { return now >= m_restsUntil; }
    /// True while the address itself has been refused: no message is helped by waiting here.
    bool isRefused(MonoTime now) const { return m_refused && !isOpen(now); }
    /// True from the first refusal until somebody at this address confirms something.
    bool hasBeenRefused() const { return m_refusals > 0; }
    MonoTime restsUntil() const { return m_restsUntil; }
    /// Why it rests, or rested last.
    std::optional<FailureCode> lastFailure() const { return m_lastFailure; }
    Micros endToEndTimeout() const { return m_endToEnd.timeout(); }

private:
    Millis restAfterRefusal(FailureCode code);

    RttEstimator m_endToEnd;
    PathHealth m_health;
    Backoff m_busy;
    MonoTime m_restsUntil{};
    std::optional<FailureCode> m_lastFailure;
    int m_refusals = 0;
    bool m_refused = false;
};

} // namespace planb::delivery
