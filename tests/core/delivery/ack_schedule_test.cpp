// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/delivery/ack_schedule.h"

#include "core/delivery/constants.h"
#include "tests/core/delivery/engine_world.h"

#include <gtest/gtest.h>

namespace planb::delivery::test {
namespace {

class AckScheduleTest : public testing::Test
{
protected:
    void receive(bool isRepeat = false, bool gapOpened = false, const Route &by = {kPrimary, bobAtOne()})
    {
        schedule.onReceived(kBob, by, isRepeat, gapOpened, now);
    }
    std::vector<AckSchedule::Due> takeDue() { return schedule.takeDue(now); }

    AckSchedule schedule;
    MonoTime now{1h};
};

TEST_F(AckScheduleTest, OwesNothingAtFirst)
{
    EXPECT_FALSE(schedule.nextDue());
    EXPECT_TRUE(takeDue().empty());
}

TEST_F(AckScheduleTest, WaitsAMomentForAMessageThatCarriesIt)
{
    receive();
    EXPECT_EQ(schedule.nextDue(), now + 50ms);
    schedule.onCarried(kBob);
    EXPECT_FALSE(schedule.nextDue());
}

TEST_F(AckScheduleTest, IsDueOnceForAllThatCameMeanwhile)
{
    receive();
    now += 20ms;
    receive(false, false, {kBackup, bobAtTwo()});
    now += 30ms;
    const auto due = takeDue();
    ASSERT_EQ(due.size(), 1U);
    EXPECT_EQ(due[0].route.transport, kBackup) << "the way the newest came";
    EXPECT_TRUE(takeDue().empty());
    EXPECT_FALSE(schedule.nextDue());
}

TEST_F(AckScheduleTest, IsDueAtOnceForAGapAndForMany)
{
    receive(false, true);
    EXPECT_EQ(schedule.nextDue(), now);
    ASSERT_EQ(takeDue().size(), 1U);
    for (int i = 1; i < kAckAtOnce; ++i)
        receive();
    EXPECT_NE(schedule.nextDue(), now);
    receive();
    EXPECT_EQ(schedule.nextDue(), now);
}

TEST_F(AckScheduleTest, AnswersRepeatsAtOnceButNotEachOfThem)
{
    receive(true);
    EXPECT_EQ(schedule.nextDue(), now);
    ASSERT_EQ(takeDue().size(), 1U);
    now += 100ms;
    receive(true);
    EXPECT_EQ(schedule.nextDue(), now + 900ms);
    now += 900ms;
    EXPECT_EQ(takeDue().size(), 1U);
}

TEST_F(AckScheduleTest, AnswersManyRepeatsAfterASecondAndNotASecondForEach)
{
    for (int i = 0; i < 100; ++i) {
        receive(true);
        takeDue();
    }
    EXPECT_EQ(schedule.nextDue(), now + 1s);
    now += 1s;
    EXPECT_EQ(takeDue().size(), 1U);
    now += 1s;
    receive(true);
    EXPECT_EQ(schedule.nextDue(), now);
}

TEST_F(AckScheduleTest, IsSlowerOnASlowTransport)
{
    receive(false, false, {kMail, bobAtPost()});
    EXPECT_EQ(schedule.nextDue(), now + 30s);
}

TEST_F(AckScheduleTest, KeepsWhatHasNoWayUntilOneOpens)
{
    receive();
    now += 50ms;
    const auto due = takeDue();
    ASSERT_EQ(due.size(), 1U);
    schedule.keep(due[0]);
    EXPECT_FALSE(schedule.nextDue()) << "waking up would not help";
    now += 1h;
    schedule.waysOpened(now);
    EXPECT_EQ(takeDue().size(), 1U);
    schedule.waysOpened(now);
    EXPECT_TRUE(takeDue().empty());
}

TEST_F(AckScheduleTest, ForgetsAContactThatIsGone)
{
    receive();
    schedule.forget(kBob);
    EXPECT_FALSE(schedule.nextDue());
}

} // namespace
} // namespace planb::delivery::test
