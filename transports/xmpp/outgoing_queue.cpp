// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/outgoing_queue.h"

#include <algorithm>
#include <utility>

namespace planb::xmpp {

using namespace Qt::StringLiterals;

quint64 OutgoingQueue::push(SentStanza stanza)
{
    m_waiting.push_back(std::move(stanza));
    return sent();
}

std::vector<SentStanza> OutgoingQueue::acknowledge(quint64 number)
{
    std::vector<SentStanza> done;
    while (m_acknowledged < number && !m_waiting.empty()) {
        done.push_back(std::move(m_waiting.front()));
        m_waiting.pop_front();
        ++m_acknowledged;
    }
    return done;
}

Result<std::vector<SentStanza>> OutgoingQueue::acknowledgeCounter(quint32 h)
{
    // Modulo 2^32: the distance from the last acknowledged counter is right even across the wrap.
    const quint32 distance = h - static_cast<quint32>(m_acknowledged);
    if (distance > m_waiting.size())
        return fail(FailureCode::ProtocolError, u"the server acknowledges more than was sent"_s);
    return acknowledge(m_acknowledged + distance);
}

std::optional<AttemptId> OutgoingQueue::takeAttempt(const QString &wireId, const QString &to)
{
    const auto it = std::find_if(m_waiting.begin(), m_waiting.end(), [&](const SentStanza &stanza) {
        return stanza.attempt && stanza.wireId == wireId && stanza.to == to;
    });
    return it == m_waiting.end() ? std::nullopt : std::exchange(it->attempt, std::nullopt);
}

std::vector<AttemptId> OutgoingQueue::takeAttempts()
{
    std::vector<AttemptId> attempts;
    for (SentStanza &stanza : m_waiting) {
        if (const auto attempt = std::exchange(stanza.attempt, std::nullopt))
            attempts.push_back(*attempt);
    }
    return attempts;
}

} // namespace planb::xmpp
