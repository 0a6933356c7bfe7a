// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/world.h"

#include "tests/sim/store_template.h"

#include <QCoreApplication>

#include <algorithm>

namespace planb::sim {

using namespace std::chrono_literals;

namespace {

/// More happenings than this at one point of time are a circle.
constexpr int kMostInOneInstant = 20'000;
/// A story has some thousands; one with so many is traffic that feeds on itself.
constexpr int kMostSteps = 300'000;

} // namespace

World::World(const Plan &plan, const Stage &stage, Trace::Keep keep)
    : m_plan(plan), m_stage(stage), m_trace(keep), m_book(*this)
{
    m_stage.vfs.reseed(plan.seed);
    for (std::size_t i = 0; i < plan.servers.size(); ++i)
        m_servers.push_back(std::make_unique<Server>(*this, i, plan.servers[i]));
    for (std::size_t i = 0; i < plan.people.size(); ++i) {
        for (std::size_t server = 0; server < plan.servers.size(); ++server)
            m_places[{m_servers[server]->kind(), m_servers[server]->addressOf(i)}] = {server, i};
        m_people.push_back(std::make_unique<Person>(*this, i, storeFiles(m_stage.emptyStore, pathOf(i))));
    }
}

World::~World() = default;

std::string World::pathOf(std::size_t person) const
{
    return (m_stage.folder + QStringLiteral("/p%1.db").arg(person)).toStdString();
}

std::optional<World::Place> World::find(const Address &address) const
{
    const auto place = m_places.find(address);
    return place == m_places.end() ? std::nullopt : std::optional(place->second);
}

void World::note(const std::string &what)
{
    m_trace.line(textOf(m_agenda.now()), what);
}

void World::complain(const std::string &invariant, const std::string &what)
{
    if (!m_complaint.empty())
        return;
    m_complaint = invariant + ": " + what;
    m_brokenAt = m_agenda.now();
    note("BROKEN " + m_complaint);
}

void World::enterPeople()
{
    for (const auto &person : m_people) {
        person->setUp();
        afterStep();
    }
}

void World::enterPlan()
{
    for (const PlannedMessage &message : m_plan.messages)
        m_agenda.at(message.at, [this, &message] { m_people[message.from]->send(message); });
    for (const Fault &fault : m_plan.faults) {
        m_agenda.at(fault.from, [this, &fault] { begin(fault); });
        if (fault.until > fault.from)
            m_agenda.at(fault.until, [this, &fault] { end(fault); });
    }
}

void World::play()
{
    enterPeople();
    enterPlan();
    step(m_plan.faultsEnd);
    if (m_plan.mode == Mode::Liveness) {
        calmDown();
        step(m_plan.end);
    }
    if (!m_complaint.empty())
        return;
    for (const auto &person : m_people) {
        if (person->isRunning() && !person->profile().brokenBy())
            m_book.checkStore(*person);
    }
    if (m_plan.mode == Mode::Liveness)
        m_book.checkEverythingArrived();
}

void World::step(MonoTime end)
{
    while (m_complaint.empty() && m_agenda.runNext(end)) {
        if (++m_steps > kMostSteps)
            complain("rest", "the story never ends");
        if (m_agenda.now() != m_instant) {
            m_instant = m_agenda.now();
            m_stepsInInstant = 0;
        } else if (++m_stepsInInstant > kMostInOneInstant) {
            complain("rest", "the same instant never ends");
        }
        afterStep();
    }
}

void World::afterStep()
{
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    for (const auto &person : m_people)
        person->afterStep();
    m_book.checkStep();
}

void World::calmDown()
{
    note("all faults end");
    m_isCalm = true;
    m_active.clear();
    m_flappedDown.clear();
    for (const auto &person : m_people) {
        person->disk().setTrouble(Disk::Trouble::None);
        // The users see to what only users can: transports that ask for them, programs that are closed.
        m_agenda.after(1s, [this, &person = *person] {
            if (!person.isRunning())
                person.open();
        });
        for (const Micros later : std::initializer_list<Micros>{5min, 30min, 3h})
            m_agenda.after(later, [this, &person = *person] { putInOrder(person); });
    }
}

void World::putInOrder(Person &person)
{
    if (!person.isRunning() || person.isSuspended() || person.profile().brokenBy())
        return;
    for (const std::size_t server : m_plan.people[person.index()].chain)
        person.useAgain(server);
    person.retryBlocked();
}

bool World::is(FaultKind kind, std::size_t server, std::optional<std::size_t> person) const
{
    return std::ranges::any_of(m_active, [&](const Fault *fault) {
        if (fault->kind != kind)
            return false;
        if (fault->server != server && kind != FaultKind::AllDown)
            return false;
        return !person || fault->hitsEverybody || fault->person == *person;
    });
}

bool World::blocksUp(std::size_t server, std::size_t person) const
{
    return is(FaultKind::BlackHole, server, person) || is(FaultKind::BlackHoleUp, server, person);
}

bool World::blocksDown(std::size_t server, std::size_t person) const
{
    return is(FaultKind::BlackHole, server, person) || is(FaultKind::BlackHoleDown, server, person);
}

} // namespace planb::sim
