// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/rtt_estimator.h"
#include "core/delivery/event.h"
#include "core/delivery/spending.h"

#include <algorithm>
#include <deque>
#include <map>
#include <optional>

namespace planb::delivery {

/// What the engine knows of one transport's link: whether it can be used now, how fast it answers,
/// which attempts are open on it, and how long it must prove itself after a loss.
///
/// | from    | event                                        | to      | with                                        |
/// |---------|----------------------------------------------|---------|---------------------------------------------|
/// | Down    | sight Ready, never lost                      | Ready   | -                                           |
/// | Down    | sight Ready, lost before                     | Ready   | held for returnAfter x 2^(losses - 1)       |
/// | Ready   | no answer on open attempts for hopTimeout()  | Suspect | a loss                                      |
/// | Ready   | sight Suspect                                | Suspect | a loss                                      |
/// | Suspect | an attempt is answered, or sight Ready again | Ready   | held                                        |
/// | Down    | sight Suspect                                | Suspect | -                                           |
/// | any     | sight Down with a failure                    | Down    | a loss, unless one was counted since Ready  |
///
/// A link that fails to come up for want of a network (blame Network) has not been lost by that.
class Link
{
public:
    Link(const ChainLink &chain, Millis returnAfter);

    const ChainLink &chain() const { return m_chain; }
    void setChain(const ChainLink &chain) { m_chain = chain; }
    void setReturnAfter(Millis returnAfter) { m_returnAfter = returnAfter; }

    void onSight(const LinkChanged &change, MonoTime now);
    void onAttemptStarted(AttemptId attempt, MonoTime now);
    void onAttemptAccepted(AttemptId attempt, MonoTime now);
    void onAttemptFailed(AttemptId attempt, const Failure &failure, MonoTime now);
    /// The answer is overdue; call when hopDeadline() has come.
    void onHopTimeout(MonoTime now);

    /// What was lost was not this link alone: it has nothing to prove.
    void forgiveLoss(MonoTime now);
    /// A message that went here was confirmed; `wasSpurious` if the hop timeout had already moved it elsewhere,
    /// though this link brought the confirmation.
    void onOutcome(bool wasSpurious, MonoTime now);

    /// Whether somebody who waits may ask a link that is down to try now; says yes once in kNudgeInterval.
    bool takeNudge(MonoTime now);

    LinkSight sight() const { return m_sight; }
    bool isHeld(MonoTime now) const { return m_sight == LinkSight::Ready && now < m_heldUntil; }
    /// When the hold ends; absent if there is none.
    std::optional<MonoTime> heldUntil(MonoTime now) const;
    /// When a held link is to be asked for a sign of life next; absent if it is not held.
    std::optional<MonoTime> probeAt(MonoTime now) const;
    /// Whether it is to be asked now; says yes once in kHeldProbeInterval.
    bool takeProbe(MonoTime now);
    /// Why it is held; absent if it is not.
    std::optional<FailureCode> heldFor(MonoTime now) const;
    bool hasRoom() const;
    Micros hopTimeout() const { return std::max<Micros>(m_hop.timeout(), m_raisedFloor); }
    std::size_t losses() const { return m_losses.size(); }
    Spending &spending() { return m_spending; }
    const Spending &spending() const { return m_spending; }
    /// When the link becomes suspect unless an attempt is accepted before.
    std::optional<MonoTime> hopDeadline() const;
    /// Why it is not Ready; absent while it is, or when it went down without a failure.
    const std::optional<Failure> &lastFailure() const { return m_lastFailure; }

private:
    void onDown(const std::optional<Failure> &failure, MonoTime now);
    void onSignOfLife(MonoTime now);
    void countLoss(MonoTime now);
    void becomeReady(MonoTime now);

    ChainLink m_chain;
    Millis m_returnAfter;
    RttEstimator m_hop;
    Millis m_raisedFloor{0};
    MonoTime m_raisedUntil{};
    int m_outcomes = 0;
    int m_spurious = 0;
    Spending m_spending;
    LinkSight m_sight = LinkSight::Down;
    bool m_lossCounted = false;
    bool m_isForgiven = false;
    std::deque<MonoTime> m_losses;
    MonoTime m_heldUntil{};
    MonoTime m_lastProbe{};
    std::optional<FailureCode> m_lossReason; ///< of the last loss
    MonoTime m_readySince{};
    MonoTime m_lastProgress{};
    std::optional<MonoTime> m_lastNudge;
    std::map<AttemptId, MonoTime> m_open; // by id, which is also by age
    std::optional<Failure> m_lastFailure;
};

} // namespace planb::delivery
