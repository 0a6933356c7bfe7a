// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/agenda.h"
#include "tests/sim/dice.h"
#include "tests/sim/plan.h"

#include <algorithm>

namespace planb::sim {

namespace {

using namespace std::chrono_literals;

constexpr Micros kDay = 24h;
/// Repeats to somebody who is away may be a day apart, and a fifth more; every message gets several.
constexpr Micros kCalm = 6 * kDay;

/// Makes one plan; throws the dice in a fixed order.
class Planner
{
public:
    Planner(std::uint64_t seed, Mode mode) : m_dice(seed, 1)
    {
        m_plan.seed = seed;
        m_plan.mode = mode;
    }

    Plan plan()
    {
        drawSpan();
        drawServers();
        drawPeople();
        drawMessages();
        drawFaults();
        return std::move(m_plan);
    }

private:
    void drawSpan()
    {
        static const std::vector<Micros> spans{10min, 10min, 2h, 2h, 2h, 2 * kDay, 2 * kDay, 35 * kDay};
        m_plan.faultsEnd = Agenda::kBeginning + m_dice.oneOf(spans);
        m_plan.end = m_plan.faultsEnd + (m_plan.mode == Mode::Liveness ? kCalm : Micros(0));
    }

    void drawServers()
    {
        addServer(TransportKind::Xmpp, 5ms, 150ms);
        if (m_dice.chance(0.7))
            addServer(TransportKind::Xmpp, 5ms, 400ms);
        if (m_dice.chance(0.4))
            addServer(TransportKind::Email, 200ms, 3s);
        if (m_dice.chance(0.3))
            addServer(TransportKind::Lan, 300us, 5ms);
        if (m_dice.chance(0.2))
            addServer(TransportKind::Sms, 300ms, 4s);
    }
    void addServer(TransportKind kind, Micros low, Micros high)
    {
        m_plan.servers.push_back({kind, m_dice.time(low, high)});
    }

    void drawPeople()
    {
        static const std::vector<int> counts{2, 2, 2, 2, 2, 3, 3, 3, 4, 5};
        m_plan.people.resize(static_cast<std::size_t>(m_dice.oneOf(counts)));
        for (PlannedPerson &person : m_plan.people) {
            for (std::size_t server = 0; server < m_plan.servers.size() && person.chain.size() < 4; ++server) {
                if (m_dice.chance(server == 0 ? 0.9 : 0.7))
                    person.chain.push_back(server);
            }
            if (person.chain.empty())
                person.chain.push_back(0);
            for (std::size_t i = person.chain.size() - 1; i > 0 && m_dice.chance(0.4); --i)
                std::swap(person.chain[i], person.chain[m_dice.pick(i + 1)]);
        }
        const bool haveAddedEachOther = m_dice.chance(0.7);
        for (PlannedPerson &person : m_plan.people) {
            for (const PlannedPerson &other : m_plan.people) {
                const bool isKnown = &other != &person && (haveAddedEachOther || m_dice.chance(0.6));
                person.knows.push_back(isKnown ? other.chain : std::vector<std::size_t>());
            }
        }
    }

    void drawMessages()
    {
        const int count = m_dice.between(10, 30);
        const Micros span = m_plan.faultsEnd - Agenda::kBeginning;
        MonoTime at = Agenda::kBeginning;
        for (int i = 0; i < count; ++i) {
            // People talk, fall silent, and talk again.
            at += m_dice.chance(0.75) ? m_dice.timeOfAnyLength(20ms, 2min) : m_dice.time(0us, span / 5);
            if (at > m_plan.faultsEnd)
                at = Agenda::kBeginning + m_dice.time(0us, span);
            addMessage(at, m_dice.pick(m_plan.people.size()));
        }
    }
    void addMessage(MonoTime at, std::size_t from)
    {
        PlannedMessage message{at, from, m_dice.pick(m_plan.people.size() - 1), m_dice.between(4, 60), false};
        if (message.to >= from)
            ++message.to;
        if (m_dice.chance(0.04))
            message.bytes = m_dice.between(1'000, 20'000);
        message.isMetered = m_dice.chance(0.05);
        m_plan.messages.push_back(message);
    }

    void drawFaults()
    {
        std::vector<FaultKind> kinds;
        const double share = m_dice.oneOf(std::vector{0.1, 0.2, 0.4});
        for (const FaultTraits &traits : allFaults()) {
            if (m_dice.chance(share))
                kinds.push_back(traits.kind);
        }
        while (kinds.size() < 3)
            kinds.push_back(allFaults()[m_dice.pick(allFaults().size())].kind);
        for (const FaultKind kind : kinds) {
            const int times = m_dice.between(1, 3);
            for (int i = 0; i < times; ++i)
                addFault(kind);
        }
        std::ranges::stable_sort(m_plan.faults, {}, &Fault::from);
    }

    void addFault(FaultKind kind)
    {
        const Micros span = m_plan.faultsEnd - Agenda::kBeginning;
        Fault fault;
        fault.kind = kind;
        fault.from = fault.until = Agenda::kBeginning + m_dice.time(0us, span);
        fault.person = m_dice.pick(m_plan.people.size());
        fault.hitsEverybody = m_dice.chance(0.5);
        fault.server = m_dice.pick(m_plan.servers.size());
        fault.number = m_dice.next();
        // Half of them where something is going on.
        if (m_dice.chance(0.5) && !m_plan.messages.empty()) {
            const MonoTime talk = m_dice.oneOf(m_plan.messages).at;
            fault.from = fault.until = std::min(talk + m_dice.timeOfAnyLength(1ms, 20s), m_plan.faultsEnd);
        }
        fault.until = std::min(fault.from + lengthOf(kind), m_plan.faultsEnd);
        m_plan.faults.push_back(fault);
        if (kind == FaultKind::Burst) {
            const int count = m_dice.between(15, 60);
            for (int i = 0; i < count; ++i)
                addMessage(fault.from, fault.person);
        }
    }

    Micros lengthOf(FaultKind kind)
    {
        switch (kind) {
        case FaultKind::Reset:
        case FaultKind::HalfOpen:
        case FaultKind::Kill:
        case FaultKind::PowerCut:
        case FaultKind::ClockJump:
        case FaultKind::Restarts:
        case FaultKind::OneWayOnly:
        case FaultKind::SendsAndRestarts:
        case FaultKind::RemovesTransport:
        case FaultKind::ChangesChain:
        case FaultKind::Burst: return Micros(0);
        case FaultKind::AllDown: return m_dice.oneOf(std::vector<Micros>{1min, 10min, kDay, 29 * kDay});
        case FaultKind::Flapping: return m_dice.time(5s, 2min);
        case FaultKind::Suspend: return m_dice.timeOfAnyLength(1s, 8h);
        case FaultKind::RemovesContact: return m_dice.timeOfAnyLength(1s, 6h);
        default: return m_dice.timeOfAnyLength(1s, 12h);
        }
    }

    Dice m_dice;
    Plan m_plan;
};

} // namespace

Plan planFor(std::uint64_t seed, Mode mode)
{
    return Planner(seed, mode).plan();
}

} // namespace planb::sim
