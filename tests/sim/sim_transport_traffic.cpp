// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/person.h"
#include "tests/sim/server.h"
#include "tests/sim/sim_transport.h"
#include "tests/sim/world.h"

#include <utility>

namespace planb::sim {

using namespace std::chrono_literals;

/// Over the stream to the server: in order, late, and perhaps never.
void SimTransport::up(std::function<void(const SessionPtr &)> what)
{
    const SessionPtr session = m_session;
    session->lastUp = std::max(session->lastUp,
                               m_world.agenda().now() + m_world.server(m_server).oneWay(m_person.index()));
    struct Way {
        World &world;
        std::size_t server;
        SessionPtr session;
        std::function<void(const SessionPtr &)> what;
        void arrive() const
        {
            if (!session->livesAtServer)
                return;
            if (!world.blocksUp(server, session->person))
                return what(session);
            // The system goes on trying for a while, also for a program that has given up.
            if (session->livesAtClient)
                world.agenda().after(1s, [way = *this] { way.arrive(); });
        }
    };
    m_world.agenda().at(session->lastUp, [way = Way{m_world, m_server, session, std::move(what)}] { way.arrive(); });
}

void SimTransport::down(const SessionPtr &session, std::function<void()> what)
{
    session->lastDown = std::max(session->lastDown,
                                 m_world.agenda().now() + m_world.server(m_server).oneWay(m_person.index()));
    struct Way {
        QPointer<SimTransport> to;
        SessionPtr session;
        std::function<void()> what;
        void arrive() const
        {
            if (!to || to->m_session != session || to->isMute())
                return;
            World &world = to->m_world;
            if (world.blocksDown(to->m_server, session->person))
                world.agenda().after(1s, [way = *this] { way.arrive(); });
            else if (to->m_person.isSuspended())
                world.agenda().at(to->m_person.resumesAt(), [way = *this] { way.arrive(); });
            else
                what();
        }
    };
    m_world.agenda().at(session->lastDown, [way = Way{this, session, std::move(what)}] { way.arrive(); });
}

void SimTransport::send(AttemptId attempt, const Payload &payload, const Address &to)
{
    if (!m_person.life().act())
        return;
    m_world.note(name() + " sends " + m_world.book().nameOf(payload) + " to " + to.value.toStdString());
    if (!m_session) {
        Q_EMIT handedOver(attempt, Failure{FailureCode::NetworkUnreachable, {}, {}});
        return;
    }
    m_world.book().onWire(m_person.index(), *this, attempt, payload, to);
    if (payload.text.toUtf8().size() > traits().maxTextBytes) {
        Q_EMIT handedOver(attempt, Failure{FailureCode::MessageTooLarge, {}, {}});
        return;
    }
    m_world.book().onAcks(m_person.index(), payload.acks, to);
    m_open.insert(attempt);
    const Address from{traits().kind, traits().ownAddress};
    const Parcel parcel{Parcel::Kind::Message, from, to, payload, true};
    up([&server = m_world.server(m_server), attempt, parcel](const SessionPtr &session) {
        server.take(session, attempt, parcel);
    });
}

void SimTransport::receiveAnswer(const SessionPtr &session, AttemptId attempt, std::optional<Failure> failure)
{
    down(session, [this, attempt, failure] {
        if (m_open.erase(attempt) == 0)
            return;
        showLife();
        m_world.note(name() + " answers " + attempt.toString().toStdString() + ": "
                     + (failure ? describe(*failure).toStdString() : "taken"));
        m_world.book().onAnswer(m_person.index(), attempt, failure);
        Q_EMIT handedOver(attempt, failure);
    });
}

void SimTransport::receiveReport(const SessionPtr &session, const Parcel &about)
{
    down(session, [this, about] {
        Q_EMIT reported({Report::Kind::Delivered, about.to, about.payload.wireId, {}, about.isMarked});
    });
}

void SimTransport::receiveParcel(const SessionPtr &session, quint64 entry, const Parcel &parcel)
{
    down(session, [this, entry, parcel] { takeIn(entry, parcel); });
}

Incoming SimTransport::incomingOf(quint64 entry, const Parcel &parcel) const
{
    const Payload &payload = parcel.payload;
    Incoming incoming{entry, parcel.from, payload.wireId, payload.text, {}, {}, {}, false, {}, {}, {}};
    incoming.kind = payload.kind;
    incoming.target = payload.target;
    if (!parcel.isMarked)
        return incoming;
    incoming.order = payload.order;
    incoming.sentAt = payload.composedAt;
    incoming.replyTo = payload.replyTo;
    incoming.removesRepeats = true;
    incoming.place = payload.place;
    incoming.parents = payload.parents;
    incoming.acks = payload.acks;
    return incoming;
}

void SimTransport::takeIn(quint64 entry, const Parcel &parcel)
{
    showLife();
    const SessionPtr session = m_session;
    if (parcel.kind == Parcel::Kind::Message) {
        m_world.note(name() + " receives " + m_world.book().nameOf(parcel.payload)
                     + (parcel.isMarked ? "" : " without its marks"));
        m_unhandled.emplace(entry, parcel);
        m_world.book().onArriving(parcel);
        Q_EMIT received({incomingOf(entry, parcel)});
        return;
    }
    tellNews(parcel);
    // Its effects are on disk unless the process has stopped for want of one.
    if (!m_session || m_session != session || !m_person.life().act())
        return;
    up([&server = m_world.server(m_server), entry](const SessionPtr &at) { server.acknowledge(at, entry); });
}

void SimTransport::tellNews(const Parcel &parcel)
{
    Book &book = m_world.book();
    if (parcel.kind == Parcel::Kind::Acks) {
        m_world.note(name() + " receives acknowledgements");
        if (parcel.isMarked)
            Q_EMIT acknowledged({parcel.from, parcel.payload.acks});
        return;
    }
    const bool isReceipt = parcel.kind == Parcel::Kind::Receipt;
    m_world.note(name() + " receives a " + (isReceipt ? "receipt" : "bounce") + " of " + book.nameOf(parcel.payload));
    if (isReceipt) {
        Q_EMIT reported({Report::Kind::Delivered, parcel.from, parcel.payload.wireId, {}, parcel.isMarked});
        return;
    }
    book.onBounce(m_person.index(), m_server, parcel.payload);
    const Failure failure{FailureCode::RecipientUnavailable, {}, {}};
    Q_EMIT reported({Report::Kind::Bounced, parcel.from, parcel.payload.wireId, failure, false});
}

void SimTransport::acknowledge(const QList<StreamAck> &acks, const Address &to)
{
    if (!m_person.life().act() || !m_session || m_state.phase != LinkPhase::Ready)
        return;
    m_world.note(name() + " acknowledges to " + to.value.toStdString());
    m_world.book().onAcks(m_person.index(), acks, to);
    const Address from{traits().kind, traits().ownAddress};
    const Payload payload{WireId::random(m_person.random()), {}, 0, {}, {}, {}, {}, acks};
    const Parcel parcel{Parcel::Kind::Acks, from, to, payload, true};
    up([&server = m_world.server(m_server), parcel](const SessionPtr &session) { server.takeNews(session, parcel); });
}

void SimTransport::handled(quint64 token, Disposition disposition)
{
    if (!m_person.life().act())
        return;
    const auto found = m_unhandled.find(token);
    if (found == m_unhandled.end() || !m_session)
        return;
    const Parcel parcel = std::move(found->second);
    m_unhandled.erase(found);
    if (disposition == Disposition::Committed)
        m_world.book().onCommitted(m_person.index(), parcel);
    Server &server = m_world.server(m_server);
    up([&server, token](const SessionPtr &session) { server.acknowledge(session, token); });
    // What has a place in a stream is acknowledged by the core.
    const bool isConfirmedHere = !parcel.isMarked || !parcel.payload.place;
    if (disposition != Disposition::Committed || server.kind() != TransportKind::Xmpp || !isConfirmedHere)
        return;
    const Parcel receipt{Parcel::Kind::Receipt, parcel.to, parcel.from, parcel.payload, true};
    up([&server, receipt](const SessionPtr &session) { server.takeNews(session, receipt); });
}

} // namespace planb::sim
