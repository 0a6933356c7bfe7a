// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/delivery/link.h"

#include "core/delivery/constants.h"

#include <algorithm>
#include <utility>

namespace planb::delivery {

Link::Link(const ChainLink &chain, Millis returnAfter)
    : m_chain(chain), m_returnAfter(returnAfter), m_hop(constantsOf(chain.kind).hop)
{}

void Link::onSight(const LinkChanged &change, MonoTime now)
{
    if (change.rtt && !m_hop.smoothed())
        m_hop.addSample(*change.rtt);
    switch (change.sight) {
    case LinkSight::Ready:
        if (m_sight != LinkSight::Ready)
            becomeReady(now);
        return;
    case LinkSight::Suspect:
        if (m_sight == LinkSight::Ready)
            onHopTimeout(now);
        m_sight = LinkSight::Suspect;
        return;
    case LinkSight::Down: onDown(change.failure, now); return;
    }
}

void Link::onDown(const std::optional<Failure> &failure, MonoTime now)
{
    const bool wasDown = std::exchange(m_sight, LinkSight::Down) == LinkSight::Down;
    if (!failure)
        return;
    m_lastFailure = failure;
    // A link that cannot come up because this computer has no network has proved nothing against itself.
    if (!wasDown || failure->blame() != Blame::Network)
        countLoss(now);
}

void Link::becomeReady(MonoTime now)
{
    m_sight = LinkSight::Ready;
    m_lastFailure.reset();
    m_lossCounted = false;
    m_readySince = m_lastProbe = now;
    while (!m_losses.empty() && m_losses.front() + kLossMemory < now)
        m_losses.pop_front();
    if (m_losses.empty()) {
        m_heldUntil = now;
        return;
    }
    const auto doublings = std::min<std::size_t>(m_losses.size() - 1, 16);
    m_heldUntil = now + std::min<Millis>(m_returnAfter * (1LL << doublings), kLongestHold);
}

void Link::countLoss(MonoTime now)
{
    // One outage is one loss, however many reconnections fail while it lasts.
    if (m_lossCounted)
        return;
    m_lossCounted = true;
    m_isForgiven = false;
    m_losses.push_back(now);
    m_lossReason = m_lastFailure ? std::optional(m_lastFailure->code) : std::nullopt;
}

void Link::onAttemptStarted(AttemptId attempt, MonoTime now)
{
    m_open.emplace(attempt, now);
}

void Link::onAttemptAccepted(AttemptId attempt, MonoTime now)
{
    const auto open = m_open.find(attempt);
    if (open == m_open.end())
        return;
    const Micros took = now - open->second;
    if (m_sight == LinkSight::Ready && open->second >= m_readySince)
        m_hop.addSample(took);
    // A link that has become slower than its timeout would otherwise time out for ever. One sample for each
    // suspicion, and no more than the doubling of RFC 6298, 5.5: a long silence is not a round trip.
    if (m_sight == LinkSight::Suspect)
        m_hop.addSample(std::min(took, 2 * m_hop.timeout()));
    m_open.erase(open);
    onSignOfLife(now);
}

void Link::onAttemptFailed(AttemptId attempt, const Failure &failure, MonoTime now)
{
    if (m_open.erase(attempt) == 0)
        return;
    // "No" is an answer too; a lost connection is not.
    const Blame blame = failure.blame();
    if (blame == Blame::Recipient || blame == Blame::Message || failure.code == FailureCode::ServerBusy)
        onSignOfLife(now);
}

void Link::onSignOfLife(MonoTime now)
{
    m_lastProgress = now;
    if (m_sight == LinkSight::Suspect)
        becomeReady(now);
}

void Link::onHopTimeout(MonoTime now)
{
    m_sight = LinkSight::Suspect;
    m_lastFailure = Failure{FailureCode::HopTimeout, {}, {}};
    countLoss(now);
}

void Link::forgiveLoss(MonoTime now)
{
    if (!m_lossCounted || m_losses.empty() || m_isForgiven)
        return;
    m_isForgiven = true;
    m_losses.pop_back();
    m_heldUntil = std::min(m_heldUntil, now);
}

void Link::onOutcome(bool wasSpurious, MonoTime now)
{
    if (now >= m_raisedUntil)
        m_raisedFloor = Millis(0);
    m_spurious += wasSpurious ? 1 : 0;
    if (++m_outcomes < kOutcomesPerReview)
        return;
    if (m_spurious * kSpuriousShare > m_outcomes) {
        m_raisedFloor = m_raisedFloor == Millis(0) ? kRaisedFloor : std::min(m_raisedFloor * 3 / 2, kHighestFloor);
        m_raisedUntil = now + kLossMemory;
    }
    m_outcomes = m_spurious = 0;
}

bool Link::takeNudge(MonoTime now)
{
    if (m_sight != LinkSight::Down || (m_lastNudge && now - *m_lastNudge < kNudgeInterval))
        return false;
    m_lastNudge = now;
    return true;
}

std::optional<MonoTime> Link::heldUntil(MonoTime now) const
{
    return isHeld(now) ? std::optional(m_heldUntil) : std::nullopt;
}

std::optional<MonoTime> Link::probeAt(MonoTime now) const
{
    const MonoTime at = m_lastProbe + kHeldProbeInterval;
    return isHeld(now) && at < m_heldUntil ? std::optional(at) : std::nullopt;
}

bool Link::takeProbe(MonoTime now)
{
    const auto at = probeAt(now);
    if (!at || *at > now)
        return false;
    m_lastProbe = now;
    return true;
}

std::optional<FailureCode> Link::heldFor(MonoTime now) const
{
    return isHeld(now) ? m_lossReason : std::nullopt;
}

bool Link::hasRoom() const
{
    return m_open.size() < static_cast<std::size_t>(kWindow);
}

std::optional<MonoTime> Link::hopDeadline() const
{
    if (m_sight != LinkSight::Ready || m_open.empty())
        return {};
    // Progress restarts the wait: a long queue that moves is not a link that is silent.
    return std::max({m_lastProgress, m_readySince, m_open.begin()->second}) + hopTimeout();
}

} // namespace planb::delivery
