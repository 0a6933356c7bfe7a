// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/sim/dice.h"
#include "tests/sim/parcel.h"
#include "tests/sim/plan.h"

#include <deque>
#include <functional>
#include <map>
#include <optional>

namespace planb::sim {

class World;

/// A server of any kind. It keeps what came for somebody until their client has acknowledged it, as XMPP servers and
/// mailboxes do, and is as unreliable as the faults of its world say. On a local network, where there is no server,
/// it is the cable: what finds nobody at the other end fails at once.
class Server
{
public:
    Server(World &world, std::size_t index, const PlannedServer &planned);

    TransportKind kind() const { return m_planned.kind; }
    QString addressOf(std::size_t person) const;

    /// A new login takes the place of the person's former one, and gets what has not been acknowledged.
    SessionPtr logIn(SimTransport &transport, std::size_t person);
    /// The client is gone, and the server has noticed.
    void logOut(const SessionPtr &session);
    SessionPtr sessionOf(std::size_t person) const;

    // What comes up a session.
    void take(const SessionPtr &session, AttemptId attempt, const Parcel &parcel);
    void takeNews(const SessionPtr &session, const Parcel &news);
    void acknowledge(const SessionPtr &session, quint64 entry);

    void restart(bool losesState);
    /// Hands out once more what was acknowledged long ago.
    void deliverFromArchive();
    Micros oneWay(std::size_t person);

private:
    struct Entry {
        quint64 id = 0;
        Parcel parcel;
        std::uint64_t session = 0; ///< on which it was pushed; 0: waits
        std::function<void(bool isCommitted)> onDone;
    };
    struct Box {
        std::deque<Entry> waiting;
        std::deque<Parcel> archive;
        SessionPtr session;
    };

    void answer(const SessionPtr &session, AttemptId attempt, std::optional<Failure> failure);
    std::optional<Failure> refusalOf(const Parcel &parcel);
    int copiesOf(const Parcel &parcel);
    void passOn(const Parcel &parcel);
    void store(const Parcel &parcel, std::function<void(bool)> onDone);
    void bounce(const Parcel &parcel);
    void giveBack(Box &box);
    void push(Box &box, Entry &entry);
    void takeOnCable(const SessionPtr &session, AttemptId attempt, const Parcel &parcel);
    bool has(FaultKind kind) const;
    void note(const std::string &what) const;

    World &m_world;
    std::size_t m_index;
    PlannedServer m_planned;
    Dice m_dice;
    std::map<std::size_t, Box> m_boxes;
    quint64 m_lastEntry = 0;
};

} // namespace planb::sim
