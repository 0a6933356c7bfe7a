// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/figures.h"
#include "tests/bench/parts.h"

#include <QDeadlineTimer>

using namespace Qt::StringLiterals;

namespace planb::bench {

using test::Outcome;
using test::trouble;

namespace {

constexpr Millis kRecovery{90'000};

QString nameOf(Fault fault)
{
    return fault == Fault::Killed ? u"killed"_s : u"frozen"_s;
}

/// Says something and waits until its author knows that it has arrived; the label it came by.
Outcome<QString> exchange(test::Stage &stage, const QString &text)
{
    const auto id = stage.alice().say(text);
    if (!id)
        return trouble(id.error());
    const auto isOver = [&] { return stage.bob().timesSeen(text) > 0 && stage.alice().allDelivered({*id}); };
    if (!test::waitUntil(isOver, kRecovery))
        return trouble(u"\"%1\" did not arrive"_s.arg(text));
    return stage.bob().arrivals().last().route;
}

/// Talks until the primary carries a message.
Outcome<void> reachPrimary(test::Stage &stage, int &number)
{
    for (const QDeadlineTimer limit(kRecovery); !limit.hasExpired();) {
        const auto way = exchange(stage, u"which way? %1"_s.arg(++number));
        if (!way)
            return trouble(way.error());
        if (*way == test::primaryLabel())
            return {};
    }
    return trouble(u"messages did not return to the primary"_s);
}

Outcome<void> repair(test::Stage &stage, Fault fault)
{
    if (fault == Fault::Killed)
        return stage.primary().start();
    stage.primary().thaw();
    return {};
}

/// One fault; adds the time until the message sent at that moment was announced on the other side.
Outcome<void> strike(test::Stage &stage, Fault fault, const QString &text, Times &times)
{
    const MonoTime start = SystemClock().now();
    if (fault == Fault::Killed)
        stage.primary().kill9();
    else
        stage.primary().freeze();
    const auto way = exchange(stage, text);
    if (!way)
        return trouble(way.error());
    if (*way != test::backupLabel())
        return trouble(u"a message came by %1 although the primary was %2"_s.arg(*way, nameOf(fault)));
    times.add(start, stage.bob().arrivals().last().at);
    return {};
}

} // namespace

Outcome<Finding> measureSwitch(test::Stage &stage, Fault fault, int trials)
{
    Times times;
    int number = 0;
    for (int trial = 0; trial < trials; ++trial) {
        if (auto reached = reachPrimary(stage, number); !reached)
            return trouble(reached.error());
        if (auto struck = strike(stage, fault, u"%1, trial %2"_s.arg(nameOf(fault)).arg(trial), times); !struck)
            return trouble(struck.error());
        if (auto repaired = repair(stage, fault); !repaired)
            return trouble(repaired.error());
    }
    // The next part begins with a healthy primary.
    if (auto reached = reachPrimary(stage, number); !reached)
        return trouble(reached.error());
    return Finding{times.toJson(), {u"primary %1 → arrived over the backup: %2"_s.arg(nameOf(fault), times.toText())}};
}

} // namespace planb::bench
