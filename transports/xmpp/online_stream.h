// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "transports/xmpp/archive_reader.h"
#include "transports/xmpp/attention_stanza.h"
#include "transports/xmpp/flood_guard.h"
#include "transports/xmpp/hop_watch.h"
#include "transports/xmpp/inbox.h"
#include "transports/xmpp/incoming_window.h"
#include "transports/xmpp/intake_brake.h"
#include "transports/xmpp/iq_requests.h"
#include "transports/xmpp/outgoing_queue.h"
#include "transports/xmpp/people.h"
#include "transports/xmpp/resumption.h"
#include "transports/xmpp/session_events.h"
#include "transports/xmpp/wire.h"

#include "core/base/random.h"

namespace planb::xmpp {

/// A stream after login: messages, receipts, acknowledgements, signs of life. One per connection.
///
/// Where the server has stream management (XEP-0198) its counters are the hop acknowledgement, both ways; elsewhere
/// a ping behind the stanzas is (servers handle one client's stanzas in order: RFC 6120, 10.1).
class OnlineStream
{
public:
    struct Setting {
        QString bareJid;
        QString fullJid; ///< the address the server gave us
        QString domain;
        bool offersStreamManagement = false;
        std::optional<Element> enabled; ///< stream management, as the server said along with the login (XEP-0386)
        bool hasCopies = false; ///< so are the copies of XEP-0280
        HopTiming timing;
        People *people = nullptr; ///< told what concerns people, where there is somebody to tell
        ArchiveReader *archive = nullptr; ///< outlives the stream
        IntakeBrake *brake = nullptr; ///< outlives the stream
        QString version; ///< told to who asks; empty: to nobody
    };

    /// `resumed`: what the stream goes on from, where it is not a new one.
    OnlineStream(Setting setting, std::optional<SuspendedStream::Continuation> resumed, Wire &wire, Events &events,
                 Inbox &inbox, Random &random, MonoTime now);
    ~OnlineStream();

    Result<void> handle(const Element &element, MonoTime now);
    void onHeard(MonoTime now) { m_hop.heard(now); }
    void onTimer(MonoTime now);

    // online_stream_sending.cpp
    void send(AttemptId attempt, const Payload &payload, const Address &to, MonoTime now);
    void acknowledge(const QList<StreamAck> &acks, const Address &to);
    // Nobody waits for these: they are neither repeated nor answered.
    /// Only to those who show theirs in this connection.
    void showState(ChatState state, const Address &to);
    void showRead(const WireId &upTo, const Address &to);
    void probe(MonoTime now);
    void handled(quint64 token, MonoTime now);
    /// Tells all who see us, too, since what we can do depends on it.
    void setVersion(const QString &version);
    /// Ends the stream in good order; open attempts are over.
    void finish();
    const FloodGuard &guard() const { return m_guard; }
    /// Questions to the server or to other clients.
    IqRequests &requests() { return m_requests; }
    /// The connection is gone: open attempts are over. Returns what is left where the server said that the stream
    /// may be resumed.
    std::optional<SuspendedStream> onClosed(const QString &why, MonoTime now);

    bool isOnline() const { return m_isOnline; }
    bool isSuspect() const { return m_hop.isSuspect(); }
    std::optional<Micros> rtt() const { return m_hop.rtt(); }
    std::optional<MonoTime> wakeAt() const;

private:
    enum class Management { Absent, Asked, On };

    void goOnline(MonoTime now);
    People::Outlet outlet();
    bool readsArchive() const { return m_setting.archive && m_setting.archive->isWanted(); }
    void introduce(MonoTime now);
    void announce();
    bool isRefused(const Element &stanza, MonoTime now);
    void endAttempts(const QString &why);
    void writeStanza(const QByteArray &xml, SentStanza stanza);
    void sendDueReceipts(MonoTime now);
    void askIfDue(MonoTime now);
    void ask(MonoTime now);
    void writeCounter();
    Result<void> onManagement(const Element &element, MonoTime now);
    Result<void> onCounter(const Element &element, MonoTime now);
    void count(quint64 token = 0);
    void onMessage(const Element &stanza);
    void onIq(const Element &stanza, MonoTime now);
    void onAcknowledged(const std::vector<SentStanza> &stanzas, MonoTime now);
    void onReport(const Report &report);

    Setting m_setting;
    Wire &m_wire;
    Events &m_events;
    Inbox &m_inbox;
    Random &m_random;
    HopWatch m_hop;
    OutgoingQueue m_queue;
    IncomingWindow m_window;
    IqRequests m_requests;
    ChatStateAudience m_audience;
    FloodGuard m_guard;
    Management m_management = Management::Absent;
    std::optional<ResumptionTerms> m_terms;
    bool m_isResumed = false;
    bool m_isOnline = false;
    quint64 m_owed = 0; // a counter that reaches this is to be sent
    quint64 m_lastPing = 0;
    std::deque<std::pair<QString, quint64>> m_pings; // id, last stanza before it
    std::optional<MonoTime> m_cameOnline; // until the first round trip
};

} // namespace planb::xmpp
