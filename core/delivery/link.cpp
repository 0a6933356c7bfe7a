// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/delivery/link.h"

#include "core/delivery/constants.h"

#include <algorithm>

namespace planb::delivery {

Link::Link(const ChainLink &chain, Millis returnAfter)
    : m_chain(chain), m_returnAfter(returnAfter), m_hop(constantsOf(chain.kind).hop)
{
}

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
        return;
    case LinkSight::Down:
        m_sight = LinkSight::Down;
        if (change.failure) {
            m_lastFailure = change.failure;
            countLoss(now);
        }
        return;
    }
}

void Link::becomeReady(MonoTime now)
{
    m_sight = LinkSight::Ready;
    m_lossCounted = false;
    m_lastProgress = now;
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
    m_losses.push_back(now);
}

void Link::onAttemptStarted(AttemptId attempt, MonoTime now)
{
    m_open.emplace(attempt, now);
}

void Link::onAttemptAccepted(AttemptId attempt, MonoTime now, bool rttUsable)
{
    const auto open = m_open.find(attempt);
    if (open == m_open.end())
        return;
    if (rttUsable)
        m_hop.addSample(now - open->second);
    m_open.erase(open);
    m_lastProgress = now;
    if (m_sight == LinkSight::Suspect)
        becomeReady(now);
}

void Link::onAttemptFailed(AttemptId attempt)
{
    m_open.erase(attempt);
}

void Link::onHopTimeout(MonoTime now)
{
    m_sight = LinkSight::Suspect;
    m_lastFailure = Failure{FailureCode::HopTimeout, {}, {}};
    countLoss(now);
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

bool Link::hasRoom() const
{
    return m_open.size() < static_cast<std::size_t>(kWindow);
}

std::optional<MonoTime> Link::hopDeadline() const
{
    if (m_sight != LinkSight::Ready || m_open.empty())
        return {};
    // Progress restarts the wait: a long queue that moves is not a link that is silent.
    return std::max(m_lastProgress, m_open.begin()->second) + m_hop.timeout();
}

} // namespace planb::delivery
