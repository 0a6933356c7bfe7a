// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/delivery/engine_world.h"

#include "core/delivery/constants.h"

#include <gtest/gtest.h>

namespace planb::delivery::test {
namespace {

TEST(EngineRestart, SendsWhatWasWrittenWhileEverythingWasDown)
{
    EngineWorld world;
    world.link(kPrimary).goesDown();
    world.link(kBackup).goesDown();
    const MessageId first = world.send();
    const MessageId second = world.send();
    world.restarts();
    EXPECT_EQ(world.waysOf(first), Ways{});
    world.link(kBackup).comesUp();
    EXPECT_EQ(world.waysOf(first), Ways{kBackup});
    EXPECT_EQ(world.waysOf(second), Ways{kBackup});
    EXPECT_LT(world.attempt(first, kBackup), world.attempt(second, kBackup));
}

TEST(EngineRestart, SendsAgainWhatNoHopHadTaken)
{
    EngineWorld world;
    const MessageId hello = world.send();
    world.restarts();
    world.link(kPrimary).comesUp();
    EXPECT_EQ(world.waysOf(hello), (Ways{kPrimary, kPrimary}));
}

TEST(EngineRestart, WaitsForTheConfirmationOfWhatAHopHadTaken)
{
    EngineWorld world;
    const MessageId hello = world.send();
    world.accepts(hello, kPrimary);
    world.advance(3s);
    world.restarts();
    world.link(kPrimary).comesUp();
    world.advance(4s - 1ms);
    EXPECT_EQ(world.waysOf(hello), Ways{kPrimary});
    world.advance(1ms);
    EXPECT_EQ(world.waysOf(hello).size(), 2U);
    world.confirms(hello);
    EXPECT_EQ(world.shown(hello), MessageState::Delivered);
}

TEST(EngineRestart, ForgetsWhatAHopHadTakenForAClientThatWouldShowItTwice)
{
    EngineWorld world;
    world.bobUsesAnotherClient();
    const MessageId hello = world.queue({{}, kBob, 100, {}, 1h, true});
    EXPECT_TRUE(world.isForgotten(hello));
    EXPECT_EQ(world.waysOf(hello), Ways{});
}

TEST(EngineRestart, RepeatsWhatAHopHadTakenWhenALinkComesUpMuchLater)
{
    EngineWorld world;
    const MessageId hello = world.send();
    world.accepts(hello, kPrimary);
    world.restarts();
    world.advance(3h);
    world.link(kBackup).comesUp();
    EXPECT_EQ(world.waysOf(hello), (Ways{kPrimary, kBackup}));
}

TEST(EngineRestart, GoesOnTryingAMessageOlderThanThirtyDays)
{
    EngineWorld world;
    const MessageId hello = world.queue({{}, kBob, 100, {}, 31 * 24h, false});
    EXPECT_EQ(world.waysOf(hello), Ways{kPrimary});
    EXPECT_EQ(world.shown(hello), MessageState::Sending);
}

TEST(EngineRestart, AsksTheUserAtOnceAboutAMessageOlderThanThirtyDaysWithoutAWay)
{
    EngineWorld world;
    world.link(kPrimary).goesDown();
    world.link(kBackup).goesDown();
    const MessageId hello = world.queue({{}, kBob, 100, {}, 31 * 24h, false});
    EXPECT_EQ(world.shown(hello), MessageState::Stalled);
    world.link(kPrimary).comesUp();
    EXPECT_EQ(world.waysOf(hello), Ways{kPrimary});
    EXPECT_EQ(world.shown(hello), MessageState::Sending);
}

TEST(EngineRestart, CountsTheAgeOfAMessageAcrossRestarts)
{
    EngineWorld world;
    world.link(kPrimary).goesDown();
    world.link(kBackup).goesDown();
    const MessageId hello = world.send();
    world.advance(29 * 24h);
    world.restarts();
    EXPECT_EQ(world.shown(hello), MessageState::Queued);
    world.advance(24h);
    EXPECT_EQ(world.shown(hello), MessageState::Stalled);
}

TEST(EngineRestart, TakesAPlainMessageAsSentThatIsOlderThanThirtyDaysWhenAServerTakesIt)
{
    EngineWorld world;
    world.bobUsesAnotherClient();
    const MessageId hello = world.queue({{}, kBob, 100, {}, 31 * 24h, false});
    world.accepts(hello, kPrimary);
    EXPECT_EQ(world.shown(hello), MessageState::Sent);
    EXPECT_TRUE(world.isForgotten(hello));
}

TEST(EngineRestart, DoesNotLearnFromAConfirmationThatMayBelongToAnEarlierLife)
{
    EngineWorld world({primary()});
    world.contactIs(kBob, {bobAtOne()});
    world.link(kPrimary).answersAfter(20ms);
    const MessageId restored = world.queue({{}, kBob, 100, {}, 1h, true});
    world.advance(1min);
    world.advance(20ms);
    world.confirms(restored); // at once: the answer to the first copy
    world.hears();
    const MessageId hello = world.send();
    world.advance(20ms);
    world.advance(4s - 1ms);
    EXPECT_EQ(world.waysOf(hello), Ways{kPrimary}) << "waits the first timeout, not the floor";
}

TEST(EngineRestart, RepeatsSoonWhatWasSentJustBeforeItBecauseTheConfirmationMayHaveBeenMissed)
{
    EngineWorld world;
    const MessageId young = world.queue({{}, kBob, 100, {}, 3s, true});
    const MessageId older = world.queue({{}, kBob, 100, {}, 5min, true});
    const MessageId old = world.queue({{}, kBob, 100, {}, 1h, true});
    world.advance(4s);
    EXPECT_EQ(world.waysOf(young).size(), 1U);
    EXPECT_TRUE(world.waysOf(older).empty());
    world.advance(11s);
    EXPECT_EQ(world.waysOf(older).size(), 1U);
    EXPECT_TRUE(world.waysOf(old).empty());
    world.advance(45s);
    EXPECT_EQ(world.waysOf(old).size(), 1U);
}

} // namespace
} // namespace planb::delivery::test
