// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/person.h"

#include "tests/sim/crash_vfs.h"
#include "tests/sim/sim_transport.h"
#include "tests/sim/store_template.h"
#include "tests/sim/world.h"

#include <QFile>

#include <algorithm>
#include <utility>

namespace planb::sim {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

MonoTime MachineClock::now() const
{
    const MonoTime world = m_world.agenda().now();
    return (world < m_wakesAt ? m_fellAsleepAt : world) + m_offset;
}

WallTime MachineClock::wall() const
{
    constexpr Millis kToday{1'800'000'000'000};
    return WallTime(kToday + std::chrono::floor<Millis>(m_world.agenda().now().time_since_epoch()) + m_wallOffset);
}

void MachineClock::boot(MonoTime reading)
{
    m_offset = reading - m_world.agenda().now();
    m_wakesAt = {};
}

void MachineClock::sleepUntil(MonoTime worldTime)
{
    m_fellAsleepAt = m_world.agenda().now();
    m_wakesAt = worldTime;
    m_world.agenda().at(worldTime, [this, worldTime] {
        if (m_wakesAt == worldTime)
            m_offset -= worldTime - m_fellAsleepAt;
        m_wakesAt = {};
    });
}

MonoTime MachineClock::worldTimeOf(MonoTime reading) const
{
    const MonoTime time = reading - m_offset;
    return m_world.agenda().now() < m_wakesAt ? m_wakesAt + (time - m_fellAsleepAt) : time;
}

Person::Person(World &world, std::size_t index, Disk::Files emptyStore)
    : m_world(world)
    , m_index(index)
    , m_path(world.pathOf(index))
    , m_dice(world.plan().seed, 0x9E0000 + index)
    , m_random(world.plan().seed * 31 + index)
    , m_clock(world)
    , m_disk(m_dice.chance(0.5) ? 512 : 4096)
    , m_life(std::make_shared<Lifeline>())
{
    m_disk.replace(std::move(emptyStore));
    world.vfs().mount(m_path, m_disk);
}

Person::~Person()
{
    m_life->end();
    m_profile.reset();
    m_world.vfs().unmount(m_path);
}

bool Person::isSuspended() const
{
    return m_world.agenda().now() < m_clock.wakesAt();
}

bool Person::isSettled() const
{
    // What was being copied out of the log when a process died is still in the log.
    const std::string log = m_path + "-wal";
    const bool isSynced = m_disk.isSynced(m_disk.sizeOf(log) > 0 ? log : m_path);
    return isSynced && !m_world.vfs().isBeingWritten(m_path);
}

SimTransport *Person::transportAt(std::size_t server) const
{
    const auto found = std::ranges::find(m_transports, server, &SimTransport::server);
    return found == m_transports.end() ? nullptr : *found;
}

/// The store looks for its files before SQLite opens them: what it finds must have the right names and sizes.
void Person::placeMarkers()
{
    const QString log = QString::fromStdString(m_path) + u"-wal"_s;
    if (m_disk.sizeOf(m_path + "-wal") == 0) {
        QFile::remove(log);
        return;
    }
    QFile marker(log);
    if (!marker.open(QIODevice::WriteOnly) || marker.write("x") != 1)
        m_world.complain("rig", "cannot write " + log.toStdString());
}

void Person::open()
{
    m_isOpeningPlanned = false;
    if (m_profile)
        return;
    if (isSuspended()) {
        openLater(m_clock.wakesAt() - m_world.agenda().now());
        return;
    }
    m_life = std::make_shared<Lifeline>();
    m_disk.setLifeline(m_life);
    m_clock.boot(MonoTime(m_dice.timeOfAnyLength(1s, 1000h)));
    placeMarkers();
    m_isOpening = true;
    m_world.note(name() + " starts PlanB");
    auto store = store::Store::open(QString::fromStdString(m_path), kStoreKey);
    const bool isTroubled = m_disk.trouble() != Disk::Trouble::None;
    if (store) {
        m_store = store->get();
        auto profile = OpenProfile::open(std::move(*store), {*this, m_clock, m_random, true});
        if (profile)
            m_profile = std::move(*profile);
        else
            m_world.note(name() + " cannot open: " + describe(profile.error()).toStdString());
        if (!profile && !isTroubled && !m_life->isOver())
            m_world.complain("I20", "a profile does not open: " + describe(profile.error()).toStdString());
    } else if (!isTroubled && !m_life->isOver()) {
        m_world.complain("I20", "a store does not open: " + describe(store.error()).toStdString());
    }
    m_isOpening = false;
    if (!m_profile) {
        m_life->end();
        bury();
        return;
    }
    listen();
    checkWholeFile();
    if (isRunning())
        m_world.book().checkStore(*this);
}

void Person::checkWholeFile()
{
    if (m_life->isOver() || m_disk.trouble() != Disk::Trouble::None)
        return;
    const auto database = store::Database::open(QString::fromStdString(m_path), kStoreKey,
                                                store::Database::Mode::ReadOnly);
    if (!database) {
        m_world.complain("I20", "cannot read a store: " + describe(database.error()).toStdString());
        return;
    }
    const auto found = (*database)->query("PRAGMA integrity_check(1)").all([](store::Statement &row) {
        return row.get<QString>(0);
    });
    if (!found || *found != QList<QString>{u"ok"_s})
        m_world.complain("I20", found ? found->join(u' ').toStdString() : describe(found.error()).toStdString());
}

void Person::listen()
{
    QObject::connect(m_profile.get(), &OpenProfile::messageAdded, [this](const Message &message) {
        if (!m_life->isOver())
            m_world.book().onAdded(*this, message);
    });
    QObject::connect(m_profile.get(), &OpenProfile::messageUpdated, [this](MessageId id, MessageState state) {
        if (!m_life->isOver())
            m_world.book().onUpdated(*this, id, state);
    });
}

void Person::close()
{
    if (!m_profile)
        return;
    m_world.note(name() + " closes PlanB");
    m_profile.reset();
    m_store = nullptr;
    if (m_life->isOver()) {
        bury();
        return;
    }
    m_life->end();
    m_world.vfs().forgetLocks(m_path);
    m_world.book().onProcessEnd(m_index);
}

void Person::dieBefore(int acts, bool byPowerCut)
{
    if (!isRunning())
        return;
    m_diesByPowerCut = byPowerCut;
    if (acts > 0)
        m_life->endBefore(acts);
    else
        m_life->end();
}

void Person::bury()
{
    const bool isPowerCut = std::exchange(m_diesByPowerCut, false);
    m_world.note(name() + (isPowerCut ? " has lost power" : " is dead"));
    for (SimTransport *transport : m_transports)
        transport->vanish(!isPowerCut);
    m_profile.reset();
    m_store = nullptr;
    m_world.vfs().forgetLocks(m_path);
    if (isPowerCut)
        m_disk.cutPower(m_dice);
    m_world.book().onProcessEnd(m_index);
    openLater(m_dice.timeOfAnyLength(100ms, 2h));
}

void Person::openLater(Micros wait)
{
    if (std::exchange(m_isOpeningPlanned, true))
        return;
    m_world.agenda().after(wait, [this] { open(); });
}

void Person::suspend(MonoTime until)
{
    if (isSuspended() || until <= m_world.agenda().now())
        return;
    m_clock.sleepUntil(until);
}

/// What the user has been told, by the program or as the answer to what they did.
std::optional<Failure> Person::whyBroken() const
{
    return m_profile->brokenBy() ? m_profile->brokenBy() : m_store->writesBlockedBy();
}

void Person::afterStep()
{
    if (m_profile && m_life->isOver())
        bury();
    if (!m_profile)
        return;
    if (const auto failure = whyBroken(); failure && !m_isOpeningPlanned) {
        m_world.note(name() + " is told: " + describe(*failure).toStdString());
        if (m_disk.trouble() == Disk::Trouble::None && !m_world.book().hasDiskFault(m_index))
            m_world.complain("I20", "broken without a reason: " + describe(*failure).toStdString());
        m_isOpeningPlanned = true;
        m_world.agenda().after(m_dice.timeOfAnyLength(1s, 2h), [this] {
            close();
            open();
        });
    }
    armWake();
}

void Person::armWake()
{
    const auto wake = m_profile->nextWake();
    const auto due = wake ? std::optional(m_clock.worldTimeOf(*wake)) : std::nullopt;
    if (due == m_wakeAt)
        return;
    m_wakeAt = due;
    if (!due)
        return;
    m_world.agenda().at(*due, [this, due = *due] {
        if (!isRunning() || m_wakeAt != due)
            return;
        m_wakeAt.reset();
        if (!isSuspended()) {
            m_world.note(name() + " wakes");
            m_profile->wake();
        }
    });
}

} // namespace planb::sim
