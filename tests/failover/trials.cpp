// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/failover/trials.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace planb::failover {

using test::Outcome;
using test::trouble;

namespace {

constexpr Millis kPatience{60'000};
constexpr int kProgressEvery = 20;

class Trials
{
public:
    Trials(const Scenario &scenario, int count, const Audience &audience)
        : m_scenario(scenario), m_count(count), m_audience(audience)
    {}

    Outcome<TrialReport> run()
    {
        auto arena = Arena::build(m_scenario.arena);
        if (!arena)
            return trouble(arena.error());
        m_report.backup = (*arena)->backupName();
        for (const Side side : kSides)
            QObject::connect(&(*arena)->person(side), &test::Person::switched, &m_watch, [this] { ++m_switches; });
        // The pause before a return doubles with each loss; none at all keeps many trials short.
        if (auto set = (*arena)->setReturnAfter(Millis(0)); !set)
            return trouble(set.error());
        for (int i = 0; i < m_count && !m_audience.wantsToGo(); ++i) {
            if (auto tried = tryOnce(**arena); !tried)
                return trouble(u"trial %1: %2"_s.arg(i + 1).arg(tried.error()));
        }
        const auto violations = (*arena)->talk().judge(kPatience);
        if (!violations)
            return trouble(violations.error());
        m_report.violations = *violations;
        return m_report;
    }

private:
    Outcome<void> tryOnce(Arena &arena)
    {
        // The first one has just begun.
        if (m_report.trials > 0) {
            if (auto anew = arena.restartClients(); !anew)
                return anew;
        }
        if (auto warm = arena.warmUp(); !warm)
            return warm;
        const int switchesBefore = m_switches;
        const QString before = arena.talk().say(Side::Left);
        if (auto struck = m_scenario.strike(arena); !struck)
            return struck;
        const QString after = arena.talk().say(Side::Left);
        const auto isOver = [&] { return arena.talk().way(before).confirmedAt && arena.talk().way(after).confirmedAt; };
        if (!test::waitUntil(isOver, kPatience))
            return trouble(u"nothing was confirmed within %1 s"_s.arg(kPatience.count() / 1'000));
        m_report.tierChanges += m_switches - switchesBefore;
        if (auto counted = count(arena.talk(), before, after); !counted)
            return counted;
        ++m_report.trials;
        if (m_report.trials % kProgressEvery == 0)
            m_audience.tell(u"%1 of %2: %3"_s.arg(m_report.trials).arg(m_count).arg(m_report.said.toText()));
        return m_scenario.heal(arena);
    }

    Outcome<void> count(RecordedTalk &talk, const QString &before, const QString &after)
    {
        m_report.underWay.add(talk.way(before).askedAt, *talk.way(before).confirmedAt);
        m_report.said.add(talk.way(after).askedAt, *talk.way(after).confirmedAt);
        for (const QString &text : {before, after})
            m_report.overPrimary += talk.way(text).shownBy == test::primaryLabel() ? 1 : 0;
        const auto attempts = attemptsFor(talk, {before, after});
        if (!attempts)
            return trouble(attempts.error());
        m_report.messages += 2;
        m_report.attempts += *attempts;
        return {};
    }

    const Scenario &m_scenario;
    const int m_count;
    const Audience &m_audience;
    QObject m_watch;
    int m_switches = 0;
    TrialReport m_report;
};

} // namespace

QJsonObject TrialReport::toJson() const
{
    return {{u"trials"_s, trials},
            {u"backup"_s, backup},
            {u"said"_s, said.toJson()},
            {u"underWay"_s, underWay.toJson()},
            {u"overPrimary"_s, overPrimary},
            {u"attemptsPerMessage"_s, messages > 0 ? double(attempts) / double(messages) : 0.0},
            {u"tierChanges"_s, tierChanges},
            {u"violations"_s, violations.toJson()}};
}

QString TrialReport::toText() const
{
    return u"said right after the fault: %1\nunder way at the fault: %2\n%3 of %4 messages over the primary, %5 "
           "attempts, %6 tier changes, backup %7\n%8"_s.arg(said.toText(), underWay.toText())
               .arg(overPrimary)
               .arg(messages)
               .arg(attempts)
               .arg(tierChanges)
               .arg(backup, violations.toText());
}

Outcome<qsizetype> attemptsFor(RecordedTalk &talk, const QStringList &texts)
{
    qsizetype sum = 0;
    for (const QString &text : texts) {
        const RecordedTalk::Way &way = talk.way(text);
        const auto status = talk.person(way.author).rpc().request(u"messages.status"_s, {{u"messageId"_s, way.id}});
        if (!status)
            return trouble(u"\"%1\": %2"_s.arg(text, describe(status.error())));
        sum += (*status)["attempts"_L1].toArray().size();
    }
    return sum;
}

Outcome<TrialReport> runTrials(const Scenario &scenario, int count, const Audience &audience)
{
    return Trials(scenario, count, audience).run();
}

} // namespace planb::failover
