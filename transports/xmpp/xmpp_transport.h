// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/transport/transport.h"
#include "transports/net/endpoint_lookup.h"
#include "transports/net/session_runner.h"
#include "transports/net/srv.h"
#include "transports/xmpp/reconnect_policy.h"
#include "transports/xmpp/xmpp_file_carrier.h"
#include "transports/xmpp/xmpp_memory.h"
#include "transports/xmpp/xmpp_own_account.h"
#include "transports/xmpp/xmpp_ports.h"
#include "transports/xmpp/xmpp_roster.h"
#include "transports/xmpp/xmpp_session.h"
#include "transports/xmpp/xmpp_settings.h"

#include <QTimer>

#include <memory>

namespace planb::xmpp {

/// Every time limit of the transport, so that tests need not wait.
struct XmppTiming {
    Millis lookup{5'000};
    Millis connect{10'000}; ///< TCP, TLS and login at one endpoint
    Millis nextEndpointAfter{3'000};
    HopTiming hop;
    ReconnectTiming reconnect;
};

/// One XMPP account as a way to deliver messages. Looks the server up, connects, logs in, and keeps the connection
/// alive or makes a new one; the dialogue itself is in XmppSession.
///
/// send() outside Ready and Suspect is answered at once with NetworkUnreachable: the message certainly stayed here.
class XmppTransport final : public Transport
{
    Q_OBJECT

public:
    struct Services {
        Clock &clock;
        Random &random;
        net::SrvLookup &srv;
    };

    /// The services must outlive the transport. `deviceName` becomes the resource.
    XmppTransport(TransportId id, XmppSettings settings, const QString &deviceName, Services services,
                  XmppTiming timing = {});
    ~XmppTransport() override;

    TransportTraits traits() const override;
    LinkState state() const override;
    QStringList hosts() const override;
    /// How many lost streams the server has let go on (XEP-0198), since this object was made.
    int resumptions() const { return m_resumptions; }
    OwnAccount *account() override { return &m_account; }
    Roster *roster() override { return &m_roster; }
    FileCarrier *files() override { return &m_files; }
    TransportMemory *memory() override { return &m_memory; }

    void start() override;
    void stop() override;
    bool isLeaving() const override { return m_runner.isLeaving(); }
    void nudge() override;
    void send(AttemptId attempt, const Payload &payload, const Address &to) override;
    void acknowledge(const QList<StreamAck> &acks, const Address &to) override;
    void probe() override;
    void handled(quint64 token, Disposition disposition) override;
    Attention *attention() override { return &m_attention; }
    Archive *archive() override { return &m_archive; }
    ClientInfo *clientInfo() override { return &m_clientInfo; }

private:
    enum class Phase {
        Off,
        LookingUp,
        Connecting, // and connected: the session knows which
        Waiting,
    };

    void ask(Element iq, IqRequests::Then then);
    XmppAttention::Calls attentionCalls();
    XmppClientInfo::Calls clientInfoCalls();
    void carryOut();
    void runOnPeople(const XmppRoster::Work &work);
    LinkState linkState() const;
    QList<net::Endpoint> knownEndpoints() const;
    void onCameOnline(const CameOnline &online);
    void connectNow();
    void onEndpoints(const Result<QList<net::Endpoint>> &endpoints);
    void connectTo(const QList<net::Endpoint> &endpoints);
    void onClosed(const std::optional<Failure> &failure);
    void onFailed(const Failure &failure);
    void scheduleRetry(std::optional<Millis> wait);
    void onStepped(const ConnectStep &step);
    void drain();
    void giveIncoming(const QList<Incoming> &together);
    void onEvent(const Event &event);
    void publishState();

    XmppSettings m_settings;
    Services m_services;
    XmppTiming m_timing;
    XmppSession m_session;
    net::SessionRunner m_runner; // after the session that it drives
    net::EndpointLookup m_lookup;
    ReconnectPolicy m_policy;
    XmppOwnAccount m_account;
    XmppAttention m_attention;
    XmppRoster m_roster;
    XmppFileCarrier m_files;
    XmppMemory m_memory;
    XmppArchive m_archive;
    XmppClientInfo m_clientInfo;
    QTimer m_retry;
    QList<net::Endpoint> m_lastGood; // endpoints of the last look-up that worked
    QStringList m_lastGoodNames; // … and the names they were found under
    Phase m_phase = Phase::Off;
    std::optional<Failure> m_failure; // of the last try; gone once online
    std::optional<WallTime> m_retryAt;
    ConnectStep::Name m_step = ConnectStep::Name::Lookup; // under way
    MonoTime m_stepBegan;
    bool m_isSettingUp = false; // from the look-up to the first round trip
    bool m_isDraining = false;
    LinkState m_published;
    int m_resumptions = 0;
};

} // namespace planb::xmpp
