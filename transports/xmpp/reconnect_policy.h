// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/backoff.h"
#include "core/base/clock.h"
#include "core/base/failure.h"

#include <optional>

namespace planb::xmpp {

struct ReconnectTiming {
    BackoffPolicy backoff;
    /// The first try after a connection that had proved itself was lost comes within this time.
    Millis afterLoss{100};
    /// Logged in this long, a connection has proved itself; the waits start anew.
    Millis provenAfter{30'000};
    /// Certificate trouble may end by itself (an expired one is renewed).
    Millis untrustedAgain{3'600'000};
    /// However often one is nudged, tries keep this distance; refused logins the other, lest the server locks us out.
    Millis nudgeSpacing{1'000};
    Millis refusedSpacing{10'000};
};

/// When to connect again. Pure; one per transport.
class ReconnectPolicy
{
public:
    explicit ReconnectPolicy(ReconnectTiming timing = {}) : m_timing(timing), m_backoff(timing.backoff) {}

    void onTry(MonoTime now);
    void onOnline(MonoTime now) { m_onlineSince = now; }
    /// The try or the connection failed: how long to wait; nothing where only a nudge helps.
    std::optional<Millis> onFailed(const Failure &failure, MonoTime now, Random &random);
    /// Conditions changed: the waits start anew, and the next try is due after what is returned.
    Millis onNudge(const Failure &failure, MonoTime now);

private:
    ReconnectTiming m_timing;
    Backoff m_backoff;
    std::optional<MonoTime> m_lastTry;
    std::optional<MonoTime> m_onlineSince;
    bool m_isFirstLoss = true; // since the last proven connection
};

} // namespace planb::xmpp
