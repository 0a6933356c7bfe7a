// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/hop_watch.h"

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using xmpp::HopWatch;
using Verdict = HopWatch::Verdict;

constexpr MonoTime kStart{Millis(1'000'000)};

MonoTime at(Millis time)
{
    return kStart + Micros(time);
}

HopWatch watch()
{
    return HopWatch({}, kStart);
}

// Answers one request after `rtt`, so that the estimator has a sample.
void sample(HopWatch &hop, Millis from, Millis rtt)
{
    hop.asked(0, at(from));
    hop.answered(0, at(from + rtt));
}

} // namespace

TEST(HopWatch, AsksAtOnceForTheFirstAndThenKeepsADistance)
{
    HopWatch hop = watch();
    EXPECT_FALSE(hop.shouldAsk(at(Millis(0))));
    hop.wants();
    EXPECT_TRUE(hop.shouldAsk(at(Millis(0))));
    hop.asked(1, at(Millis(0)));
    hop.wants();
    EXPECT_FALSE(hop.shouldAsk(at(Millis(99))));
    EXPECT_EQ(hop.wakeAt(), at(Millis(100)));
    EXPECT_TRUE(hop.shouldAsk(at(Millis(100))));
}

TEST(HopWatch, AsksAgainAsSoonAsTheOpenAnswerComes)
{
    HopWatch hop = watch();
    hop.wants();
    hop.asked(1, at(Millis(0)));
    hop.wants();
    hop.answered(1, at(Millis(5)));
    EXPECT_TRUE(hop.shouldAsk(at(Millis(5))));
}

TEST(HopWatch, TrustsNoAnswerThatWasUnderWayWhenItWasDoubted)
{
    HopWatch hop = watch();
    hop.asked(0, at(Millis(0)));
    hop.doubt();
    EXPECT_FALSE(hop.shouldAsk(at(Millis(1)))) << "the same answer would be taken for both";
    hop.answered(0, at(Millis(5)));
    EXPECT_TRUE(hop.shouldAsk(at(Millis(5))));
    hop.asked(0, at(Millis(5)));
    hop.answered(0, at(Millis(9)));
    EXPECT_FALSE(hop.shouldAsk(at(Millis(10))));
}

TEST(HopWatch, AsksWithinABurstSoThatAnswersKeepComing)
{
    HopWatch hop = watch();
    hop.wants();
    hop.asked(1, at(Millis(0)));
    for (int i = 0; i < 19; ++i)
        hop.wants();
    EXPECT_FALSE(hop.shouldAsk(at(Millis(0))));
    hop.wants();
    EXPECT_TRUE(hop.shouldAsk(at(Millis(0))));
}

// The server works through a burst and answers each of its requests late, but in time after the one before.
TEST(HopWatch, IsPatientWithAServerThatGoesOnAnswering)
{
    HopWatch hop = watch();
    for (quint64 i = 1; i <= 20; ++i)
        hop.asked(i, at(Millis(0)));
    for (quint64 i = 1; i < 20; ++i) {
        const Millis time(static_cast<Millis::rep>(i) * 1'500);
        EXPECT_EQ(hop.judge(at(time)), Verdict::Alive) << i;
        hop.answered(i, at(time));
    }
    EXPECT_EQ(hop.judge(at(Millis(28'500 + 8'000))), Verdict::Suspect);
}

TEST(HopWatch, AsksForASignOfLifeAfterThirtySecondsOfSilence)
{
    HopWatch hop = watch();
    hop.heard(at(Millis(1'000)));
    EXPECT_EQ(hop.wakeAt(), at(Millis(31'000)));
    EXPECT_FALSE(hop.shouldAsk(at(Millis(30'999))));
    EXPECT_TRUE(hop.shouldAsk(at(Millis(31'000))));
}

TEST(HopWatch, SuspectsAfterTwoSecondsAsLongAsNothingWasMeasured)
{
    HopWatch hop = watch();
    hop.asked(1, at(Millis(0)));
    EXPECT_EQ(hop.wakeAt(), at(Millis(2'000)));
    EXPECT_EQ(hop.judge(at(Millis(1'999))), Verdict::Alive);
    EXPECT_EQ(hop.judge(at(Millis(2'000))), Verdict::Suspect);
    EXPECT_TRUE(hop.isSuspect());
    EXPECT_EQ(hop.wakeAt(), at(Millis(4'000)));
    EXPECT_EQ(hop.judge(at(Millis(4'000))), Verdict::Dead);
}

TEST(HopWatch, WaitsHalfASecondOnAFastLinkAndNeverMoreThanEight)
{
    HopWatch fast = watch();
    sample(fast, Millis(0), Millis(20));
    fast.asked(1, at(Millis(1'000)));
    EXPECT_EQ(fast.judge(at(Millis(1'499))), Verdict::Alive);
    EXPECT_EQ(fast.judge(at(Millis(1'500))), Verdict::Suspect);

    HopWatch slow = watch();
    sample(slow, Millis(0), Millis(30'000));
    slow.asked(1, at(Millis(40'000)));
    EXPECT_EQ(slow.judge(at(Millis(47'999))), Verdict::Alive);
    EXPECT_EQ(slow.judge(at(Millis(48'000))), Verdict::Suspect);
}

TEST(HopWatch, ComesBackWithAnyAnswer)
{
    HopWatch hop = watch();
    hop.asked(1, at(Millis(0)));
    ASSERT_EQ(hop.judge(at(Millis(2'000))), Verdict::Suspect);
    hop.answered(1, at(Millis(2'500)));
    EXPECT_FALSE(hop.isSuspect());
    EXPECT_EQ(hop.judge(at(Millis(20'000))), Verdict::Alive);
}

TEST(HopWatch, IsNotComfortedByAnAnswerToNothing)
{
    HopWatch hop = watch();
    hop.asked(5, at(Millis(0)));
    ASSERT_EQ(hop.judge(at(Millis(2'000))), Verdict::Suspect);
    hop.answered(4, at(Millis(2'100)));
    EXPECT_TRUE(hop.isSuspect());
}

TEST(HopWatch, IsPatientWhileDataFlowsButNotForEver)
{
    HopWatch hop = watch();
    hop.asked(1, at(Millis(0)));
    for (Millis t(0); t < Millis(8'000); t += Millis(500)) {
        hop.heard(at(t));
        EXPECT_EQ(hop.judge(at(t)), Verdict::Alive) << t.count();
    }
    EXPECT_EQ(hop.judge(at(Millis(8'000))), Verdict::Suspect);
    for (Millis t(8'000); t < Millis(16'000); t += Millis(500)) {
        hop.heard(at(t));
        EXPECT_EQ(hop.judge(at(t)), Verdict::Suspect) << t.count();
    }
    EXPECT_EQ(hop.judge(at(Millis(16'000))), Verdict::Dead);
}

TEST(HopWatch, MeasuresOnlyAnswersThatBelongToOneRequest)
{
    HopWatch hop = watch();
    hop.asked(1, at(Millis(0)));
    hop.asked(1, at(Millis(100)));
    hop.answered(1, at(Millis(120)));
    EXPECT_FALSE(hop.rtt());
    hop.asked(2, at(Millis(200)));
    hop.answered(2, at(Millis(240)));
    EXPECT_EQ(hop.rtt(), Millis(40));
}

TEST(HopWatch, JudgesByTheOldestOpenRequest)
{
    HopWatch hop = watch();
    hop.asked(1, at(Millis(0)));
    hop.asked(2, at(Millis(1'500)));
    hop.answered(1, at(Millis(1'600)));
    EXPECT_EQ(hop.judge(at(Millis(2'100))), Verdict::Alive);
    EXPECT_TRUE(hop.isWaiting());
    hop.answered(2, at(Millis(2'200)));
    EXPECT_FALSE(hop.isWaiting());
}

} // namespace planb::test
