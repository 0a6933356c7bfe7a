// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/xmpp_transport.h"

#include "core/base/log.h"
#include "core/model/message_text.h"
#include "transports/xmpp/jid.h"

#include <utility>

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;

// The step that comes after this one.
ConnectStep::Name after(ConnectStep::Name step)
{
    switch (step) {
    case ConnectStep::Name::Lookup: return ConnectStep::Name::Connect;
    case ConnectStep::Name::Connect: return ConnectStep::Name::Tls;
    case ConnectStep::Name::Tls: return ConnectStep::Name::Login;
    case ConnectStep::Name::Login:
    case ConnectStep::Name::RoundTrip: return ConnectStep::Name::RoundTrip;
    }
    Q_UNREACHABLE();
}

QString joined(const QList<net::Endpoint> &endpoints)
{
    QStringList texts;
    for (const net::Endpoint &endpoint : endpoints)
        texts.append(net::describe(endpoint));
    return texts.join(u", "_s);
}

} // namespace

XmppTransport::XmppTransport(TransportId id, XmppSettings settings, const QString &deviceName, Services services,
                             XmppTiming timing)
    : Transport(id)
    , m_settings(std::move(settings))
    , m_services(services)
    , m_timing(timing)
    , m_session(m_settings.account(deviceName), services.random, timing.hop)
    , m_runner(m_session, services.clock)
    , m_lookup(services.srv, services.random, timing.lookup)
    , m_policy(timing.reconnect)
    , m_account(localpartOf(m_settings.jid), m_settings.jid.domain(),
                [this](Element iq, IqRequests::Then then) { ask(std::move(iq), std::move(then)); })
    , m_attention(attentionCalls())
    , m_roster([this](const XmppRoster::Work &work) { runOnPeople(work); })
    , m_files(m_settings.jid.domain(), {m_settings.caFile, m_settings.proxy},
              [this](Element iq, IqRequests::Then then) { ask(std::move(iq), std::move(then)); })
    , m_archive([this](const std::optional<ArchiveMark> &mark) { m_session.setArchiveMark(mark); })
    , m_clientInfo(clientInfoCalls())
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &XmppTransport::connectNow);
    connect(&m_lookup, &net::EndpointLookup::finished, this, &XmppTransport::onEndpoints);
    connect(&m_runner, &net::SessionRunner::stepped, this, &XmppTransport::onStepped);
    connect(&m_runner, &net::SessionRunner::progressed, this, &XmppTransport::drain);
    connect(&m_runner, &net::SessionRunner::closed, this, &XmppTransport::onClosed);
    connect(&m_runner, &net::SessionRunner::left, this, &XmppTransport::left);
}

XmppTransport::~XmppTransport()
{
    // The server is told, but nobody here is: whoever destroys a transport no longer listens.
    blockSignals(true);
    stop();
}

TransportTraits XmppTransport::traits() const
{
    return {TransportKind::Xmpp, m_settings.jid.value, kMaxTextBytes, false, true, true};
}

LinkState XmppTransport::state() const
{
    if (m_phase == Phase::Off)
        return {};
    LinkState state = linkState();
    state.warnings = m_memory->warnings(m_services.clock.wall());
    return state;
}

LinkState XmppTransport::linkState() const
{
    if (m_session.isOnline())
        return {m_session.isSuspect() ? LinkPhase::Suspect : LinkPhase::Ready, {}, {}, m_session.rtt()};
    if (m_phase != Phase::Waiting)
        return {LinkPhase::Connecting, m_failure, {}, {}};
    const bool isBlocked = m_failure && traitsOf(m_failure->code).blocksLink;
    if (isBlocked)
        return {LinkPhase::Blocked, m_failure, {}, {}};
    return {LinkPhase::Waiting, m_failure, m_retryAt, {}};
}

QStringList XmppTransport::hosts() const
{
    QStringList hosts = m_lastGoodNames;
    if (!m_settings.host.isEmpty())
        hosts.prepend(m_settings.host);
    for (const net::Endpoint &endpoint : m_lastGood)
        hosts.append(endpoint.host);
    hosts.removeDuplicates();
    return hosts;
}

void XmppTransport::start()
{
    if (m_phase != Phase::Off)
        return;
    m_failure.reset();
    connectNow();
}

void XmppTransport::stop()
{
    if (m_phase == Phase::Off)
        return;
    m_phase = Phase::Off;
    m_retry.stop();
    m_lookup.cancel();
    m_session.finish();
    m_runner.pump();
    m_runner.drop();
    drain();
}

void XmppTransport::nudge()
{
    if (m_phase == Phase::Waiting)
        scheduleRetry(m_policy.onNudge(*m_failure, m_services.clock.now()));
    else
        probe();
}

void XmppTransport::send(AttemptId attempt, const Payload &payload, const Address &to)
{
    m_session.send(attempt, payload, to, m_services.clock.now());
    carryOut();
}

void XmppTransport::acknowledge(const QList<StreamAck> &acks, const Address &to)
{
    m_session.acknowledge(acks, to);
    carryOut();
}

void XmppTransport::carryOut()
{
    m_runner.pump();
    drain();
}

XmppAttention::Calls XmppTransport::attentionCalls()
{
    return {[this](ChatState state, const Address &to) {
                m_session.showState(state, to);
                carryOut();
            },
            [this](const WireId &upTo, const Address &to) {
                m_session.showRead(upTo, to);
                carryOut();
            }};
}

XmppClientInfo::Calls XmppTransport::clientInfoCalls()
{
    return {[this](bool isActive) {
                m_session.setActive(isActive);
                carryOut();
            },
            [this](const QString &version) {
                m_session.setVersion(version);
                carryOut();
            }};
}

void XmppTransport::probe()
{
    m_session.probe(m_services.clock.now());
    carryOut();
}

void XmppTransport::handled(quint64 token, Disposition disposition)
{
    m_session.handled(token, disposition, m_services.clock.now());
    carryOut();
}

void XmppTransport::ask(Element iq, IqRequests::Then then)
{
    m_session.ask(std::move(iq), m_services.clock.now(), std::move(then));
    carryOut();
}

void XmppTransport::runOnPeople(const XmppRoster::Work &work)
{
    work(m_session.people(), m_services.clock.now());
    carryOut();
}

void XmppTransport::connectNow()
{
    m_phase = Phase::LookingUp;
    m_isSettingUp = true;
    m_retry.stop();
    m_retryAt.reset();
    m_step = ConnectStep::Name::Lookup;
    m_stepBegan = m_services.clock.now();
    m_policy.onTry(m_stepBegan);
    m_session.rememberLogin(m_memory->strongestLogin());
    m_lookup.start(m_settings.serviceQuery());
    publishState();
}

void XmppTransport::onEndpoints(const Result<QList<net::Endpoint>> &endpoints)
{
    const Micros took = m_services.clock.now() - m_stepBegan;
    if (endpoints) {
        // Where it was is more likely than where a guess says.
        QList<net::Endpoint> all = m_lookup.isGuess() ? knownEndpoints() : QList<net::Endpoint>();
        for (const net::Endpoint &endpoint : *endpoints) {
            if (!all.contains(endpoint))
                all.append(endpoint);
        }
        m_lastGood = all;
        m_lastGoodNames = m_lookup.names();
        onStepped({ConnectStep::Name::Lookup, took, joined(all), {}});
        connectTo(all);
    } else if (const auto known = knownEndpoints(); !known.isEmpty()) {
        onStepped({ConnectStep::Name::Lookup, took, u"no answer; as before: "_s + joined(known), {}});
        connectTo(known);
    } else {
        onFailed(endpoints.error());
    }
}

// Also where the name servers say that there is no such host: they are often wrong about that where a login page stands
// before a network. Whoever answers there has to prove that he is the server in any case.
QList<net::Endpoint> XmppTransport::knownEndpoints() const
{
    return m_lastGood.isEmpty() ? m_memory->lastGood(m_services.clock.wall()) : m_lastGood;
}

void XmppTransport::connectTo(const QList<net::Endpoint> &endpoints)
{
    // A listener of the step may have stopped us.
    if (m_phase != Phase::LookingUp)
        return;
    m_phase = Phase::Connecting;
    net::ConnectOptions options;
    options.endpoints = endpoints;
    if (const auto hint = m_session.takeHostHint()) {
        const net::Endpoint &last = m_runner.endpoint();
        options.endpoints.prepend({hint->host, hint->port != 0 ? hint->port : last.port, last.directTls});
    }
    options.peerName = asciiDomain(m_settings.jid.domain());
    options.caFile = m_settings.caFile;
    options.applicationProtocols = {"xmpp-client"};
    options.proxy = m_settings.proxy;
    options.connectTimeout = m_timing.connect;
    options.nextEndpointAfter = m_timing.nextEndpointAfter;
    m_runner.open(std::move(options));
}

void XmppTransport::onClosed(const std::optional<Failure> &failure)
{
    // Without a failure we ended it ourselves. That the link is down comes before what was lost with it: the other
    // way round, what was lost would be tried on the dead link once more, by another address.
    if (failure && m_phase == Phase::Connecting)
        onFailed(*failure);
    drain();
}

void XmppTransport::onFailed(const Failure &failure)
{
    qCInfo(lcXmpp) << "connection failed:" << nameOf(failure.code);
    const MonoTime now = m_services.clock.now();
    if (std::exchange(m_isSettingUp, false))
        Q_EMIT stepped({m_step, now - m_stepBegan, {}, failure});
    if (m_phase == Phase::Off)
        return;
    m_phase = Phase::Waiting;
    m_failure = failure;
    scheduleRetry(m_policy.onFailed(failure, now, m_services.random));
}

void XmppTransport::scheduleRetry(std::optional<Millis> wait)
{
    if (wait) {
        m_retryAt = m_services.clock.wall() + *wait;
        m_retry.start(*wait);
    } else {
        m_retryAt.reset();
        m_retry.stop();
    }
    publishState();
}

void XmppTransport::onStepped(const ConnectStep &step)
{
    m_step = after(step.name);
    m_stepBegan = m_services.clock.now();
    Q_EMIT stepped(step);
}

void XmppTransport::drain()
{
    // Listeners may call us from within a signal; the outermost call goes on with what that brings.
    if (m_isDraining)
        return;
    m_isDraining = true;
    for (;;) {
        const Events events = m_session.takeEvents();
        if (events.empty())
            break;
        QList<Incoming> together;
        for (const Event &event : events) {
            if (const auto *incoming = std::get_if<Incoming>(&event)) {
                together.append(*incoming);
                continue;
            }
            giveIncoming(std::exchange(together, {}));
            onEvent(event);
        }
        giveIncoming(together);
    }
    m_isDraining = false;
    publishState();
}

void XmppTransport::giveIncoming(const QList<Incoming> &together)
{
    // After stop() nothing comes in any more; the server keeps what was not acknowledged.
    if (!together.isEmpty() && m_phase != Phase::Off)
        Q_EMIT received(together);
}

void XmppTransport::onEvent(const Event &event)
{
    if (const auto *login = std::get_if<LoggedIn>(&event)) {
        m_memory.loggedIn(login->mechanism, login->certificate, m_services.clock.wall());
        onStepped({ConnectStep::Name::Login, m_services.clock.now() - m_stepBegan, login->mechanism, {}});
    } else if (const auto *online = std::get_if<CameOnline>(&event)) {
        onCameOnline(*online);
    } else if (const auto *trip = std::get_if<RoundTrip>(&event)) {
        m_isSettingUp = false;
        onStepped({ConnectStep::Name::RoundTrip, trip->took, trip->isResumed ? u"resumed"_s : QString(), {}});
    } else if (const auto *handed = std::get_if<HandedOver>(&event)) {
        Q_EMIT handedOver(handed->attempt, handed->failure);
    } else if (m_phase == Phase::Off) {
        // As with messages: nothing comes in any more.
    } else if (const auto *acknowledgement = std::get_if<Acknowledgement>(&event)) {
        Q_EMIT acknowledged(*acknowledgement);
    } else if (const auto *people = std::get_if<RosterNews>(&event)) {
        Q_EMIT m_roster.news(*people);
    } else if (const auto *report = std::get_if<Report>(&event)) {
        Q_EMIT reported(*report);
    } else if (const auto *told = std::get_if<NewsTold>(&event)) {
        handled(told->token, Disposition::Committed);
    } else if (const auto *shown = std::get_if<ShownState>(&event)) {
        m_attention.tell(shown->from, shown->state);
    } else if (const auto *page = std::get_if<ArchivePage>(&event)) {
        m_archive.tell(*page);
    }
}

void XmppTransport::onCameOnline(const CameOnline &online)
{
    if (online.isResumed) {
        ++m_resumptions;
        qCInfo(lcXmpp) << "the lost stream goes on";
    }
    m_memory.reached(QList<net::Endpoint>{m_runner.endpoint()} + m_lastGood, m_services.clock.wall());
    m_failure.reset();
    m_policy.onOnline(m_services.clock.now());
    publishState();
}

void XmppTransport::publishState()
{
    const LinkState now = state();
    if (now == m_published)
        return;
    m_published = now;
    Q_EMIT stateChanged(now);
}

} // namespace planb::xmpp
