// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/delivery/engine.h"

#include <map>
#include <optional>
#include <ostream>
#include <set>
#include <vector>

namespace planb::delivery::test {

using namespace std::chrono_literals;

inline constexpr TransportId kPrimary{1};
inline constexpr TransportId kBackup{2};
inline constexpr TransportId kMail{3};
inline constexpr TransportId kPhone{4};
inline constexpr ContactId kBob{1};
inline constexpr ContactId kCarol{2};

ChainLink primary(); ///< xmpp at one.example, up to 10,000 bytes
ChainLink backup(); ///< xmpp at two.example, up to 10,000 bytes
ChainLink mail(); ///< email at post.example, up to 100,000 bytes
ChainLink phone(); ///< sms, up to 140 bytes, metered, with limits that no test reaches unless it says so
Address bobAtOne();
Address bobAtTwo();
Address bobAtPost();
Address bobsNumber();

using Ways = std::vector<TransportId>;
using States = std::vector<MessageState>;

/// Alice's engine with everything around it: her chain, a contact bob, time, and transports that do what the
/// test says. Begins with all links up and bob, whose client removes repeats, reachable on all of them.
///
/// Transports keep the port's contract (one answer for each attempt, at the latest when the link goes down).
/// Every event is checked: no attempt on a link that is down, no state that moves back, no wake-up that stays
/// in the past.
class EngineWorld
{
public:
    explicit EngineWorld(std::vector<ChainLink> chain = {primary(), backup()});

    // ---- time and events ----
    MonoTime now() const { return m_now; }
    /// Lets time pass; wakes the engine whenever it asked for it, and lets due answers come in.
    void advance(Micros time);
    /// Time passes without a wake-up, as when the computer is busy.
    void oversleeps(Micros time) { m_now += time; }
    void post(const Event &event);
    std::optional<MonoTime> nextWake() const { return m_engine->nextWake(m_now); }
    const Engine &engine() const { return *m_engine; }

    // ---- alice's transports ----
    class LinkVerbs
    {
    public:
        LinkVerbs(EngineWorld &world, TransportId id) : m_world(world), m_id(id) {}
        void comesUp(std::optional<Micros> rtt = {});
        /// First the state, then the answers of the attempts that were open.
        void goesDown(FailureCode code = FailureCode::ConnectionLost);
        /// First the answers, then the state.
        void breaksAndGoesDown();
        void failsToConnect(FailureCode code = FailureCode::ConnectionRefused);
        void becomesSuspect();
        /// From now on accepts every attempt after this time; without it answers come only on the test's word.
        void answersAfter(Micros delay);
        void freezes(); ///< no answer leaves it any more, and nothing tells so
        void thaws(); ///< all that is overdue is answered now

    private:
        EngineWorld &m_world;
        TransportId m_id;
    };
    LinkVerbs link(TransportId id) { return {*this, id}; }
    void chainBecomes(std::vector<ChainLink> chain);
    /// The application ends and starts again with what is in its outbox; all links are down.
    void restarts();

    // ---- alice's messages ----
    MessageId send(ContactId to = kBob, qsizetype textBytes = 100, std::optional<TransportId> via = {});
    MessageId queue(ItemQueued item); ///< gives it the next id
    void accepts(MessageId message, TransportId by);
    void refuses(MessageId message, TransportId by, FailureCode code, std::optional<Millis> retryAfter = {});
    void bounces(MessageId message, TransportId by, const Address &address, FailureCode code);

    // ---- the other side ----
    void contactIs(ContactId contact, std::vector<Address> addresses, bool removesRepeats = true);
    void bobUsesAnotherClient() { contactIs(kBob, m_bobsAddresses, false); }
    void confirms(MessageId message, std::optional<TransportId> via = {});
    void hears(ContactId contact = kBob) { post(Heard{contact}); }

    // ---- what came of it ----
    std::vector<StartAttempt> attempts(MessageId message) const;
    Ways waysOf(MessageId message) const; ///< the transports of its attempts, in order
    Ways openWaysOf(MessageId message) const; ///< those that owe an answer
    AttemptId attempt(MessageId message, TransportId on) const; ///< the latest
    std::vector<AttemptState> endsOf(AttemptId attempt) const;
    MessageState shown(MessageId message) const;
    States statesOf(MessageId message) const; ///< as the user saw them
    bool isForgotten(MessageId message) const { return m_forgotten.contains(message); }
    bool isInOutbox(MessageId message) const { return m_outbox.contains(message); }
    std::vector<SwitchedRoute> switches() const { return all<SwitchedRoute>(); }
    int probesOf(TransportId id) const;
    int nudgesOf(TransportId id) const;
    /// All effects so far.
    const Effects &log() const { return m_log; }

private:
    struct Transport {
        bool isUp = false;
        bool isFrozen = false;
        std::optional<Micros> answerDelay;
    };
    struct OutboxRow {
        ItemQueued item;
        MonoTime queuedAt;
    };

    template<class E>
    std::vector<E> all() const
    {
        std::vector<E> found;
        for (const Effect &effect : m_log) {
            if (const E *one = std::get_if<E>(&effect))
                found.push_back(*one);
        }
        return found;
    }
    void take(const Effect &effect);
    void take(const StartAttempt &effect);
    void take(const AdvanceMessage &effect);
    void answer(AttemptId attempt, std::optional<Failure> failure);
    void answerDue();
    std::vector<AttemptId> openOn(TransportId id) const;
    std::optional<MonoTime> nextHappening() const;

    SeededRandom m_random{1};
    std::optional<Engine> m_engine;
    MonoTime m_now{1h};
    std::vector<ChainLink> m_chain;
    std::vector<Address> m_bobsAddresses;
    std::map<ContactId, ContactChanged> m_contacts;
    std::map<TransportId, Transport> m_transports;
    std::map<AttemptId, StartAttempt> m_open;
    std::multimap<MonoTime, AttemptId> m_answers;
    std::map<MessageId, OutboxRow> m_outbox;
    std::map<MessageId, States> m_states;
    std::set<MessageId> m_forgotten;
    AttemptId m_lastAttempt;
    qint64 m_lastMessage = 0;
    Effects m_log;
};

} // namespace planb::delivery::test

namespace planb {

// How a failed expectation prints these.
void PrintTo(const TransportId &id, std::ostream *out);
void PrintTo(const AttemptState &state, std::ostream *out);
void PrintTo(const MessageState &state, std::ostream *out);

} // namespace planb
