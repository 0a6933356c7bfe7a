// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/messenger/open_profile.h"
#include "tests/sim/dice.h"
#include "tests/sim/disk.h"
#include "tests/sim/plan.h"

#include <QObject>

#include <memory>
#include <optional>
#include <vector>

namespace planb::sim {

class SimTransport;
class World;

/// A computer's two clocks. The monotonic one stands still while the computer sleeps and starts anywhere; the other
/// one is set by people.
class MachineClock final : public Clock
{
public:
    explicit MachineClock(World &world) : m_world(world) {}
    MonoTime now() const override;
    WallTime wall() const override;

    void boot(MonoTime reading);
    void jump(Millis distance) { m_wallOffset += distance; }
    void sleepUntil(MonoTime worldTime);
    MonoTime wakesAt() const { return m_wakesAt; }
    /// When, by the world's time, now() will be `reading`.
    MonoTime worldTimeOf(MonoTime reading) const;

private:
    World &m_world;
    Micros m_offset{0};
    Millis m_wallOffset{0};
    MonoTime m_fellAsleepAt{};
    MonoTime m_wakesAt{};
};

/// One user with one computer and the real product on it: its store, chain, courier and inbox.
class Person final : public TransportFactory
{
public:
    Person(World &world, std::size_t index, Disk::Files emptyStore);
    ~Person() override;

    std::size_t index() const { return m_index; }
    Lifeline &life() { return *m_life; }
    Random &random() { return m_random; }
    MachineClock &clock() { return m_clock; }
    Disk &disk() { return m_disk; }
    bool isRunning() const { return m_profile && !m_life->isOver(); }
    bool isSuspended() const;
    MonoTime resumesAt() const { return m_clock.wakesAt(); }
    OpenProfile &profile() { return *m_profile; }
    store::Store &store() { return *m_store; }
    /// True if everything the process has done so far would survive a power cut and nothing is half done.
    bool isSettled() const;
    const std::vector<SimTransport *> &transports() const { return m_transports; }
    SimTransport *transportAt(std::size_t server) const;

    // What the user does; only while running and awake.
    void setUp();
    void send(const PlannedMessage &message);
    void meet(std::size_t other);
    void forgetContact(std::size_t other);
    void rearrange(Dice &dice);
    void useNoLonger(std::size_t server);
    void useAgain(std::size_t server);
    void retryBlocked();
    std::optional<Contact> contactFor(std::size_t other);

    // What happens to the computer.
    void open();
    void close();
    /// At the n-th act of the process from now on; 0: now.
    void dieBefore(int acts, bool byPowerCut);
    void suspend(MonoTime until);
    void keepCopy() { m_copy = m_disk.files(); }
    bool hasCopy() const { return m_copy.has_value(); }
    void restoreCopy() { m_disk.replace(*m_copy); }
    /// Buries a dead process, sees to a broken one, and asks when the product wants to be woken.
    void afterStep();

    // TransportFactory
    QList<TransportKindInfo> kinds() const override { return {}; }
    Result<QJsonObject> checked(TransportKind kind, const QJsonObject &settings) const override;
    Result<std::unique_ptr<Transport>> create(const TransportConfig &config, const QString &deviceName) override;
    void add(SimTransport &transport) { m_transports.push_back(&transport); }
    void forget(SimTransport &transport) { std::erase(m_transports, &transport); }

private:
    std::string name() const { return numbered('p', m_index); }
    void placeMarkers();
    void checkWholeFile();
    void listen();
    void bury();
    void openLater(Micros wait);
    void armWake();
    std::optional<Failure> whyBroken() const;
    QList<Address> addressesOf(std::size_t other) const;
    std::optional<TransportId> transportIdAt(std::size_t server);
    void readAll(ConversationId conversation);

    World &m_world;
    std::size_t m_index;
    std::string m_path;
    Dice m_dice;
    SeededRandom m_random;
    MachineClock m_clock;
    Disk m_disk;
    std::optional<Disk::Files> m_copy;
    std::shared_ptr<Lifeline> m_life;
    bool m_diesByPowerCut = false;
    bool m_isOpening = false;
    bool m_isOpeningPlanned = false;
    std::vector<SimTransport *> m_transports;
    store::Store *m_store = nullptr; ///< the profile's
    std::unique_ptr<OpenProfile> m_profile;
    std::optional<MonoTime> m_wakeAt;
};

} // namespace planb::sim
