// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/delivery/engine_world.h"

#include "core/delivery/constants.h"

#include <gtest/gtest.h>

namespace planb::delivery::test {
namespace {

TEST(EngineFailover, GoesOnByTheNextLinkWhenTheFirstDoesNotAnswerInTime)
{
    EngineWorld world;
    const MessageId hello = world.send();
    world.advance(2s - 1ms);
    EXPECT_EQ(world.waysOf(hello), Ways{kPrimary});
    world.advance(1ms);
    EXPECT_EQ(world.waysOf(hello), (Ways{kPrimary, kBackup}));
    EXPECT_EQ(world.endsOf(world.attempt(hello, kPrimary)), std::vector{AttemptState::Unsure});
    EXPECT_EQ(world.probesOf(kPrimary), 1);
}

TEST(EngineFailover, NoticesASilentLinkWithinHalfASecondOnceItKnowsHowFastTheLinkIs)
{
    EngineWorld world;
    world.link(kPrimary).answersAfter(20ms);
    for (int i = 0; i < 20; ++i) {
        world.send();
        world.advance(1s);
    }
    world.link(kPrimary).freezes();
    const MessageId hello = world.send();
    world.advance(500ms);
    EXPECT_EQ(world.waysOf(hello), (Ways{kPrimary, kBackup}));
}

TEST(EngineFailover, TakesEverythingThatIsOpenOnALinkThatGoesDown)
{
    EngineWorld world;
    const MessageId first = world.send();
    const MessageId second = world.send();
    world.link(kPrimary).goesDown();
    EXPECT_EQ(world.waysOf(first), (Ways{kPrimary, kBackup}));
    EXPECT_EQ(world.waysOf(second), (Ways{kPrimary, kBackup}));
}

TEST(EngineFailover, SendsOnceAgainAlthoughTheAnswersComeBeforeTheNewsThatTheLinkIsDown)
{
    EngineWorld world;
    const MessageId first = world.send();
    const MessageId second = world.send();
    world.link(kPrimary).breaksAndGoesDown();
    EXPECT_EQ(world.waysOf(first), (Ways{kPrimary, kBackup}));
    EXPECT_EQ(world.waysOf(second), (Ways{kPrimary, kBackup}));
}

TEST(EngineFailover, DoesNotSendAgainWhenAnAttemptThatTimedOutIsAnsweredAtLast)
{
    for (const auto code : {FailureCode::ConnectionLost, FailureCode::ServerBusy, FailureCode::RecipientUnknown}) {
        EngineWorld world({primary(), backup(), mail()});
        const MessageId hello = world.send();
        world.advance(2s);
        ASSERT_EQ(world.waysOf(hello), (Ways{kPrimary, kBackup}));
        world.refuses(hello, kPrimary, code);
        EXPECT_EQ(world.waysOf(hello), (Ways{kPrimary, kBackup})) << "the backup has it in hand";
        world.accepts(hello, kBackup);
        EXPECT_EQ(world.shown(hello), MessageState::Sent);
    }
}

TEST(EngineFailover, TakesALateAcceptanceForWhatItIs)
{
    EngineWorld world;
    const MessageId hello = world.send();
    world.advance(2s);
    world.accepts(hello, kPrimary);
    EXPECT_EQ(world.shown(hello), MessageState::Sent);
    EXPECT_EQ(world.endsOf(world.attempt(hello, kPrimary)),
              (std::vector{AttemptState::Unsure, AttemptState::Accepted}));
    world.link(kBackup).goesDown();
    EXPECT_EQ(world.waysOf(hello), (Ways{kPrimary, kBackup})) << "it needs no third attempt";
}

TEST(EngineFailover, FallsDownTheWholeChain)
{
    EngineWorld world({primary(), backup(), mail()});
    const MessageId hello = world.send();
    world.advance(5s);
    EXPECT_EQ(world.waysOf(hello), (Ways{kPrimary, kBackup, kMail}));
}

TEST(EngineFailover, DoesNotSendFromOneSilentLinkToAnotherThatIsSilentToo)
{
    EngineWorld world({primary(), backup(), mail()});
    const MessageId byPrimary = world.send(kBob, 100, kPrimary);
    const MessageId byBackup = world.send(kBob, 100, kBackup);
    const MessageId hello = world.send();
    ASSERT_EQ(world.waysOf(hello), Ways{kPrimary});
    world.advance(2s); // both are overdue in the same instant
    EXPECT_EQ(world.waysOf(hello), (Ways{kPrimary, kMail}));
    EXPECT_EQ(world.probesOf(kPrimary), 1);
    EXPECT_EQ(world.probesOf(kBackup), 1);
    EXPECT_EQ(world.openWaysOf(byPrimary), Ways{kPrimary});
    EXPECT_EQ(world.openWaysOf(byBackup), Ways{kBackup});
}

TEST(EngineFailover, WaitsForTheOnlyLinkThatIsLeftAndUsesItAgain)
{
    EngineWorld world({primary()});
    world.contactIs(kBob, {bobAtOne()});
    const MessageId hello = world.send();
    world.advance(2s);
    EXPECT_EQ(world.openWaysOf(hello), Ways{kPrimary});
    world.link(kPrimary).goesDown();
    EXPECT_EQ(world.openWaysOf(hello), Ways{});
    world.link(kPrimary).comesUp();
    EXPECT_EQ(world.waysOf(hello), (Ways{kPrimary, kPrimary}));
}

TEST(EngineFailover, RepeatsWhatADyingServerHadJustAccepted)
{
    EngineWorld world;
    const MessageId hello = world.send();
    world.accepts(hello, kPrimary);
    world.advance(1s);
    world.link(kPrimary).goesDown();
    EXPECT_EQ(world.waysOf(hello), (Ways{kPrimary, kBackup}));
    EXPECT_EQ(world.shown(hello), MessageState::Sent);
}

TEST(EngineFailover, KeepsWhatADyingServerHadJustAcceptedUntilAnotherWayOpens)
{
    EngineWorld world({primary()});
    world.contactIs(kBob, {bobAtOne()});
    const MessageId hello = world.send();
    world.accepts(hello, kPrimary);
    world.link(kPrimary).goesDown();
    world.advance(1min);
    world.link(kPrimary).comesUp();
    EXPECT_EQ(world.waysOf(hello), (Ways{kPrimary, kPrimary}));
}

TEST(EngineFailover, TrustsAServerThatTookItLongBeforeItDied)
{
    EngineWorld world;
    const MessageId hello = world.send();
    world.accepts(hello, kPrimary);
    world.advance(11s);
    world.link(kPrimary).goesDown();
    EXPECT_EQ(world.waysOf(hello), Ways{kPrimary});
}

TEST(EngineFailover, DoesNotRepeatWhatADyingServerAcceptedToAClientThatWouldShowItTwice)
{
    EngineWorld world;
    world.bobUsesAnotherClient();
    const MessageId hello = world.send();
    world.accepts(hello, kPrimary);
    world.link(kPrimary).goesDown();
    world.advance(48h);
    EXPECT_EQ(world.waysOf(hello), Ways{kPrimary});
}

TEST(EngineFailover, TriesTheNextWayWhenTheRepeatOfADoubtfulMessageFailsToo)
{
    EngineWorld world({primary(), backup(), mail()});
    const MessageId hello = world.send();
    world.accepts(hello, kPrimary);
    world.link(kPrimary).goesDown();
    ASSERT_EQ(world.openWaysOf(hello), Ways{kBackup});
    world.link(kBackup).goesDown();
    EXPECT_EQ(world.openWaysOf(hello), Ways{kMail});
}

TEST(EngineFailover, MovesOnWhenALinkRecoversAndFallsSilentAgainWithTheSameAttemptOpen)
{
    EngineWorld world;
    const MessageId hello = world.send();
    const MessageId other = world.send();
    world.link(kBackup).goesDown();
    world.advance(2s); // nowhere to go
    world.accepts(other, kPrimary); // the primary answers again, but not for hello
    world.link(kBackup).comesUp();
    world.link(kBackup).answersAfter(20ms);
    world.advance(20s);
    EXPECT_EQ(world.waysOf(hello).back(), kBackup);
    EXPECT_EQ(world.shown(hello), MessageState::Sent);
}

TEST(EngineFailover, FinishesAnAttemptAsUnsureOnceHoweverOftenItsLinkIsSuspected)
{
    EngineWorld world({primary()});
    const MessageId hello = world.send();
    const MessageId other = world.send();
    world.advance(2s);
    world.accepts(other, kPrimary);
    world.advance(10s);
    EXPECT_EQ(world.probesOf(kPrimary), 3) << "two suspicions, and once while it proves itself";
    EXPECT_EQ(world.endsOf(world.attempt(hello, kPrimary)), std::vector{AttemptState::Unsure});
}

TEST(EngineFailover, FindsTheLinkReadyAgainWhenAnOverdueAnswerComes)
{
    EngineWorld world({primary()});
    const MessageId hello = world.send();
    world.advance(2s);
    world.accepts(hello, kPrimary);
    const MessageId next = world.send();
    world.advance(10s);
    EXPECT_EQ(world.probesOf(kPrimary), 3) << "the link is watched again, and asked while it proves itself";
    EXPECT_EQ(world.openWaysOf(next), Ways{kPrimary});
}

TEST(EngineFailover, DoesNotSpinWhenALinkThatSaysItIsUpRefusesEverythingAtOnce)
{
    EngineWorld world({primary()});
    world.contactIs(kBob, {bobAtOne()});
    const MessageId hello = world.send();
    for (int i = 0; i < 200; ++i) {
        if (world.openWaysOf(hello).empty())
            world.advance(100ms);
        else
            world.refuses(hello, kPrimary, FailureCode::ConnectionLost);
    }
    EXPECT_LT(world.waysOf(hello).size(), 12U);
    EXPECT_GT(world.waysOf(hello).size(), 3U);
}

} // namespace
} // namespace planb::delivery::test
