// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/sim_transport.h"
#include "tests/sim/world.h"

#include <algorithm>

namespace planb::sim {

using namespace std::chrono_literals;

void World::begin(const Fault &fault)
{
    if (m_isCalm)
        return;
    note("begins: " + textOf(fault));
    if (fault.until > fault.from)
        m_active.push_back(&fault);
    switch (traitsOf(fault.kind).scope) {
    case FaultScope::Network: return beginOnNetwork(fault);
    case FaultScope::Computer: return beginOnComputer(fault);
    case FaultScope::User: return beginByUser(fault);
    case FaultScope::Server: break;
    }
    if (fault.kind == FaultKind::Restarts)
        m_servers[fault.server]->restart(fault.number % 2 == 0);
    else if (fault.kind == FaultKind::DeliversLate)
        m_servers[fault.server]->deliverFromArchive();
}

void World::end(const Fault &fault)
{
    if (m_isCalm)
        return;
    note("ends: " + std::string(traitsOf(fault.kind).name));
    std::erase(m_active, &fault);
    Person &person = *m_people[fault.person];
    switch (fault.kind) {
    case FaultKind::WrongCertificate:
        for (const auto &one : m_people) {
            if (one->isRunning() && !one->isSuspended())
                one->retryBlocked();
        }
        return;
    case FaultKind::DiskFull:
    case FaultKind::DiskError: person.disk().setTrouble(Disk::Trouble::None); return;
    case FaultKind::Restore:
        if (!person.hasCopy())
            return;
        return restart(person, [this, &person] {
            note(numbered('p', person.index()) + " puts an old copy of the store in place");
            person.restoreCopy();
            m_book.onRestored(person.index());
        });
    case FaultKind::RemovesContact:
        if (person.isRunning() && !person.isSuspended())
            person.meet((fault.person + 1) % m_people.size());
        return;
    default: return;
    }
}

std::vector<SimTransport *> World::transportsHitBy(const Fault &fault)
{
    std::vector<SimTransport *> hit;
    for (const auto &person : m_people) {
        if (!fault.hitsEverybody && person->index() != fault.person)
            continue;
        for (SimTransport *transport : person->transports()) {
            if (transport->server() == fault.server || fault.kind == FaultKind::AllDown)
                hit.push_back(transport);
        }
    }
    return hit;
}

void World::beginOnNetwork(const Fault &fault)
{
    for (SimTransport *transport : transportsHitBy(fault)) {
        switch (fault.kind) {
        case FaultKind::BlackHole:
        case FaultKind::BlackHoleUp:
        case FaultKind::BlackHoleDown: transport->onSilence(); break;
        case FaultKind::HalfOpen: transport->forgetByServer(); break;
        case FaultKind::Reset:
        case FaultKind::Refused:
        case FaultKind::AllDown: transport->cut(); break;
        case FaultKind::WrongCertificate: transport->cut(FailureCode::CertificateUntrusted); break;
        default: break;
        }
    }
    if (fault.kind == FaultKind::Flapping) {
        Dice dice(fault.number, 0);
        flap(fault, dice.time(200ms, 5s), true);
    }
}

void World::flap(const Fault &fault, Micros period, bool isDown)
{
    if (m_isCalm)
        return;
    m_flappedDown.erase(fault.server);
    if (m_agenda.now() >= fault.until)
        return;
    if (isDown) {
        m_flappedDown.insert(fault.server);
        for (SimTransport *transport : transportsHitBy(fault))
            transport->cut();
    }
    m_agenda.after(period, [this, &fault, period, isDown] { flap(fault, period, !isDown); });
}

void World::restart(Person &person, std::function<void()> meanwhile)
{
    if (person.isSuspended())
        return;
    person.close();
    meanwhile();
    m_agenda.after(1s, [&person] { person.open(); });
}

void World::beginOnComputer(const Fault &fault)
{
    Person &person = *m_people[fault.person];
    Dice dice(fault.number, 0);
    switch (fault.kind) {
    case FaultKind::Kill: return person.dieBefore(dice.between(0, 60), false);
    case FaultKind::PowerCut: return person.dieBefore(dice.between(0, 60), true);
    case FaultKind::DiskFull: m_book.onDiskFault(fault.person); return person.disk().setTrouble(Disk::Trouble::Full);
    case FaultKind::DiskError:
        m_book.onDiskFault(fault.person);
        return person.disk().setTrouble(dice.chance(0.5) ? Disk::Trouble::WriteFails : Disk::Trouble::SyncFails);
    case FaultKind::Suspend: return person.suspend(fault.until);
    case FaultKind::ClockJump: {
        const auto years = 10 * 365 * 24h;
        const Micros distance = dice.timeOfAnyLength(1s, years);
        return person.clock().jump(std::chrono::floor<Millis>(dice.chance(0.5) ? distance : -distance));
    }
    case FaultKind::Restore: return restart(person, [&person] { person.keepCopy(); });
    default: return;
    }
}

void World::beginByUser(const Fault &fault)
{
    Person &person = *m_people[fault.person];
    if (!person.isRunning() || person.isSuspended())
        return;
    Dice dice(fault.number, 0);
    const std::size_t other = (fault.person + 1) % m_people.size();
    switch (fault.kind) {
    case FaultKind::SendsAndRestarts:
        for (SimTransport *transport : std::vector(person.transports()))
            transport->cut();
        person.send({m_agenda.now(), fault.person, other, 30, false});
        m_agenda.after(dice.timeOfAnyLength(1ms, 10s), [this, &person] { restart(person, [] {}); });
        return;
    case FaultKind::RemovesContact: return person.forgetContact(other);
    case FaultKind::ChangesChain: return person.rearrange(dice);
    case FaultKind::RemovesTransport: {
        const std::size_t server = dice.oneOf(m_plan.people[fault.person].chain);
        person.useNoLonger(server);
        m_agenda.after(dice.timeOfAnyLength(1s, 24h), [&person, server] {
            if (person.isRunning() && !person.isSuspended())
                person.useAgain(server);
        });
        return;
    }
    default: return;
    }
}

} // namespace planb::sim
