// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/demo/ledger.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;
using namespace planb;
using namespace planb::demo;

namespace {

MonoTime at(int millis)
{
    return MonoTime(Millis(millis));
}

/// Two messages before a fault at 100, two during it, and both sides' return after 500.
Ledger twoSidedLedger()
{
    Ledger ledger;
    ledger.say(u"Alice"_s, u"a1"_s, at(10));
    ledger.shown(u"Bob"_s, u"a1"_s, u"Primary"_s, at(20));
    ledger.say(u"Alice"_s, u"a2"_s, at(90));
    ledger.shown(u"Bob"_s, u"a2"_s, u"Backup"_s, at(390));
    ledger.say(u"Bob"_s, u"b1"_s, at(110));
    ledger.shown(u"Alice"_s, u"b1"_s, u"Backup"_s, at(260));
    ledger.say(u"Alice"_s, u"a3"_s, at(600));
    ledger.shown(u"Bob"_s, u"a3"_s, u"Primary"_s, at(640));
    return ledger;
}

} // namespace

TEST(Comparison, FindsNothingWhereAllIsWell)
{
    EXPECT_TRUE(compare({u"a"_s, u"b"_s}, {u"a"_s, u"b"_s}).isNone());
}

TEST(Comparison, FindsWhatWasLost)
{
    const Difference difference = compare({u"a"_s, u"b"_s, u"c"_s}, {u"a"_s, u"c"_s});
    EXPECT_EQ(difference.lost, 1);
    EXPECT_EQ(difference.misplaced, 0);
}

TEST(Comparison, FindsWhatWasShownTwice)
{
    const Difference difference = compare({u"a"_s, u"b"_s}, {u"a"_s, u"b"_s, u"a"_s});
    EXPECT_EQ(difference.twice, 1);
    EXPECT_EQ(difference.lost, 0);
}

TEST(Comparison, FindsTextsNobodySaid)
{
    EXPECT_EQ(compare({u"a"_s}, {u"a"_s, u"A"_s}).wrong, 1);
}

TEST(Comparison, FindsWhatStandsAfterSomethingLater)
{
    EXPECT_EQ(compare({u"a"_s, u"b"_s, u"c"_s}, {u"b"_s, u"a"_s, u"c"_s}).misplaced, 1);
}

TEST(Ledger, CountsEveryShowingButTimesTheFirst)
{
    Ledger ledger;
    const qsizetype index = ledger.say(u"Alice"_s, u"hi"_s, at(5));
    ledger.shown(u"Bob"_s, u"hi"_s, u"Primary"_s, at(9));
    ledger.shown(u"Bob"_s, u"hi"_s, u"Backup"_s, at(70));
    EXPECT_EQ(ledger.shownTo(u"Bob"_s).size(), 2);
    EXPECT_EQ(ledger.spoken().at(index).travelTime(), Millis(4));
    EXPECT_EQ(ledger.spoken().at(index).arrivedBy, u"Primary"_s);
    EXPECT_EQ(ledger.undelivered(), 1);
}

TEST(Round, TimesTheSwitchFromTheFaultToTheFirstMessageByAnotherWay)
{
    const RoundFigures figures = figuresOf({u"killed"_s, at(100), at(500)}, twoSidedLedger().spoken(), u"Primary"_s);
    EXPECT_EQ(figures.switchTime, Millis(160));
    EXPECT_EQ(figures.slowest, Millis(300));
    EXPECT_EQ(figures.messages, 1);
}

TEST(Round, IsOverOnlyWhenBothSidesUseTheServerAgain)
{
    Ledger ledger = twoSidedLedger();
    const RoundTimes round{u"killed"_s, at(100), at(500)};
    EXPECT_FALSE(figuresOf(round, ledger.spoken(), u"Primary"_s).returnTime);
    ledger.say(u"Bob"_s, u"b2"_s, at(700));
    ledger.shown(u"Alice"_s, u"b2"_s, u"Primary"_s, at(750));
    EXPECT_EQ(figuresOf(round, ledger.spoken(), u"Primary"_s).returnTime, Millis(250));
}
