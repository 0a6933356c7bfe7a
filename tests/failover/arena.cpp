// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/failover/arena.h"

#include <QDeadlineTimer>
#include <QFile>

using namespace Qt::StringLiterals;

namespace planb::failover {

using test::Outcome;
using test::Person;
using test::trouble;

namespace {

constexpr Millis kEndLimit{1'500};
constexpr Millis kWarmUpLimit{60'000};
/// Enough for every estimator to know the network.
constexpr int kWarmExchanges = 6;

QJsonObject settingsOf(const Person &person, const QString &domain, quint16 port, const QString &caFile)
{
    return {{u"jid"_s, person.account() + u'@' + domain},
            {u"password"_s, test::personPassword()},
            {u"host"_s, u"127.0.0.1"_s},
            {u"port"_s, port},
            {u"security"_s, u"starttls"_s},
            {u"caFile"_s, caFile}};
}

} // namespace

Outcome<std::unique_ptr<Arena>> Arena::build(const ArenaOptions &options)
{
    std::unique_ptr<Arena> arena(new Arena);
    if (auto started = arena->startServers(options); !started)
        return trouble(started.error());
    if (auto started = arena->startProxies(options); !started)
        return trouble(started.error());
    arena->m_alice = std::make_unique<Person>(u"Alice"_s, arena->m_folder.path());
    arena->m_bob = std::make_unique<Person>(u"Bob"_s, arena->m_folder.path());
    for (const Side side : kSides) {
        if (auto invited = arena->invite(arena->person(side)); !invited)
            return trouble(invited.error());
    }
    for (const Side side : kSides) {
        if (auto met = arena->person(side).meet(arena->person(otherOf(side))); !met)
            return trouble(met.error());
        if (auto ready = arena->person(side).waitUntilReady(); !ready)
            return trouble(ready.error());
    }
    arena->m_talk = std::make_unique<RecordedTalk>(*arena->m_alice, *arena->m_bob);
    return arena;
}

Outcome<void> Arena::startServers(const ArenaOptions &options)
{
    const auto ca = test::TestCa::make(m_folder.filePath(u"ca"_s));
    if (!ca)
        return trouble(ca.error());
    m_caFile = ca->file();
    const auto certificate = ca->issue(u"primary"_s, {u"primary.test"_s});
    if (!certificate)
        return trouble(certificate.error());
    test::Prosody::Options primary;
    primary.pluginFolder = QStringLiteral(PLANB_TEST_DATA "/prosody");
    primary.extraModule = u"planb_forget"_s;
    primary.extraLines = u"planb_forget_while_there = \"%1\""_s.arg(forgetMark());
    m_primary = std::make_unique<test::Prosody>(m_folder.filePath(u"primary"_s), u"primary.test"_s, *certificate,
                                                primary);
    if (auto started = m_primary->start(); !started)
        return started;
    return startBackup(options, *ca);
}

Outcome<void> Arena::startBackup(const ArenaOptions &options, const test::TestCa &ca)
{
    const auto certificate = ca.issue(u"backup"_s, {u"backup.test"_s});
    if (!certificate)
        return trouble(certificate.error());
    const QString folder = m_folder.filePath(u"backup"_s);
    if (!options.withoutEjabberd && test::Ejabberd::whatIsMissing().isEmpty()) {
        m_ejabberd = std::make_unique<test::Ejabberd>(folder, u"backup.test"_s, *certificate);
        return m_ejabberd->start();
    }
    m_secondProsody = std::make_unique<test::Prosody>(folder, u"backup.test"_s, *certificate);
    return m_secondProsody->start();
}

Outcome<void> Arena::startProxies(const ArenaOptions &options)
{
    if (!options.needsProxies())
        return {};
    const FaultProxy::Options way{options.delay, options.byteAtATime};
    m_primaryProxy = std::make_unique<FaultProxy>(m_primary->starttlsPort(), way);
    m_backupProxy = std::make_unique<FaultProxy>(
        m_ejabberd ? m_ejabberd->starttlsPort() : m_secondProsody->starttlsPort(), way);
    if (auto started = m_primaryProxy->start(); !started)
        return started;
    return m_backupProxy->start();
}

quint16 Arena::primaryDoor() const
{
    return m_primaryProxy ? m_primaryProxy->port() : m_primary->starttlsPort();
}

Outcome<void> Arena::invite(Person &person)
{
    if (auto begun = person.begin(); !begun)
        return begun;
    if (auto added = m_primary->addUser(person.account(), test::personPassword()); !added)
        return added;
    const auto atBackup = m_ejabberd ? m_ejabberd->addUser(person.account(), test::personPassword())
                                     : m_secondProsody->addUser(person.account(), test::personPassword());
    if (!atBackup)
        return atBackup;
    const auto primary = person.addTransport(test::primaryLabel(),
                                             settingsOf(person, m_primary->domain(), primaryDoor(), m_caFile));
    if (!primary)
        return trouble(primary.error());
    const quint16 server = m_ejabberd ? m_ejabberd->starttlsPort() : m_secondProsody->starttlsPort();
    const quint16 door = m_backupProxy ? m_backupProxy->port() : server;
    const auto backup = person.addTransport(test::backupLabel(), settingsOf(person, u"backup.test"_s, door, m_caFile));
    return backup ? Outcome<void>() : trouble(backup.error());
}

Outcome<void> Arena::setForgetful(bool forgetful)
{
    QFile mark(forgetMark());
    const bool done = forgetful ? mark.open(QIODevice::WriteOnly) : mark.remove();
    return done ? Outcome<void>() : trouble(mark.errorString());
}

Outcome<void> Arena::setReturnAfter(Millis pause)
{
    for (const Side side : kSides) {
        const auto set = person(side).rpc().request(u"policy.set"_s, {{u"returnAfterMs"_s, qint64(pause.count())}});
        if (!set)
            return trouble(describe(set.error()));
    }
    return {};
}

Outcome<void> Arena::restartClients()
{
    for (const Side side : kSides) {
        // A connection that the fault left behind may keep it from ending in time.
        if (person(side).rpc().closeInput(kEndLimit) < 0)
            person(side).rpc().kill9();
    }
    for (const Side side : kSides) {
        if (auto online = person(side).comeOnline(); !online)
            return online;
    }
    for (const Side side : kSides) {
        if (auto ready = person(side).waitUntilReady(); !ready)
            return ready;
    }
    return {};
}

Outcome<QString> Arena::exchange(Side author, Millis limit)
{
    const QString text = m_talk->say(author);
    if (text.isEmpty())
        return trouble(u"%1's client is not running"_s.arg(person(author).name()));
    const auto isOver = [&] { return m_talk->way(text).confirmedAt && m_talk->way(text).shownAt; };
    if (!test::waitUntil(isOver, limit))
        return trouble(u"\"%1\" was not confirmed within %2 s"_s.arg(text).arg(limit.count() / 1'000));
    return m_talk->way(text).shownBy;
}

Outcome<void> Arena::warmUp()
{
    const QDeadlineTimer deadline(kWarmUpLimit);
    int inARow = 0;
    while (inARow < kWarmExchanges) {
        if (deadline.hasExpired())
            return trouble(u"messages do not take the primary"_s);
        for (const Side side : kSides) {
            const auto way = exchange(side, kWarmUpLimit);
            if (!way)
                return trouble(way.error());
            inARow = *way == test::primaryLabel() ? inARow + 1 : 0;
        }
    }
    return {};
}

} // namespace planb::failover
