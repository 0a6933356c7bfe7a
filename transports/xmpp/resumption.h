// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "transports/xmpp/element.h"
#include "transports/xmpp/host_hint.h"
#include "transports/xmpp/incoming_window.h"
#include "transports/xmpp/outgoing_queue.h"

#include <QHash>
#include <QString>

#include <optional>
#include <utility>
#include <vector>

namespace planb::xmpp {

/// On what terms the server lets a stream be resumed (XEP-0198, section 3).
struct ResumptionTerms {
    QString id; ///< as long as 4000 characters; opaque
    Millis longest{0}; ///< how long the server keeps the stream after a loss; 0: it does not say
    std::optional<HostHint> location; ///< where it would like to see us again

    /// Of `<enabled/>`; nothing where the stream cannot be resumed.
    static std::optional<ResumptionTerms> parse(const Element &enabled);
};

/// What is left of a stream whose connection is gone, until the server has said whether it goes on (XEP-0198,
/// section 5). Its attempts are over: the outbox decides what is sent again, and this only knows what the server
/// turns out to have had.
class SuspendedStream
{
public:
    /// What a resumed stream begins with.
    struct Continuation {
        ResumptionTerms terms;
        QString fullJid;
        OutgoingQueue queue;
        IncomingWindow window;
    };

    SuspendedStream(Continuation rest, MonoTime lostAt);

    /// The core disposed of a message of the old connection.
    void handled(quint64 token) { m_rest.window.handled(token); }
    /// Whether the server may still have it.
    bool isWorthTrying(MonoTime now) const;
    const std::optional<HostHint> &location() const { return m_rest.terms.location; }

    /// `<resume/>`, with the counter of this moment: from there the server repeats what it sent.
    Element request();
    /// The server's counter came, in `<resumed/>` or `<failed/>`: what it had of what we sent. ProtocolError where
    /// that is more than was sent, or less than it had acknowledged before.
    Result<std::vector<SentStanza>> settle(quint32 counter);
    /// After settle(): the stream as it goes on. What the server did not get is not in it: it was never counted.
    Continuation goOn() &&;

private:
    Continuation m_rest;
    MonoTime m_lostAt;
    quint64 m_requestedFrom = 0; // stanzas done when request() was made
};

/// Messages that a lost connection left in doubt, and of which the server said when it was asked again that it has
/// them. The outbox sends what was in doubt again at once; that is then no message, but the answer to it.
class LateAnswers
{
public:
    void note(const std::vector<SentStanza> &stanzas, MonoTime now);
    /// Whether the server is known to have this one; says so once.
    bool take(const QString &wireId, const QString &to, MonoTime now);

private:
    QHash<std::pair<QString, QString>, MonoTime> m_known; // wire id and recipient; until when
};

} // namespace planb::xmpp
