// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/server.h"

#include "tests/sim/sim_transport.h"
#include "tests/sim/world.h"

#include <algorithm>

namespace planb::sim {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr std::size_t kArchive = 40;

} // namespace

Server::Server(World &world, std::size_t index, const PlannedServer &planned)
    : m_world(world), m_index(index), m_planned(planned), m_dice(world.plan().seed, 0x5E0000 + index)
{}

QString Server::addressOf(std::size_t person) const
{
    switch (m_planned.kind) {
    case TransportKind::Xmpp:
    case TransportKind::Email: return u"p%1@s%2.test"_s.arg(person).arg(m_index);
    case TransportKind::Lan: return u"p%1.lan"_s.arg(person);
    case TransportKind::Sms: return u"+8210%1"_s.arg(10'000'000 + person);
    }
    Q_UNREACHABLE();
}

bool Server::has(FaultKind kind) const
{
    return m_world.is(kind, m_index, {});
}

void Server::note(const std::string &what) const
{
    m_world.note(numbered('s', m_index) + ' ' + what);
}

Micros Server::oneWay(std::size_t person)
{
    Micros time = m_planned.oneWay + m_dice.time(0us, m_planned.oneWay / 2);
    if (m_world.is(FaultKind::Delay, m_index, person))
        time += m_dice.timeOfAnyLength(100ms, 30s);
    // What is lost on a stream is only late.
    if (m_world.is(FaultKind::Loss, m_index, person)) {
        for (Micros timeout = 200ms; timeout < 60s && m_dice.chance(0.3); timeout *= 2)
            time += timeout;
    }
    return time;
}

SessionPtr Server::logIn(SimTransport &transport, std::size_t person)
{
    Box &box = m_boxes[person];
    if (box.session)
        logOut(box.session);
    auto session = std::make_shared<Session>();
    session->id = m_world.nextSession();
    session->person = person;
    session->transport = &transport;
    box.session = session;
    for (Entry &entry : box.waiting)
        push(box, entry);
    return session;
}

void Server::logOut(const SessionPtr &session)
{
    session->livesAtServer = false;
    Box &box = m_boxes[session->person];
    if (m_planned.kind == TransportKind::Lan)
        giveBack(box);
    for (Entry &entry : box.waiting) {
        if (entry.session == session->id)
            entry.session = 0;
    }
    if (box.session == session)
        box.session.reset();
}

/// A cable keeps nothing: whoever sent it learns that the other side is gone.
void Server::giveBack(Box &box)
{
    for (const Entry &entry : std::exchange(box.waiting, {})) {
        if (entry.onDone)
            entry.onDone(false);
    }
}

SessionPtr Server::sessionOf(std::size_t person) const
{
    const auto box = m_boxes.find(person);
    return box == m_boxes.end() ? nullptr : box->second.session;
}

std::optional<Failure> Server::refusalOf(const Parcel &parcel)
{
    if (has(FaultKind::Busy) && m_dice.chance(0.7)) {
        const auto wait = m_dice.chance(0.5) ? std::optional<Millis>(m_dice.between(1, 600) * 1000) : std::nullopt;
        return Failure{FailureCode::ServerBusy, {}, wait};
    }
    if (!m_world.find(parcel.to))
        return Failure{FailureCode::RecipientUnknown, {}, {}};
    return {};
}

void Server::answer(const SessionPtr &session, AttemptId attempt, std::optional<Failure> failure)
{
    if (session->transport)
        session->transport->receiveAnswer(session, attempt, std::move(failure));
}

void Server::take(const SessionPtr &session, AttemptId attempt, const Parcel &parcel)
{
    if (const auto refusal = refusalOf(parcel)) {
        note("refuses " + m_world.book().nameOf(parcel.payload) + ": " + describe(*refusal).toStdString());
        answer(session, attempt, refusal);
        return;
    }
    if (m_planned.kind == TransportKind::Lan) {
        takeOnCable(session, attempt, parcel);
        return;
    }
    note("takes " + m_world.book().nameOf(parcel.payload));
    if (has(FaultKind::LosesReply) && m_dice.chance(0.5)) {
        m_world.agenda().after(m_dice.timeOfAnyLength(10ms, 20s), [session] {
            if (session->transport)
                session->transport->onReset(session);
        });
    } else {
        answer(session, attempt, {});
    }
    if (has(FaultKind::Forgets) && m_dice.chance(0.8)) {
        note("forgets " + m_world.book().nameOf(parcel.payload));
        m_world.book().onLost(parcel.payload);
        return;
    }
    passOn(parcel);
}

void Server::takeNews(const SessionPtr &, const Parcel &news)
{
    const auto to = m_world.find(news.to);
    if (!to || (has(FaultKind::Forgets) && m_dice.chance(0.8)))
        return;
    if (m_planned.kind != TransportKind::Lan)
        passOn(news);
    else if (sessionOf(to->person))
        store(news, {});
}

void Server::takeOnCable(const SessionPtr &session, AttemptId attempt, const Parcel &parcel)
{
    const auto to = m_world.find(parcel.to);
    const SessionPtr other = to ? sessionOf(to->person) : nullptr;
    if (!other || !other->livesAtServer) {
        answer(session, attempt, Failure{FailureCode::RecipientUnavailable, {}, {}});
        return;
    }
    // There is nobody in between who could take responsibility: the answer is the other side's.
    store(parcel, [this, session, attempt, parcel](bool isCommitted) {
        if (!isCommitted)
            return answer(session, attempt, Failure{FailureCode::ConnectionLost, {}, {}});
        answer(session, attempt, {});
        if (session->transport)
            session->transport->receiveReport(session, parcel);
    });
}

int Server::copiesOf(const Parcel &parcel)
{
    // Every copy of a message is answered: many copies of the answers too would only be noise.
    if (parcel.kind != Parcel::Kind::Message)
        return m_dice.between(1, 2);
    return m_dice.between(1, m_dice.chance(0.1) ? 20 : 4);
}

/// To the box of the one it is for, here or on another server, at once or much later, once or often.
void Server::passOn(const Parcel &sent)
{
    Parcel parcel = sent;
    if (has(FaultKind::Strips) && m_dice.chance(0.7))
        parcel.isMarked = false;
    const bool isSlow = m_planned.kind == TransportKind::Email || m_planned.kind == TransportKind::Sms;
    const int copies = has(FaultKind::Duplicates) || has(FaultKind::SmsTrouble) ? copiesOf(parcel) : 1;
    const auto to = m_world.find(parcel.to);
    for (int i = 0; i < copies; ++i) {
        Micros wait = isSlow ? m_dice.timeOfAnyLength(500ms, 60s) : Micros(0);
        if (has(FaultKind::Reorder) || has(FaultKind::SmsTrouble))
            wait += m_dice.timeOfAnyLength(1s, has(FaultKind::Reorder) ? 72h : Micros(10min));
        m_world.agenda().after(wait, [this, parcel, server = to->server] { m_world.server(server).store(parcel, {}); });
    }
    if (parcel.kind == Parcel::Kind::Message && has(FaultKind::Bounces) && m_dice.chance(0.5))
        m_world.agenda().after(m_dice.timeOfAnyLength(50ms, 1h), [this, parcel] { bounce(parcel); });
}

void Server::bounce(const Parcel &parcel)
{
    note("bounces " + m_world.book().nameOf(parcel.payload));
    store({Parcel::Kind::Bounce, parcel.to, parcel.from, parcel.payload, parcel.isMarked}, {});
}

void Server::store(const Parcel &parcel, std::function<void(bool)> onDone)
{
    const auto to = m_world.find(parcel.to);
    Box &box = m_boxes[to->person];
    box.waiting.push_back({++m_lastEntry, parcel, 0, std::move(onDone)});
    if (box.session && box.session->livesAtServer)
        push(box, box.waiting.back());
}

void Server::push(Box &box, Entry &entry)
{
    entry.session = box.session->id;
    if (box.session->transport)
        box.session->transport->receiveParcel(box.session, entry.id, entry.parcel);
}

void Server::acknowledge(const SessionPtr &session, quint64 entry)
{
    Box &box = m_boxes[session->person];
    const auto found = std::ranges::find(box.waiting, entry, &Entry::id);
    if (found == box.waiting.end())
        return;
    const Entry taken = std::move(*found);
    box.waiting.erase(found);
    if (m_planned.kind != TransportKind::Lan)
        box.archive.push_back(taken.parcel);
    if (box.archive.size() > kArchive)
        box.archive.pop_front();
    if (taken.onDone)
        taken.onDone(true);
}

void Server::restart(bool losesState)
{
    note(losesState ? "restarts and loses what was on its way" : "restarts");
    for (auto &[person, box] : m_boxes) {
        const SessionPtr session = box.session;
        if (losesState) {
            for (const Entry &entry : box.waiting) {
                if (entry.session != 0 && entry.parcel.kind == Parcel::Kind::Message)
                    m_world.book().onLost(entry.parcel.payload);
            }
            std::erase_if(box.waiting, [](const Entry &entry) { return entry.session != 0; });
        }
        if (!session)
            continue;
        logOut(session);
        if (session->transport)
            session->transport->onReset(session);
    }
}

void Server::deliverFromArchive()
{
    for (auto &[person, box] : m_boxes) {
        const std::deque<Parcel> archive = box.archive;
        for (const Parcel &parcel : archive) {
            if (m_dice.chance(0.6))
                store(parcel, {});
        }
    }
}

} // namespace planb::sim
