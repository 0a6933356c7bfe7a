// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "transports/net/session.h"
#include "transports/xmpp/account.h"
#include "transports/xmpp/archive_reader.h"
#include "transports/xmpp/client_state.h"
#include "transports/xmpp/inbox.h"
#include "transports/xmpp/intake_brake.h"
#include "transports/xmpp/negotiation.h"
#include "transports/xmpp/online_stream.h"
#include "transports/xmpp/resumption.h"
#include "transports/xmpp/session_events.h"
#include "transports/xmpp/wire.h"
#include "transports/xmpp/xml_stream.h"

#include <optional>

namespace planb::xmpp {

/// An XMPP client's dialogue with its server, over any number of connections one after the other. Pure: driven by
/// a net::SessionRunner or a test. After each call, take the commands and the events.
class XmppSession final : public net::Session
{
public:
    explicit XmppSession(Account account, Random &random, HopTiming timing = {});

    void onConnected(bool encrypts, MonoTime now) override;
    void onEncrypted(const net::TlsFacts &facts, MonoTime now) override;
    void onBytes(QByteArrayView bytes, MonoTime now) override;
    void onClosed(const Failure &failure, MonoTime now) override;
    void onTimer(MonoTime now) override;
    std::vector<net::Command> takeCommands() override { return m_wire.take(); }
    std::optional<MonoTime> wakeAt() const override;
    bool wantsBytes() const override { return !m_brake.isOn(); }

    /// Ends in HandedOver. Without a stream: NetworkUnreachable at once, since nothing left this computer.
    void send(AttemptId attempt, const Payload &payload, const Address &to, MonoTime now);
    /// Without a stream that answers: nothing.
    void acknowledge(const QList<StreamAck> &acks, const Address &to);
    // Without a stream that answers: nothing.
    void showState(ChatState state, const Address &to);
    void showRead(const WireId &upTo, const Address &to);
    /// See Archive::setMark().
    void setArchiveMark(const std::optional<ArchiveMark> &mark) { m_archive.setMark(mark); }
    void probe(MonoTime now);
    void setActive(bool isActive) { m_clientState.setActive(isActive); }
    /// See ClientInfo::setVersion().
    void setVersion(const QString &version);
    /// Asks by `<iq/>`, see IqRequests::ask(). Without a stream: answered with NetworkUnreachable at once.
    void ask(Element iq, MonoTime now, IqRequests::Then then, Millis limit = IqRequests::kLimit);
    void handled(quint64 token, Disposition disposition, MonoTime now);
    /// Ends the connection in good order; harmless without one.
    void finish();

    bool isOnline() const { return m_online && m_online->isOnline(); }
    bool isSuspect() const { return isOnline() && m_online->isSuspect(); }
    std::optional<Micros> rtt() const { return m_online ? m_online->rtt() : std::nullopt; }
    /// By which mechanism the server once let us in; for the next connections.
    void rememberLogin(const QString &mechanism) { m_account.strongestLogin = mechanism; }
    /// Where the server would like to be connected to next, if it said so; for one try.
    std::optional<HostHint> takeHostHint();
    People &people() { return m_people; }
    /// How many peers the flood limits of this stream remember.
    qsizetype floodMemory() const { return m_online ? m_online->guard().remembered() : 0; }
    Events takeEvents() { return std::exchange(m_events, {}); }

private:
    void readOn(MonoTime now);
    void onItem(const XmlStream::Item &item, MonoTime now);
    void onCut(const Element &stub, MonoTime now);
    void onElement(const Element &element, MonoTime now);
    void onStreamError(const Element &error);
    void onNegotiated(const Result<Negotiation::Progress> &progress, MonoTime now);
    void onProgress(Negotiation::Progress progress, MonoTime now);
    bool isHashing() const { return m_negotiation && m_negotiation->isBusy() && !m_wire.isOver(); }
    bool followsRedirect(const Element &error);
    void goOnline(std::optional<SuspendedStream::Continuation> resumed, MonoTime now);
    void tellLogin();
    void onResumed(MonoTime now);
    Result<void> settleOldStream(quint32 counter, MonoTime now);

    Account m_account;
    Random &m_random;
    HopTiming m_timing;
    SaltedPasswordCache m_cache;
    Inbox m_inbox;
    Wire m_wire;
    ClientState m_clientState{m_wire};
    IntakeBrake m_brake;
    QString m_version;
    Events m_events;
    People m_people{m_account.bareJid(), m_events};
    ArchiveReader m_archive; // after what it writes to
    XmlStream m_stream;
    std::optional<Negotiation> m_negotiation; // until a resource is bound
    std::optional<OnlineStream> m_online; // from then on
    QByteArray m_certificate; // of this connection
    std::optional<SuspendedStream> m_suspended; // the last one, until the server has said what became of it
    LateAnswers m_lateAnswers;
    std::optional<HostHint> m_movesTo; // said by the server of the last connection
    int m_redirects = 0; // in this try to connect
};

} // namespace planb::xmpp
