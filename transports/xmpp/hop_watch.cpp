// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/hop_watch.h"

#include <algorithm>

namespace planb::xmpp {

HopWatch::HopWatch(HopTiming timing, MonoTime now)
    : m_timing(timing), m_rtt(timing.answer), m_lastHeard(now), m_lastAnswered(now)
{}

bool HopWatch::shouldAsk(MonoTime now) const
{
    if (m_requests.empty())
        return m_unasked > 0 || m_isDoubted || now >= m_lastHeard + m_timing.heartbeat;
    if (m_unasked >= m_timing.requestEvery)
        return true;
    return m_unasked > 0 && now >= m_requests.back().at + m_timing.requestSpacing;
}

void HopWatch::asked(quint64 upTo, MonoTime now)
{
    m_requests.push_back({upTo, now});
    m_unasked = 0;
    m_isDoubted = false;
}

void HopWatch::answered(quint64 upTo, MonoTime now)
{
    std::optional<Request> request;
    int count = 0;
    while (!m_requests.empty() && m_requests.front().upTo <= upTo) {
        request = m_requests.front();
        m_requests.pop_front();
        ++count;
    }
    // Karn's rule: an answer that could belong to more than one request measures nothing.
    if (count == 1)
        m_rtt.addSample(now - request->at);
    if (count == 0)
        return;
    m_lastAnswered = now;
    m_suspectSince.reset();
}

void HopWatch::heard(MonoTime now)
{
    m_lastHeard = now;
}

HopWatch::Verdict HopWatch::judge(MonoTime now)
{
    const auto at = verdictAt();
    if (!at || now < *at)
        return m_suspectSince ? Verdict::Suspect : Verdict::Alive;
    if (m_suspectSince)
        return Verdict::Dead;
    m_suspectSince = now;
    return Verdict::Suspect;
}

// When silence turns Alive into Suspect, or Suspect into Dead. Data that keeps flowing puts it off for a while:
// the answer may stand in line behind it.
std::optional<MonoTime> HopWatch::verdictAt() const
{
    if (m_requests.empty())
        return {};
    const MonoTime since = m_suspectSince.value_or(std::max(m_requests.front().at, m_lastAnswered));
    const Micros limit = m_rtt.timeout();
    return std::min(std::max(since, m_lastHeard) + limit, since + m_timing.patience * limit);
}

std::optional<MonoTime> HopWatch::wakeAt() const
{
    if (m_requests.empty())
        return m_unasked > 0 || m_isDoubted ? m_lastHeard : m_lastHeard + m_timing.heartbeat;
    std::optional<MonoTime> at = verdictAt();
    if (m_unasked > 0)
        at = std::min(*at, m_requests.back().at + Micros(m_timing.requestSpacing));
    return at;
}

} // namespace planb::xmpp
