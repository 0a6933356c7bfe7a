// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/sim/agenda.h"
#include "tests/sim/book.h"
#include "tests/sim/crash_vfs.h"
#include "tests/sim/person.h"
#include "tests/sim/plan.h"
#include "tests/sim/server.h"
#include "tests/sim/trace.h"

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace planb::sim {

/// One story: people, servers, everything that goes wrong, and a bystander who writes it all down. One thread; the
/// same plan is the same story to the last byte of its trace. Ends at the first broken promise.
class World
{
public:
    /// What all stories of a process share.
    struct Stage {
        CrashVfs &vfs;
        QString folder; ///< for the names that stand for simulated files
        const std::vector<unsigned char> &emptyStore;
    };
    struct Place {
        std::size_t server;
        std::size_t person;
    };

    World(const Plan &plan, const Stage &stage, Trace::Keep keep);
    ~World();

    void play();

    /// The invariant and what broke it; empty if nothing did.
    const std::string &complaint() const { return m_complaint; }
    MonoTime brokenAt() const { return m_brokenAt; }
    const Trace &trace() const { return m_trace; }
    std::size_t messages() const { return m_book.size(); }

    // For everybody in it.
    const Plan &plan() const { return m_plan; }
    Agenda &agenda() { return m_agenda; }
    const Agenda &agenda() const { return m_agenda; }
    Book &book() { return m_book; }
    CrashVfs &vfs() { return m_stage.vfs; }
    Server &server(std::size_t index) { return *m_servers[index]; }
    Person &person(std::size_t index) { return *m_people[index]; }
    std::size_t peopleCount() const { return m_people.size(); }
    std::string pathOf(std::size_t person) const;
    std::optional<Place> find(const Address &address) const;
    std::uint64_t nextSession() { return ++m_lastSession; }
    void note(const std::string &what);
    void complain(const std::string &invariant, const std::string &what);

    /// Whether a fault of this kind is on for this server; for those of networks: and for this person.
    bool is(FaultKind kind, std::size_t server, std::optional<std::size_t> person) const;
    bool blocksUp(std::size_t server, std::size_t person) const;
    bool blocksDown(std::size_t server, std::size_t person) const;
    bool isFlappedDown(std::size_t server) const { return m_flappedDown.contains(server); }
    bool isCalm() const { return m_isCalm; }

private:
    void enterPeople();
    void enterPlan();
    void step(MonoTime end);
    void afterStep();
    void calmDown();
    void putInOrder(Person &person);

    // world_faults.cpp
    void begin(const Fault &fault);
    void end(const Fault &fault);
    void beginOnNetwork(const Fault &fault);
    void beginOnComputer(const Fault &fault);
    void beginByUser(const Fault &fault);
    void flap(const Fault &fault, Micros period, bool isDown);
    void restart(Person &person, std::function<void()> meanwhile);
    std::vector<SimTransport *> transportsHitBy(const Fault &fault);

    const Plan &m_plan;
    Stage m_stage;
    Trace m_trace;
    Agenda m_agenda;
    Book m_book;
    std::vector<std::unique_ptr<Server>> m_servers;
    std::vector<std::unique_ptr<Person>> m_people;
    std::map<Address, Place> m_places;
    std::vector<const Fault *> m_active;
    std::set<std::size_t> m_flappedDown;
    std::uint64_t m_lastSession = 0;
    bool m_isCalm = false;
    MonoTime m_instant{};
    int m_stepsInInstant = 0;
    int m_steps = 0;
    std::string m_complaint;
    MonoTime m_brokenAt{};
};

} // namespace planb::sim
