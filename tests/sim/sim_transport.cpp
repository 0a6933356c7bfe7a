// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/sim_transport.h"

#include "core/delivery/constants.h"

#include "tests/sim/person.h"
#include "tests/sim/server.h"
#include "tests/sim/world.h"

#include <utility>

namespace planb::sim {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr Micros kConnectTimeout = 10s;
constexpr Micros kProbeTimeout = 8s;
constexpr Micros kProvenAfter = 30s;
/// Nobody waits for these; stories of a month would be nothing but tries.
constexpr BackoffPolicy kReconnect{Millis(500), 1.6, 0.2, Millis(3'600'000)};

qsizetype maxTextOf(TransportKind kind)
{
    return kind == TransportKind::Sms ? 400 : 30'000;
}

} // namespace

SimTransport::SimTransport(TransportId id, World &world, Person &person, std::size_t server)
    : Transport(id)
    , m_world(world)
    , m_person(person)
    , m_server(server)
    , m_dice(world.plan().seed, 0x7A000000 + world.nextSession())
    , m_backoff(kReconnect)
{
    m_person.add(*this);
}

SimTransport::~SimTransport()
{
    endSession(true);
    m_person.forget(*this);
}

std::string SimTransport::name() const
{
    return numbered('p', m_person.index()) + ' ' + numbered('s', m_server);
}

TransportTraits SimTransport::traits() const
{
    const Server &server = m_world.server(m_server);
    const TransportKind kind = server.kind();
    return {kind,
            server.addressOf(m_person.index()),
            maxTextOf(kind),
            kind == TransportKind::Sms,
            kind != TransportKind::Lan,
            kind == TransportKind::Xmpp || kind == TransportKind::Lan};
}

void SimTransport::enter(LinkState state)
{
    if (m_state == state)
        return;
    if (state.phase == LinkPhase::Ready)
        m_readySince = m_world.agenda().now();
    m_state = std::move(state);
    std::string what = name() + " is " + nameOf(m_state.phase).toStdString();
    if (m_state.failure)
        what += " (" + nameOf(m_state.failure->code).toStdString() + ")";
    if (isMute())
        return;
    m_world.note(what);
    Q_EMIT stateChanged(m_state);
}

bool SimTransport::isMute() const
{
    return m_person.life().isOver();
}

/// Only if this is still the same connection of the same living process, which must be awake.
void SimTransport::later(Micros wait, std::function<void()> what)
{
    m_world.agenda().after(wait, [guard = QPointer(this), connection = m_try, what = std::move(what)] {
        if (!guard || guard->m_try != connection || guard->isMute())
            return;
        if (guard->m_person.isSuspended())
            guard->later(guard->m_person.resumesAt() - guard->m_world.agenda().now(), what);
        else
            what();
    });
}

void SimTransport::start()
{
    if (m_state.phase == LinkPhase::Off)
        connectNow();
}

void SimTransport::stop()
{
    if (m_state.phase == LinkPhase::Off)
        return;
    ++m_try;
    endSession(true);
    enter({});
    endOpenAttempts();
}

void SimTransport::nudge()
{
    if (m_state.phase == LinkPhase::Waiting || m_state.phase == LinkPhase::Blocked)
        connectNow();
    else if (m_session)
        probe();
}

void SimTransport::connectNow()
{
    ++m_try;
    enter({LinkPhase::Connecting, m_state.failure, {}, {}});
    const bool isSilent = m_world.blocksUp(m_server, m_person.index())
        || m_world.blocksDown(m_server, m_person.index());
    const Micros roundTrip = 2 * m_world.server(m_server).oneWay(m_person.index());
    later(isSilent ? kConnectTimeout : std::min<Micros>(3 * roundTrip, kConnectTimeout), [this, isSilent] {
        if (isSilent)
            waitAfter({FailureCode::ConnectTimeout, {}, {}});
        else
            finishConnecting();
    });
}

std::optional<Failure> SimTransport::whyNot() const
{
    const std::size_t person = m_person.index();
    const auto failure = [](FailureCode code) { return Failure{code, {}, {}}; };
    if (m_world.is(FaultKind::AllDown, m_server, person))
        return failure(FailureCode::NetworkUnreachable);
    if (m_world.is(FaultKind::DnsDead, m_server, person))
        return failure(m_server % 2 == 0 ? FailureCode::DnsUnavailable : FailureCode::HostNotFound);
    if (m_world.is(FaultKind::Refused, m_server, person) || m_world.isFlappedDown(m_server))
        return failure(FailureCode::ConnectionRefused);
    if (m_world.is(FaultKind::WrongCertificate, m_server, person))
        return failure(FailureCode::CertificateUntrusted);
    return {};
}

void SimTransport::finishConnecting()
{
    if (const auto failure = whyNot()) {
        waitAfter(*failure);
        return;
    }
    m_session = m_world.server(m_server).logIn(*this, m_person.index());
    m_isProbing = false;
    m_lastProgress = m_world.agenda().now();
    enter({LinkPhase::Ready, {}, {}, 2 * m_world.plan().servers[m_server].oneWay});
}

void SimTransport::waitAfter(const Failure &failure)
{
    ++m_try;
    if (planb::traitsOf(failure.code).blocksLink) {
        enter({LinkPhase::Blocked, failure, {}, {}});
        return;
    }
    const Millis wait = m_backoff.next(m_person.random());
    later(wait, [this] { connectNow(); });
    enter({LinkPhase::Waiting, failure, m_person.clock().wall() + wait, {}});
}

void SimTransport::lose(const Failure &failure)
{
    // A server that lets everybody in and then fails them is not to be hammered.
    if (m_world.agenda().now() - m_readySince > kProvenAfter)
        m_backoff.reset();
    endSession(true);
    waitAfter(failure);
    endOpenAttempts();
}

void SimTransport::endOpenAttempts()
{
    const Failure lost{FailureCode::ConnectionLost, {}, {}};
    for (const AttemptId attempt : std::exchange(m_open, {})) {
        if (isMute())
            return;
        m_world.book().onAnswer(m_person.index(), attempt, lost);
        Q_EMIT handedOver(attempt, lost);
    }
}

void SimTransport::endSession(bool isTold)
{
    m_unhandled.clear();
    m_inbound.clear();
    const SessionPtr session = std::exchange(m_session, nullptr);
    if (!session)
        return;
    session->livesAtClient = false;
    session->transport.clear();
    // The end of the stream comes behind what is on its way.
    if (isTold && session->livesAtServer) {
        const MonoTime arrives = std::max(session->lastUp, m_world.agenda().now() + 1ms);
        m_world.agenda().at(arrives, [session, &world = m_world, server = m_server] {
            if (session->livesAtServer && !world.blocksUp(server, session->person))
                world.server(server).logOut(session);
        });
    }
}

void SimTransport::vanish(bool isTold)
{
    ++m_try;
    endSession(isTold);
}

void SimTransport::onReset(const SessionPtr &session)
{
    if (m_session == session && !isMute())
        later(0us, [this] { lose({FailureCode::ConnectionLost, {}, {}}); });
}

void SimTransport::cut(FailureCode code)
{
    if (m_session && !isMute())
        later(0us, [this, code] { lose({code, {}, {}}); });
}

void SimTransport::forgetByServer()
{
    if (m_session && m_session->livesAtServer)
        m_world.server(m_server).logOut(m_session);
    onSilence();
}

void SimTransport::onSilence()
{
    if (m_session)
        later(m_dice.time(10s, 45s), [this] { probe(); });
}

/// Any answer ends the suspicion, not that of the probe alone.
void SimTransport::showLife()
{
    m_lastProgress = m_world.agenda().now();
    enter({LinkPhase::Ready, {}, {}, m_state.rtt});
}

void SimTransport::probe()
{
    if (!m_session || std::exchange(m_isProbing, true))
        return;
    const auto isSilent = [this] {
        return !m_session->livesAtServer || m_world.blocksUp(m_server, m_person.index())
            || m_world.blocksDown(m_server, m_person.index());
    };
    const Micros roundTrip = 2 * m_world.server(m_server).oneWay(m_person.index());
    const Micros patience = delivery::constantsOf(traits().kind).hop.first;
    const Micros longest = std::max<Micros>(kProbeTimeout, 2 * patience);
    if (isSilent() || roundTrip > patience) {
        later(patience, [this] {
            LinkState suspect = m_state;
            suspect.phase = LinkPhase::Suspect;
            enter(suspect);
        });
    }
    later(std::min(roundTrip, longest), [this, isSilent] {
        if (!isSilent()) {
            m_isProbing = false;
            showLife();
            return;
        }
        later(kProbeTimeout, [this] { lose({FailureCode::ConnectionLost, {}, {}}); });
    });
}

} // namespace planb::sim
