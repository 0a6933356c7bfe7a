// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/rtt_estimator.h"

#include <deque>
#include <optional>

namespace planb::xmpp {

struct HopTiming {
    /// Silence after which the server is asked for a sign of life.
    Millis heartbeat{30'000};
    /// While an answer is open, further requests keep this distance, or follow this many stanzas: in a burst the
    /// answers then keep coming, instead of one at its very end.
    Millis requestSpacing{100};
    int requestEvery = 20;
    /// How long an answer may take.
    TimeoutBounds answer{Millis(2'000), Millis(500), Millis(8'000)};
    /// An answer may queue behind a flood of other data, but not for longer than this many times the limit.
    int patience = 4;
};

/// Decides when to ask the server what it has got (XEP-0198 `<r/>`, or a ping behind the stanzas), measures the
/// answers, and notices when they fail to come. Pure: the caller writes the requests and reports what it hears.
///
///     Alive --answer overdue--> Suspect --again as long without any sign of life--> Dead
///       ^-----------any answer----------'
///
/// Overdue is counted from the last answer: a server that works through a burst answers late, but goes on answering.
class HopWatch
{
public:
    enum class Verdict { Alive, Suspect, Dead };

    HopWatch(HopTiming timing, MonoTime now);

    /// A stanza that wants an acknowledgement was written.
    void wants() { ++m_unasked; }
    /// A sign of life is wanted that the server gave from now on: an answer that is under way already is not one.
    void doubt() { m_isDoubted = true; }
    /// Whether to write a request now.
    bool shouldAsk(MonoTime now) const;
    /// A request was written; its answer will cover everything up to number `upTo`.
    void asked(quint64 upTo, MonoTime now);
    /// An answer came that covers everything up to number `upTo`.
    void answered(quint64 upTo, MonoTime now);
    /// Bytes came, whatever they are.
    void heard(MonoTime now);

    Verdict judge(MonoTime now);
    bool isSuspect() const { return m_suspectSince.has_value(); }
    bool isWaiting() const { return !m_requests.empty(); }
    std::optional<Micros> rtt() const { return m_rtt.smoothed(); }
    /// When to ask shouldAsk() and judge() again.
    std::optional<MonoTime> wakeAt() const;

private:
    struct Request {
        quint64 upTo;
        MonoTime at;
    };

    std::optional<MonoTime> verdictAt() const;

    HopTiming m_timing;
    RttEstimator m_rtt;
    std::deque<Request> m_requests; // not answered, oldest first
    int m_unasked = 0; // stanzas written since the last request
    bool m_isDoubted = false; // since the last request
    MonoTime m_lastHeard;
    MonoTime m_lastAnswered;
    std::optional<MonoTime> m_suspectSince;
};

} // namespace planb::xmpp
