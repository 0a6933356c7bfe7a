// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/messenger/messenger_types.h"
#include "core/model/message.h"
#include "core/transport/transport.h"
#include "tests/sim/parcel.h"

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>

namespace planb::sim {

class Person;
class SimTransport;
class World;

/// What a bystander who sees everything has written down: what was written, promised, sent, stored and shown. From
/// it come all checks. The invariants' numbers are those of docs/simulator.md.
class Book
{
public:
    explicit Book(World &world) : m_world(world) {}

    std::size_t size() const { return m_records.size(); }
    /// A new text nobody has written before.
    std::size_t compose(std::size_t author, std::size_t reader, int bytes, bool isMetered);
    const QString &textOf(std::size_t record) const { return m_records[record].text; }
    std::string nameOf(const Payload &payload) const;

    // What people and their programs do.
    void onPromised(std::size_t author, std::size_t record, MessageId id);
    void onAdded(Person &person, const Message &message);
    void onUpdated(Person &person, MessageId id, MessageState state);
    void onContactRemoved(std::size_t person, std::size_t other);
    void onRestored(std::size_t person);
    void onDiskFault(std::size_t person) { m_diskFaults.insert(person); }
    bool hasDiskFault(std::size_t person) const { return m_diskFaults.contains(person); }
    void onProcessEnd(std::size_t person);

    // What goes over the wires.
    void onWire(std::size_t person, const SimTransport &transport, AttemptId attempt, const Payload &payload,
                const Address &to);
    void onAnswer(std::size_t person, AttemptId attempt, const std::optional<Failure> &failure);
    void onArriving(const Parcel &parcel);
    void onBounce(std::size_t person, std::size_t server, const Payload &payload);
    void onAcks(std::size_t person, const QList<StreamAck> &acks, const Address &to);
    void onCommitted(std::size_t person, const Parcel &parcel);
    void onLost(const Payload &payload);

    // Looks at everything; called after every start, at the end, and after every step.
    void checkStore(Person &person);
    void checkStep();
    void checkEverythingArrived();

private:
    struct Open {
        std::size_t server;
        MonoTime since;
    };
    struct Record {
        std::size_t index = 0;
        std::size_t author = 0;
        std::size_t reader = 0;
        QString text;
        bool isMetered = false; ///< the user said: by SMS
        // At the author's.
        bool isPromised = false;
        bool isGone = false; ///< with a removed contact, or with the time a restored store does not know
        std::optional<MessageId> id;
        MessageState shown = MessageState::Queued;
        int life = 0; ///< how many stores the author has had before this one
        // On its way.
        std::map<AttemptId, Open> open;
        bool isTaken = false; ///< a hop took it in this run of the author's program
        bool mayBeTakenAtItsWord = false; ///< … when the reader was not known to be PlanB: that is all there will be
        bool isLostByServer = false;
        std::optional<MonoTime> idleSince;
        // At the reader's.
        bool isStored = false; ///< acknowledged, so it has to stay
        bool isShown = false;
        bool isUnmarked = false; ///< came without the author's order
        std::map<StreamId, quint64> places; ///< by which its marked copies came
        bool isRolledBack = false; ///< the reader has put an older store in place
    };

    Record *recordOf(const QString &text);
    Record *outgoing(std::size_t person, MessageId id);
    std::string label(const Record &record) const;
    void complain(const char *invariant, const Record &record, const std::string &what) const;
    void checkIncoming(Person &person, const Message &message);
    void checkOutgoing(Person &person, const Message &message, Record &record);
    void checkConversation(Person &person, const ConversationSummary &conversation, std::set<std::size_t> &present);
    void checkOrder(const QList<Message> &page);
    void checkNothingVanished(std::size_t person, const std::set<std::size_t> &present);
    void checkOutbox(Person &person);
    void markStored(Record &record);
    void checkDelivered(const Record &record) const;
    void adopt(Person &person);
    std::optional<std::size_t> authorOf(Person &person, ContactId contact) const;
    void checkNobodyIsIdle();
    bool isOverlooked(const Record &record, MonoTime now) const;
    bool canBeReached(const Record &record) const;

    World &m_world;
    std::deque<Record> m_records;
    std::map<std::pair<std::size_t, MessageId>, std::size_t> m_byId;
    std::map<std::pair<std::size_t, AttemptId>, std::size_t> m_attempts;
    /// Author, reader and server of ways that were refused, and until when by the author's clock, which stands still
    /// while the computer sleeps, they may be left alone.
    std::map<std::tuple<std::size_t, std::size_t, std::size_t>, MonoTime> m_rests;
    /// What each person has stored of each stream, and has claimed to have towards each address: until somebody with
    /// two addresses is added, nobody can know that they are one person.
    std::map<std::pair<std::size_t, StreamId>, std::set<quint64>> m_storedNumbers;
    std::map<std::tuple<std::size_t, Address, StreamId>, AckRanges> m_claimed;
    std::map<std::size_t, int> m_lives;
    std::set<std::size_t> m_justRestored;
    std::set<std::size_t> m_diskFaults;
    std::set<std::size_t> m_justStored; ///< acknowledged in this step
    std::set<std::size_t> m_untaken; ///< promised, and no hop has taken it yet
};

} // namespace planb::sim
