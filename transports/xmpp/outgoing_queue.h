// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"
#include "core/base/result.h"

#include <QString>

#include <deque>
#include <optional>
#include <vector>

namespace planb::xmpp {

/// A stanza on its way to the server.
struct SentStanza {
    std::optional<AttemptId> attempt; ///< set for messages, until they are answered for
    QString wireId;
    QString to;
    quint64 receipt = 0; ///< number of a receipt; 0: none
};

/// The stanzas of one stream that the server has not acknowledged, in order. Counts from 1 in 64 bits; the
/// protocol's counter (XEP-0198, section 4) has 32 and wraps.
class OutgoingQueue
{
public:
    /// `acknowledged`: how many the server has got already, e.g. in an earlier connection of the same session.
    explicit OutgoingQueue(quint64 acknowledged = 0) : m_acknowledged(acknowledged) {}

    /// Returns the stanza's number.
    quint64 push(SentStanza stanza);
    quint64 sent() const { return m_acknowledged + m_waiting.size(); }
    quint64 acknowledged() const { return m_acknowledged; }

    /// The server handled everything up to this number; returns those newly acknowledged.
    std::vector<SentStanza> acknowledge(quint64 number);
    /// The same by the protocol's counter. ProtocolError where it claims more than was sent.
    Result<std::vector<SentStanza>> acknowledgeCounter(quint32 h);

    /// Takes the open attempt for this message out of a waiting stanza: an error came back for it.
    std::optional<AttemptId> takeAttempt(const QString &wireId, const QString &to);
    /// Takes all open attempts; their stanzas go on waiting.
    std::vector<AttemptId> takeAttempts();

private:
    std::deque<SentStanza> m_waiting;
    quint64 m_acknowledged;
};

} // namespace planb::xmpp
