// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/failover/kill_loop.h"

#include "tests/bench/figures.h"
#include "tests/failover/recorded_talk.h"

#include <QJsonDocument>

#include <algorithm>
#include <random>

using namespace Qt::StringLiterals;

namespace planb::failover {

using test::Outcome;
using test::trouble;

namespace {

/// Longer than it takes until a message whose confirmation was lost with a client is repeated for the third time.
constexpr Millis kSettling{180'000};
constexpr int kProgressEvery = 50;

/// Draws that are the same with every standard library.
class Dice
{
public:
    explicit Dice(quint64 seed) : m_engine(seed) {}
    int below(int bound) { return static_cast<int>(m_engine() % static_cast<quint64>(bound)); }

private:
    std::mt19937_64 m_engine;
};

void letPass(Millis time)
{
    test::waitUntil([] { return false; }, time);
}

class Loop
{
public:
    Loop(const KillPlan &plan, const Audience &audience) : m_plan(plan), m_audience(audience), m_dice(plan.seed) {}

    Outcome<KillReport> run()
    {
        while (m_report.kills < m_plan.kills && !m_audience.wantsToGo()) {
            const int until = std::min(m_report.kills + m_plan.killsPerStage, m_plan.kills);
            if (auto played = playStage(until); !played)
                return trouble(played.error());
        }
        m_report.restart = m_restarts.toJson();
        return m_report;
    }

private:
    Outcome<void> playStage(int until)
    {
        auto stage = test::Stage::build();
        if (!stage)
            return trouble(stage.error());
        RecordedTalk talk((*stage)->alice(), (*stage)->bob());
        for (const Side side : kSides) {
            if (auto ready = talk.person(side).waitUntilReady(); !ready)
                return ready;
        }
        talk.begin(m_plan.interval);
        while (m_report.kills < until && !m_audience.wantsToGo()) {
            if (auto killed = killOne(talk); !killed)
                return killed;
        }
        talk.pause();
        return add(talk);
    }

    Outcome<void> killOne(RecordedTalk &talk)
    {
        const Millis life(m_dice.below(static_cast<int>(m_plan.longestLife.count())));
        letPass(life);
        const Side victim = m_dice.below(2) == 0 ? Side::Left : Side::Right;
        const bool bothDie = m_dice.below(8) == 0;
        talk.person(victim).rpc().kill9();
        if (bothDie)
            talk.person(otherOf(victim)).rpc().kill9();
        if (auto back = restart(talk.person(victim)); !back)
            return back;
        if (bothDie) {
            if (auto back = restart(talk.person(otherOf(victim))); !back)
                return back;
        }
        m_report.kills += bothDie ? 2 : 1;
        if (m_report.kills / kProgressEvery != m_announced) {
            m_announced = m_report.kills / kProgressEvery;
            m_audience.tell(
                u"%1 of %2 kills, restart %3"_s.arg(m_report.kills).arg(m_plan.kills).arg(m_restarts.toText()));
        }
        return {};
    }

    Outcome<void> restart(test::Person &person)
    {
        const MonoTime start = SystemClock().now();
        if (auto online = person.comeOnline(); !online)
            return trouble(u"%1 did not come back after kill %2: %3"_s.arg(person.name())
                               .arg(m_report.kills + 1)
                               .arg(online.error()));
        m_restarts.add(start, SystemClock().now());
        return {};
    }

    Outcome<void> add(RecordedTalk &talk)
    {
        const auto found = talk.judge(kSettling);
        if (!found)
            return trouble(found.error());
        if (!found->areNone())
            tellHowTheyStand(talk);
        m_report.messages += talk.said();
        m_report.violations.lost += found->lost;
        m_report.violations.doubled += found->doubled;
        m_report.violations.invented += found->invented;
        m_report.violations.reordered += found->reordered;
        m_report.violations.lies += found->lies;
        return {};
    }

    // For whoever has to find out why.
    void tellHowTheyStand(RecordedTalk &talk) const
    {
        for (const Side side : kSides) {
            const test::RpcReply status = talk.person(side).rpc().request(u"status.get"_s, {});
            const QString text = status ? QString::fromUtf8(QJsonDocument(status->toObject()).toJson())
                                        : describe(status.error());
            m_audience.tell(u"%1: %2"_s.arg(talk.person(side).name(), text));
        }
    }

    const KillPlan m_plan;
    const Audience m_audience;
    Dice m_dice;
    bench::Times m_restarts;
    KillReport m_report;
    int m_announced = 0;
};

} // namespace

QJsonObject KillReport::toJson() const
{
    return {{u"kills"_s, kills},
            {u"messages"_s, messages},
            {u"violations"_s, violations.toJson()},
            {u"restart"_s, restart}};
}

Outcome<KillReport> runKillLoop(const KillPlan &plan, const Audience &audience)
{
    return Loop(plan, audience).run();
}

} // namespace planb::failover
