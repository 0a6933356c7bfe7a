// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/failover/flapping.h"

#include "tests/failover/private_network.h"

#include <QDeadlineTimer>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace planb::failover {

using test::Outcome;
using test::trouble;

namespace {

constexpr Millis kSettling{60'000};
constexpr Millis kWindow{30'000};

void letPass(Millis time)
{
    test::waitUntil([] { return false; }, time);
}

Outcome<void> flap(Arena &arena, const FlapPlan &plan, const Audience &audience)
{
    const QDeadlineTimer end(plan.duration);
    while (!end.hasExpired() && !audience.wantsToGo()) {
        const auto down = plan.byReset ? PrivateNetwork::reset({arena.primaryDoor()})
                                       : PrivateNetwork::drop({arena.primaryDoor()});
        if (!down)
            return down;
        letPass(plan.half);
        if (auto up = PrivateNetwork::clear(); !up)
            return up;
        letPass(plan.half);
    }
    return {};
}

Outcome<void> count(RecordedTalk &talk, FlapReport &report)
{
    QStringList texts;
    for (auto way = talk.ways().begin(); way != talk.ways().end(); ++way) {
        if (way->id.isEmpty())
            continue;
        texts.append(way.key());
        if (way->confirmedAt)
            report.confirmed.add(way->askedAt, *way->confirmedAt);
    }
    const auto attempts = attemptsFor(talk, texts);
    if (!attempts)
        return trouble(attempts.error());
    report.messages = texts.size();
    report.attempts = *attempts;
    return {};
}

} // namespace

int mostWithin30s(const QList<MonoTime> &times)
{
    int most = 0;
    for (auto first = times.begin(); first != times.end(); ++first) {
        const auto beyond = std::find_if(first, times.end(), [&](MonoTime time) { return time - *first >= kWindow; });
        most = std::max(most, static_cast<int>(beyond - first));
    }
    return most;
}

Outcome<FlapReport> runFlapping(const FlapPlan &plan, const Audience &audience)
{
    auto arena = Arena::build(plan.arena);
    if (!arena)
        return trouble(arena.error());
    if (auto warm = (*arena)->warmUp(); !warm)
        return trouble(warm.error());
    QObject watch;
    std::array<QList<MonoTime>, 2> switches;
    for (const Side side : kSides) {
        QList<MonoTime> &mine = switches.at(static_cast<std::size_t>(side));
        QObject::connect(
            &(*arena)->person(side), &test::Person::switched, &watch,
            [&mine, &audience, side](const QString &from, const QString &to, const QString &reason) {
                mine.append(SystemClock().now());
                audience.tell(u"%1: %2 → %3, %4"_s.arg(side == Side::Left ? u"Alice"_s : u"Bob"_s, from, to, reason));
            });
    }
    (*arena)->talk().begin(plan.interval);
    const auto flapped = flap(**arena, plan, audience);
    (*arena)->talk().pause();
    if (!flapped)
        return trouble(flapped.error());
    FlapReport report;
    report.duration = plan.duration;
    report.backup = (*arena)->backupName();
    const auto violations = (*arena)->talk().judge(kSettling);
    if (!violations)
        return trouble(violations.error());
    report.violations = *violations;
    for (const auto &times : switches) {
        report.tierChanges += static_cast<int>(times.size());
        report.mostIn30s = std::max(report.mostIn30s, mostWithin30s(times));
    }
    if (auto counted = count((*arena)->talk(), report); !counted)
        return trouble(counted.error());
    return report;
}

double FlapReport::tierChangesPer30s() const
{
    const auto windows = double(duration.count()) / 30;
    return windows > 0 ? double(tierChanges) / 2 / windows : 0;
}

QJsonObject FlapReport::toJson() const
{
    return {{u"messages"_s, messages},
            {u"backup"_s, backup},
            {u"confirmed"_s, confirmed.toJson()},
            {u"extraTraffic"_s, messages > 0 ? double(attempts) / double(messages) - 1 : 0.0},
            {u"tierChanges"_s, tierChanges},
            {u"tierChangesPer30s"_s, tierChangesPer30s()},
            {u"mostTierChangesIn30s"_s, mostIn30s},
            {u"violations"_s, violations.toJson()}};
}

QString FlapReport::toText() const
{
    return u"%1 messages, %2 attempts; %3\n%4 tier changes, at most %5 of one person within 30 s, %6 on average; "
           "backup %7\n%8"_s.arg(messages)
               .arg(attempts)
               .arg(confirmed.toText())
               .arg(tierChanges)
               .arg(mostIn30s)
               .arg(tierChangesPer30s())
               .arg(backup, violations.toText());
}

} // namespace planb::failover
