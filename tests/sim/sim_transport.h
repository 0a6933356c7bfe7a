// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/backoff.h"
#include "core/transport/transport.h"
#include "tests/sim/dice.h"
#include "tests/sim/parcel.h"

#include <functional>
#include <map>
#include <set>

namespace planb::sim {

class Person;
class Server;
class World;

/// A transport of the product's port that talks to a simulated server. Keeps the port's contract whatever the world
/// does to it. Belongs to the profile of one process; when that dies it falls silent in mid-word.
class SimTransport final : public Transport
{
public:
    SimTransport(TransportId id, World &world, Person &person, std::size_t server);
    ~SimTransport() override;

    TransportTraits traits() const override;
    LinkState state() const override { return m_state; }
    void start() override;
    void stop() override;
    void nudge() override;
    void send(AttemptId attempt, const Payload &payload, const Address &to) override;
    void acknowledge(const QList<StreamAck> &acks, const Address &to) override;
    void probe() override;
    void handled(quint64 token, Disposition disposition) override;

    std::size_t server() const { return m_server; }
    // By the world's time.
    MonoTime lastProgress() const { return m_lastProgress; }
    MonoTime readySince() const { return m_readySince; }

    // What comes down a session, after the way it has to go.
    void receiveAnswer(const SessionPtr &session, AttemptId attempt, std::optional<Failure> failure);
    void receiveReport(const SessionPtr &session, const Parcel &about);
    void receiveParcel(const SessionPtr &session, quint64 entry, const Parcel &parcel);

    /// The connection is cut, and both sides know.
    void onReset(const SessionPtr &session);
    void cut(FailureCode code = FailureCode::ConnectionLost);
    /// Nothing passes any more, and nobody says so: it is found out by the next sign of life that is missing.
    void onSilence();
    /// The server has given the session up and has not said so.
    void forgetByServer();
    /// The process is gone. `isTold`: its system closed the connection.
    void vanish(bool isTold);

private:
    void enter(LinkState state);
    void connectNow();
    void finishConnecting();
    std::optional<Failure> whyNot() const;
    void waitAfter(const Failure &failure);
    void lose(const Failure &failure);
    void endSession(bool isTold);
    void endOpenAttempts();
    void showLife();
    bool isMute() const;
    void up(std::function<void(const SessionPtr &)> what);
    void down(const SessionPtr &session, std::function<void()> what);
    void takeIn(quint64 entry, const Parcel &parcel);
    void tellNews(const Parcel &parcel);
    Incoming incomingOf(quint64 entry, const Parcel &parcel) const;
    void later(Micros wait, std::function<void()> what);
    std::string name() const;

    World &m_world;
    Person &m_person;
    std::size_t m_server;
    Dice m_dice;
    Backoff m_backoff;
    LinkState m_state;
    SessionPtr m_session;
    std::uint64_t m_try = 0; ///< which connection this is; what belongs to an earlier one is void
    bool m_isProbing = false;
    MonoTime m_lastProgress{};
    MonoTime m_readySince{};
    std::set<AttemptId> m_open;
    std::map<quint64, Parcel> m_unhandled;
    QList<Incoming> m_inbound; ///< arrived, and to be told in this instant
};

} // namespace planb::sim
