// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/demo/summary.h"

#include "tests/demo/columns.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace planb::demo {

namespace {

constexpr int kNameColumns = 44;

void add(Difference &sum, const Difference &more)
{
    sum.lost += more.lost;
    sum.twice += more.twice;
    sum.wrong += more.wrong;
    sum.misplaced += more.misplaced;
}

/// Own and other's messages in one history; counts the own ones that it does not show as delivered.
test::Outcome<void> addHistory(Summary &summary, const Ledger &ledger, test::Person &owner, const QString &other)
{
    const auto history = owner.history();
    if (!history)
        return test::trouble(history.error());
    QStringList own;
    QStringList received;
    for (const QJsonObject &message : *history) {
        const bool isOwn = message["direction"_L1].toString() == "out"_L1;
        (isOwn ? own : received).append(message["text"_L1].toString());
        const QString state = message["state"_L1].toString();
        if (isOwn && state != "delivered"_L1 && state != "read"_L1)
            ++summary.undelivered;
    }
    add(summary.stored, compare(ledger.saidBy(owner.name()), own));
    add(summary.stored, compare(ledger.saidBy(other), received));
    add(summary.live, compare(ledger.saidBy(other), ledger.shownTo(owner.name())));
    return {};
}

Millis medianTravel(const Ledger &ledger)
{
    QList<Millis> travels;
    for (const Spoken &line : ledger.spoken()) {
        if (line.arrivedAt)
            travels.append(line.travelTime());
    }
    if (travels.isEmpty())
        return Millis(0);
    std::sort(travels.begin(), travels.end());
    return travels.at(travels.size() / 2);
}

QString seconds(const std::optional<Millis> &time)
{
    return time ? QString::number(double(time->count()) / 1000, 'f', 2) + u" s"_s : u"never"_s;
}

QJsonValue millis(const std::optional<Millis> &time)
{
    return time ? QJsonValue(qint64(time->count())) : QJsonValue();
}

void row(const Timeline &timeline, const QString &name, const QString &value)
{
    timeline.note(u"  "_s + fitted(name, kNameColumns) + value.rightJustified(10));
}

QJsonObject toJson(const Difference &difference)
{
    return {{u"lost"_s, difference.lost},
            {u"shownTwice"_s, difference.twice},
            {u"wrongText"_s, difference.wrong},
            {u"outOfOrder"_s, difference.misplaced}};
}

} // namespace

bool Summary::isFlawless() const
{
    const bool announcedRight = live.lost == 0 && live.twice == 0 && live.wrong == 0;
    return sent > 0 && announcedRight && stored.isNone() && undelivered == 0;
}

test::Outcome<Summary> summarise(const Ledger &ledger, test::Person &first, test::Person &second)
{
    Summary summary;
    summary.sent = ledger.spoken().size();
    summary.arrived = std::count_if(ledger.spoken().begin(), ledger.spoken().end(),
                                    [](const Spoken &line) { return line.arrivedAt.has_value(); });
    summary.undelivered = ledger.undelivered();
    summary.median = medianTravel(ledger);
    if (auto added = addHistory(summary, ledger, first, second.name()); !added)
        return test::trouble(added.error());
    if (auto added = addHistory(summary, ledger, second, first.name()); !added)
        return test::trouble(added.error());
    return summary;
}

void print(const Summary &summary, const Timeline &timeline)
{
    timeline.heading(u"What happened"_s);
    row(timeline, u"sent"_s, QString::number(summary.sent));
    row(timeline, u"arrived"_s, QString::number(summary.arrived));
    row(timeline, u"lost"_s, QString::number(std::max(summary.live.lost, summary.stored.lost)));
    row(timeline, u"shown twice"_s, QString::number(std::max(summary.live.twice, summary.stored.twice)));
    row(timeline, u"wrong text"_s, QString::number(std::max(summary.live.wrong, summary.stored.wrong)));
    row(timeline, u"out of order in the histories"_s, QString::number(summary.stored.misplaced));
    row(timeline, u"not confirmed to their author"_s, QString::number(summary.undelivered));
    row(timeline, u"median way of a message"_s, QString::number(summary.median.count()) + u" ms"_s);
    for (const RoundFigures &round : summary.rounds) {
        timeline.note(u"  primary "_s + round.fault);
        row(timeline, u"  messages sent while it was away"_s, QString::number(round.messages));
        row(timeline, u"  fault → first message over the backup"_s, seconds(round.switchTime));
        row(timeline, u"  slowest message of the fault"_s, seconds(round.slowest));
        row(timeline, u"  server back → both send over it again"_s, seconds(round.returnTime));
    }
    timeline.note({});
    if (summary.isFlawless())
        timeline.note(u"Every message arrived exactly once, unchanged and in order."_s, Timeline::Tone::Good);
    else
        timeline.note(u"Something went wrong: see the figures above."_s, Timeline::Tone::Bad);
}

QJsonObject toJson(const Summary &summary)
{
    QJsonArray rounds;
    for (const RoundFigures &round : summary.rounds) {
        rounds.append(QJsonObject{{u"fault"_s, round.fault},
                                  {u"messages"_s, round.messages},
                                  {u"switchMs"_s, millis(round.switchTime)},
                                  {u"slowestMs"_s, millis(round.slowest)},
                                  {u"returnMs"_s, millis(round.returnTime)}});
    }
    return {{u"ok"_s, summary.isFlawless()},
            {u"sent"_s, summary.sent},
            {u"arrived"_s, summary.arrived},
            {u"announced"_s, toJson(summary.live)},
            {u"histories"_s, toJson(summary.stored)},
            {u"undelivered"_s, summary.undelivered},
            {u"medianMs"_s, qint64(summary.median.count())},
            {u"returnAfterMs"_s, qint64(summary.returnAfter.count())},
            {u"rounds"_s, rounds}};
}

} // namespace planb::demo
