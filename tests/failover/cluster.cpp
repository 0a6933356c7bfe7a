// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/failover/cluster.h"

#include "tests/failover/ejabberd_cluster.h"
#include "tests/failover/recorded_talk.h"
#include "tests/testkit/wait_until.h"

#include <QTemporaryDir>

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

using namespace Qt::StringLiterals;

namespace planb::failover {

using test::Outcome;
using test::trouble;

namespace {

constexpr Millis kAround{1'000}; // of talk before and after a kill
constexpr Millis kReturnLimit{60'000};
constexpr Millis kSettling{60'000};
const QString kDomain = u"example.test"_s;
const QString kLabel = u"Cluster"_s;

void letPass(Millis time)
{
    test::waitUntil([] { return false; }, time);
}

class Run
{
public:
    Run(const ClusterPlan &plan, const Audience &audience) : m_plan(plan), m_audience(audience) {}

    Outcome<ClusterReport> play()
    {
        if (auto built = build(); !built)
            return trouble(built.error());
        m_talk->begin(m_plan.interval);
        for (int i = 0; i < m_plan.kills && !m_audience.wantsToGo(); ++i) {
            if (const auto done = loseNext(); !done)
                return trouble(u"kill %1: %2"_s.arg(i + 1).arg(done.error()));
            m_audience.tell(
                u"%1 of %2: ready on the other node %3"_s.arg(i + 1).arg(m_plan.kills).arg(m_report.back.toText()));
        }
        m_talk->pause();
        const auto violations = m_talk->judge(kSettling);
        if (!violations)
            return trouble(violations.error());
        m_report.violations = *violations;
        m_report.messages = m_talk->said();
        for (const RecordedTalk::Way &way : m_talk->ways())
            count(way);
        return m_report;
    }

private:
    Outcome<void> build()
    {
        const auto ca = test::TestCa::make(m_folder.filePath(u"ca"_s));
        if (!ca)
            return trouble(ca.error());
        const auto certificate = ca->issue(u"cluster"_s, {kDomain});
        if (!certificate)
            return trouble(certificate.error());
        m_cluster = std::make_unique<EjabberdCluster>(m_folder.filePath(u"cluster"_s), kDomain, *certificate);
        if (auto started = m_cluster->start(); !started)
            return started;
        m_alice = std::make_unique<test::Person>(u"Alice"_s, m_folder.path());
        m_bob = std::make_unique<test::Person>(u"Bob"_s, m_folder.path());
        for (test::Person *person : {m_alice.get(), m_bob.get()}) {
            if (auto joined = join(*person, ca->file()); !joined)
                return joined;
        }
        m_talk = std::make_unique<RecordedTalk>(*m_alice, *m_bob);
        for (const Side side : kSides) {
            if (auto met = m_talk->person(side).meet(m_talk->person(otherOf(side))); !met)
                return met;
            if (auto ready = m_talk->person(side).waitUntilReady(); !ready)
                return ready;
        }
        return {};
    }

    Outcome<void> join(test::Person &person, const QString &caFile) const
    {
        if (auto added = m_cluster->node(0).addUser(person.account(), test::personPassword()); !added)
            return added;
        if (auto begun = person.begin(); !begun)
            return begun;
        // No host and no port: SRV records say where the domain is.
        const auto added = person.addTransport(kLabel,
                                               {{u"jid"_s, person.account() + u'@' + kDomain},
                                                {u"password"_s, test::personPassword()},
                                                {u"caFile"_s, caFile}});
        return added ? Outcome<void>() : trouble(added.error());
    }

    // Every second time Bob connects anew and comes to the first node, while Alice stays on the second: they then talk
    // across the two.
    Outcome<void> loseNext()
    {
        if (m_report.kills % 2 == 1) {
            if (auto anew = connectAnew(*m_bob); !anew)
                return anew;
        }
        letPass(kAround);
        const auto node = m_cluster->whereIs(m_alice->account(), 0);
        if (!node || *node < 0)
            return trouble(node ? u"Alice is on no node"_s : node.error());
        const auto bobs = m_cluster->whereIs(m_bob->account(), 0);
        if (!bobs)
            return trouble(bobs.error());
        QList<test::Person *> guests{m_alice.get()};
        if (*bobs == *node)
            guests.append(m_bob.get());
        return lose(static_cast<std::size_t>(*node), guests);
    }

    static Outcome<void> connectAnew(test::Person &person)
    {
        if (person.rpc().closeInput() < 0)
            return trouble(u"%1's client did not end"_s.arg(person.name()));
        if (auto online = person.comeOnline(); !online)
            return online;
        return person.waitUntilReady();
    }

    Outcome<void> lose(std::size_t node, const QList<test::Person *> &guests)
    {
        QObject context;
        const auto returns = follow(guests, context);
        m_killedAt.append(SystemClock().now());
        m_cluster->node(node).kill9();
        const auto isBack = [](const auto &way) { return way->readyAt.has_value(); };
        if (!test::waitUntil([&] { return std::all_of(returns.begin(), returns.end(), isBack); }, kReturnLimit))
            return trouble(u"somebody did not come back"_s);
        for (const auto &way : returns)
            m_report.back.add(m_killedAt.constLast(), *way->readyAt);
        letPass(kAround);
        ++m_report.kills;
        m_report.killsOfBoth += guests.size() == 2 ? 1 : 0;
        const MonoTime started = SystemClock().now();
        if (auto back = m_cluster->bringBack(node); !back)
            return back;
        m_report.whole.add(started, SystemClock().now());
        return {};
    }

    struct Return {
        bool isLost = false;
        std::optional<MonoTime> readyAt;
    };
    static std::vector<std::shared_ptr<Return>> follow(const QList<test::Person *> &guests, QObject &context)
    {
        std::vector<std::shared_ptr<Return>> all;
        for (const test::Person *guest : guests) {
            const auto way = all.emplace_back(std::make_shared<Return>());
            QObject::connect(guest, &test::Person::linkChanged, &context,
                             [way](const QString &, const QJsonObject &link) {
                                 const bool isReady = link["state"_L1].toString() == "ready"_L1;
                                 if (isReady && way->isLost && !way->readyAt)
                                     way->readyAt = SystemClock().now();
                                 way->isLost |= !isReady;
                             });
        }
        return all;
    }

    void count(const RecordedTalk::Way &way)
    {
        const bool isNear = std::any_of(m_killedAt.begin(), m_killedAt.end(), [&](MonoTime killed) {
            return way.askedAt >= killed - kAround && way.askedAt <= killed + kAround;
        });
        if (isNear && way.confirmedAt)
            m_report.confirmed.add(way.askedAt, *way.confirmedAt);
    }

    const ClusterPlan m_plan;
    const Audience &m_audience;
    ClusterReport m_report;
    QList<MonoTime> m_killedAt;
    // Order matters: people leave before servers stop, and the folder goes last.
    QTemporaryDir m_folder;
    std::unique_ptr<EjabberdCluster> m_cluster;
    std::unique_ptr<test::Person> m_alice, m_bob;
    std::unique_ptr<RecordedTalk> m_talk;
};

} // namespace

QJsonObject ClusterReport::toJson() const
{
    return {{u"kills"_s, kills},
            {u"killsOfBoth"_s, killsOfBoth},
            {u"messages"_s, messages},
            {u"back"_s, back.toJson()},
            {u"confirmed"_s, confirmed.toJson()},
            {u"whole"_s, whole.toJson()},
            {u"violations"_s, violations.toJson()}};
}

QString ClusterReport::toText() const
{
    return u"%1 kills, %2 of the node of both, %3 messages\nready on the other node: %4\nsaid within a second of a "
           u"kill: "
           "%5\nkilled node back in the cluster: %6\n%7"_s.arg(kills)
               .arg(killsOfBoth)
               .arg(messages)
               .arg(back.toText(), confirmed.toText(), whole.toText(), violations.toText());
}

Outcome<ClusterReport> runCluster(const ClusterPlan &plan, const Audience &audience)
{
    if (const QString missing = EjabberdCluster::whatIsMissing(); !missing.isEmpty())
        return trouble(u"This needs a cluster of ejabberds; %1"_s.arg(missing));
    return Run(plan, audience).play();
}

} // namespace planb::failover
