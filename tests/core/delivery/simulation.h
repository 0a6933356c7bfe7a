// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/delivery/engine.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace planb::delivery::test {

/// The engine between random transports and contacts; the same seed is the same story.
///
/// Each seed turns on some kinds of trouble: links that fall, freeze or flap, servers that refuse, are busy,
/// lose or give back what they took, contacts that do not confirm, a user who changes the chain, a shell that
/// wakes late or restarts. Transports keep the port's contract: one answer for each attempt, at the latest when
/// the link goes down. After every event the engine's promises are checked against what a bystander knows;
/// the first broken one ends the story.
class Simulation
{
public:
    enum class Keep { Effects, Text };
    explicit Simulation(std::uint64_t seed, Keep keep = Keep::Effects);

    /// Lets so many random things happen.
    void run(int steps);
    /// All trouble ends: what can be delivered now has to be delivered within a few days.
    void calmDown();

    /// What went wrong; empty if nothing did.
    const std::string &complaint() const { return m_complaint; }
    const Effects &log() const { return m_log; }
    /// The story as text, where it was asked for.
    const std::string &text() const { return m_text; }

private:
    struct Trouble {
        bool fallingLinks = false;
        bool freezing = false;
        bool refusing = false;
        bool busy = false;
        bool losing = false;
        bool bouncing = false;
        bool rejecting = false;
        bool changingChain = false;
        bool changingContacts = false;
        bool lateWakes = false;
        bool restarting = false;
        bool burst = false;
    };
    struct SimLink {
        ChainLink chain;
        bool isInChain = true;
        bool isUp = false;
        bool isFrozen = false;
        bool isSuspect = false; ///< its transport said so, or the engine asked it for a sign of life
        bool isUnclear = false; ///< asked for a sign of life for a reason that cannot be seen from outside
        MonoTime lastProgress{};
        std::vector<AttemptId> open;
    };
    struct SimMessage {
        ItemQueued item;
        MonoTime queuedAt;
        MessageState shown = MessageState::Queued;
        bool isAccepted = false; ///< some hop took it, and it has not come back since
        bool isWrittenAsAccepted = false; ///< … and the outbox knows
        bool isRestored = false; ///< the engine does not know what has been shown
        bool hasArrived = false;
        bool isForgotten = false;
        std::set<TransportId> rejectedBy;
        std::map<Route, AttemptId> open;
        std::vector<Route> takenOn;
    };
    struct SimAttempt {
        StartAttempt start;
        MonoTime startedAt;
    };
    struct SimPath {
        MonoTime restsAtMostUntil{};
        bool isRefused = false;
    };

    // ---- simulation.cpp: the ordinary ----
    void step();
    void queueMessage();
    void answerOne();
    void takeOrRefuse(SimLink &link, AttemptId attempt);
    void answer(AttemptId attempt, std::optional<Failure> failure);
    void confirmOne();
    void passSomeTime();
    void passTime(Micros time);
    void answerEverything();
    SimLink *randomLink(bool isUp);

    // ---- simulation_trouble.cpp ----
    void moveALink();
    void linkFalls(SimLink &link);
    void linkIsReady(SimLink &link);
    void endOpenAttempts(SimLink &link);
    void freezeOrThaw();
    void bounceOne();
    void tellChain();
    void changeChain();
    void changeContact();
    void restart();

    // ---- simulation_checks.cpp: the engine and its effects ----
    void post(const Event &event);
    void take(const StartAttempt &effect);
    void take(const FinishAttempt &) {}
    void take(const AdvanceMessage &effect);
    void take(const ForgetItem &effect);
    void take(const SendAck &) {}
    void take(const ProbeLink &effect);
    void take(const NudgeLink &effect);
    void take(const SwitchedRoute &effect);
    void checkAnswered(const HandedOver &event, const Effects &effects);
    void checkNobodyIsIdle();
    bool isInGoodHands(const SimMessage &message) const;
    std::optional<Route> overlookedRoute(const SimMessage &message) const;
    bool mayCarry(const SimMessage &message, const SimLink &link) const;
    bool canBeDelivered(const SimMessage &message) const;
    void checkAllDone();
    void write(const Event &event, const Effects &effects);
    void complain(const std::string &what);

    bool chance(double probability) { return m_random.uniform() < probability; }
    std::size_t pick(std::size_t count) { return static_cast<std::size_t>(m_random.next() % count); }
    SimLink &linkOf(TransportId id) { return m_links.at(static_cast<std::size_t>(id.value() - 1)); }

    SeededRandom m_random;
    SeededRandom m_engineRandom;
    Trouble m_trouble;
    bool m_isCalm = false;
    std::optional<Engine> m_engine;
    MonoTime m_now{std::chrono::hours(1)};
    Micros m_lateness{0};
    std::vector<SimLink> m_links; ///< by id
    std::vector<TransportId> m_order; ///< of the chain
    std::map<ContactId, ContactChanged> m_contacts;
    std::map<MessageId, SimMessage> m_messages; ///< those the engine has
    std::map<MessageId, SimMessage> m_former; ///< plain ones that were taken and forgotten: they may come back
    std::map<AttemptId, SimAttempt> m_attempts;
    std::map<Route, SimPath> m_paths;
    std::map<TransportId, MonoTime> m_lostAt;
    std::set<TransportId> m_everLost;
    std::vector<MessageId> m_unconfirmed; ///< arrived; the confirmation is on its way
    AttemptId m_lastAttempt;
    qint64 m_lastMessage = 0;
    std::map<MessageId, int> m_startsInThisEvent;
    int m_events = 0;
    Keep m_keep;
    Effects m_log;
    std::string m_text;
    std::string m_complaint;
};

} // namespace planb::delivery::test
