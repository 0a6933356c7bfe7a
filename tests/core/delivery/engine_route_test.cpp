// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/delivery/engine_world.h"

#include "core/delivery/constants.h"

#include <gtest/gtest.h>

namespace planb::delivery::test {
namespace {

TEST(EngineRoute, SendsAtOnceByTheFirstTransportOfTheChain)
{
    EngineWorld world;
    const MessageId hello = world.send();
    EXPECT_EQ(world.waysOf(hello), Ways{kPrimary});
    EXPECT_EQ(world.attempts(hello).front().address, bobAtOne());
    EXPECT_EQ(world.shown(hello), MessageState::Sending);
}

TEST(EngineRoute, ShowsAMessageAsSentWhenAServerTookItAndAsDeliveredWhenBobHasIt)
{
    EngineWorld world;
    const MessageId hello = world.send();
    world.accepts(hello, kPrimary);
    EXPECT_EQ(world.shown(hello), MessageState::Sent);
    EXPECT_EQ(world.endsOf(world.attempt(hello, kPrimary)), std::vector{AttemptState::Accepted});
    world.confirms(hello);
    EXPECT_EQ(world.statesOf(hello), (States{MessageState::Sending, MessageState::Sent, MessageState::Delivered}));
    EXPECT_TRUE(world.isForgotten(hello));
    EXPECT_EQ(world.nextWake(), std::nullopt) << "nothing is left to do";
}

TEST(EngineRoute, CountsAttemptsOnFromTheHighestInTheStore)
{
    SeededRandom random(1);
    Engine engine(random, AttemptId(41));
    const MonoTime now{1h};
    (void)engine.handle(ChainChanged{{primary()}}, now);
    (void)engine.handle(LinkChanged{kPrimary, LinkSight::Ready, {}, {}}, now);
    (void)engine.handle(ContactChanged{kBob, {bobAtOne()}, true}, now);
    const Effects effects = engine.handle(ItemQueued{MessageId(1), kBob, 5, {}, {}, false}, now);
    const auto *start = std::get_if<StartAttempt>(&effects.front());
    ASSERT_NE(start, nullptr);
    EXPECT_EQ(start->attempt, AttemptId(42));
}

TEST(EngineRoute, UsesTheNextTransportWhileTheFirstIsDown)
{
    EngineWorld world;
    world.link(kPrimary).goesDown();
    EXPECT_EQ(world.waysOf(world.send()), Ways{kBackup});
}

TEST(EngineRoute, KeepsAMessageUntilALinkComesUp)
{
    EngineWorld world;
    world.link(kPrimary).goesDown();
    world.link(kBackup).goesDown();
    const MessageId hello = world.send();
    EXPECT_EQ(world.waysOf(hello), Ways{});
    EXPECT_EQ(world.shown(hello), MessageState::Queued) << "a link that is down is not a question to the user";
    world.advance(1h);
    world.link(kBackup).comesUp();
    EXPECT_EQ(world.waysOf(hello), Ways{kBackup});
}

TEST(EngineRoute, AsksLinksThatAreDownToTryNowWhenSomebodyWaits)
{
    EngineWorld world;
    world.link(kPrimary).goesDown();
    world.link(kBackup).goesDown();
    world.send();
    world.send();
    EXPECT_EQ(world.nudgesOf(kPrimary), 1);
    EXPECT_EQ(world.nudgesOf(kBackup), 1);
    world.advance(5s);
    world.send();
    EXPECT_EQ(world.nudgesOf(kPrimary), 2);
}

TEST(EngineRoute, DoesNotNudgeWhileAWayIsOpen)
{
    EngineWorld world;
    world.link(kPrimary).goesDown();
    world.send();
    EXPECT_EQ(world.nudgesOf(kPrimary), 0);
}

TEST(EngineRoute, SendsOlderMessagesFirstWhenALinkComesUp)
{
    EngineWorld world({primary()});
    world.link(kPrimary).goesDown();
    const MessageId first = world.send();
    const MessageId second = world.send();
    const MessageId third = world.send();
    world.link(kPrimary).comesUp();
    EXPECT_LT(world.attempt(first, kPrimary), world.attempt(second, kPrimary));
    EXPECT_LT(world.attempt(second, kPrimary), world.attempt(third, kPrimary));
}

TEST(EngineRoute, UsesASuspectLinkOnlyAsALastResort)
{
    EngineWorld world;
    world.link(kPrimary).becomesSuspect();
    EXPECT_EQ(world.waysOf(world.send()), Ways{kBackup});
    world.link(kBackup).goesDown();
    EXPECT_EQ(world.waysOf(world.send()), Ways{kPrimary});
}

TEST(EngineRoute, LeavesASuspectLinkAsSoonAsABetterOneIsThere)
{
    EngineWorld world;
    world.link(kBackup).goesDown();
    world.link(kPrimary).becomesSuspect();
    const MessageId hello = world.send();
    ASSERT_EQ(world.waysOf(hello), Ways{kPrimary});
    world.link(kBackup).comesUp();
    EXPECT_EQ(world.waysOf(hello), (Ways{kPrimary, kBackup}));
}

TEST(EngineRoute, SendsAMessageOverASilentLinkOnceNotToEveryAddress)
{
    EngineWorld world({primary()});
    const MessageId hello = world.send();
    world.advance(2s);
    EXPECT_EQ(world.waysOf(hello), Ways{kPrimary});
    world.link(kPrimary).goesDown();
    world.link(kPrimary).comesUp();
    EXPECT_EQ(world.waysOf(hello), (Ways{kPrimary, kPrimary}));
}

TEST(EngineRoute, LeavesASuspectLinkWhenThePathElsewhereHasRested)
{
    EngineWorld world({primary(), mail()});
    const MessageId first = world.send();
    world.link(kPrimary).becomesSuspect();
    ASSERT_EQ(world.openWaysOf(first), (Ways{kPrimary, kMail}));
    world.refuses(first, kMail, FailureCode::ServerBusy);
    const MessageId second = world.send();
    EXPECT_EQ(world.waysOf(second), Ways{kPrimary});
    world.advance(1s);
    EXPECT_EQ(world.waysOf(first), (Ways{kPrimary, kMail, kMail}));
    EXPECT_EQ(world.waysOf(second), (Ways{kPrimary, kMail}));
}

TEST(EngineRoute, NeverSpendsMoneyByItself)
{
    EngineWorld world({primary(), phone()});
    world.link(kPrimary).goesDown();
    const MessageId hello = world.send();
    world.advance(31 * 24h);
    EXPECT_EQ(world.waysOf(hello), Ways{});
}

TEST(EngineRoute, SpendsMoneyWhenTheUserChoseThatTransport)
{
    EngineWorld world({primary(), phone()});
    EXPECT_EQ(world.waysOf(world.send(kBob, 100, kPhone)), Ways{kPhone});
}

TEST(EngineRoute, KeepsToTheTransportTheUserChose)
{
    EngineWorld world;
    const MessageId hello = world.send(kBob, 100, kBackup);
    ASSERT_EQ(world.waysOf(hello), Ways{kBackup});
    world.link(kBackup).goesDown();
    world.advance(1h);
    EXPECT_EQ(world.waysOf(hello), Ways{kBackup}) << "the primary is up, but was not chosen";
    world.link(kBackup).comesUp();
    EXPECT_EQ(world.waysOf(hello), (Ways{kBackup, kBackup}));
}

TEST(EngineRoute, DoesNotTakeAChosenTransportForTheUsualWay)
{
    EngineWorld world;
    world.send(kBob, 100, kBackup);
    world.send();
    world.advance(1s);
    EXPECT_TRUE(world.switches().empty());
}

TEST(EngineRoute, SendsALongTextByATransportThatCarriesIt)
{
    EngineWorld world({primary(), mail()});
    EXPECT_EQ(world.waysOf(world.send(kBob, 10'000)), Ways{kPrimary});
    EXPECT_EQ(world.waysOf(world.send(kBob, 10'001)), Ways{kMail});
}

TEST(EngineRoute, FailsAtOnceWhatNoTransportCanEverCarry)
{
    EngineWorld world;
    const MessageId novel = world.send(kBob, 10'001);
    EXPECT_EQ(world.statesOf(novel), States{MessageState::Failed});
    EXPECT_TRUE(world.isForgotten(novel));
}

TEST(EngineRoute, AsksTheUserWhenThereIsNoTransportForTheContactAtAll)
{
    EngineWorld world({mail()});
    world.contactIs(kCarol, {bobAtOne()});
    const MessageId hello = world.send(kCarol);
    EXPECT_EQ(world.shown(hello), MessageState::Stalled);
    EXPECT_TRUE(world.isInOutbox(hello));
    world.contactIs(kCarol, {bobAtOne(), bobAtPost()});
    EXPECT_EQ(world.waysOf(hello), Ways{kMail});
    EXPECT_EQ(world.shown(hello), MessageState::Sending);
}

TEST(EngineRoute, SendsToAContactItHearsOfLater)
{
    EngineWorld world;
    const MessageId hello = world.send(kCarol);
    EXPECT_EQ(world.waysOf(hello), Ways{});
    world.contactIs(kCarol, {bobAtOne()});
    EXPECT_EQ(world.waysOf(hello), Ways{kPrimary});
}

TEST(EngineRoute, ForgetsTheMessagesOfAContactThatIsRemoved)
{
    EngineWorld world;
    const MessageId open = world.send();
    const MessageId accepted = world.send();
    world.accepts(accepted, kPrimary);
    world.link(kPrimary).goesDown();
    world.link(kBackup).goesDown();
    const MessageId waiting = world.send();
    world.post(ContactRemoved{kBob});
    EXPECT_TRUE(world.isForgotten(open));
    EXPECT_TRUE(world.isForgotten(accepted));
    EXPECT_TRUE(world.isForgotten(waiting));
    world.link(kPrimary).comesUp();
    world.advance(48h);
    EXPECT_EQ(world.waysOf(waiting), Ways{});
    EXPECT_EQ(world.nextWake(), std::nullopt);
}

TEST(EngineRoute, IgnoresAnswersThatComeAfterTheContactIsRemoved)
{
    EngineWorld world;
    const MessageId taken = world.send();
    const MessageId refused = world.send();
    world.post(ContactRemoved{kBob});
    world.accepts(taken, kPrimary);
    world.refuses(refused, kPrimary, FailureCode::RecipientUnknown);
    EXPECT_EQ(world.endsOf(world.attempt(taken, kPrimary)), std::vector{AttemptState::Accepted});
    EXPECT_EQ(world.waysOf(refused), Ways{kPrimary});
    EXPECT_EQ(world.nextWake(), std::nullopt);
}

TEST(EngineRoute, LeavesAMessageAloneThatIsQueuedTwice)
{
    EngineWorld world({primary()});
    world.link(kPrimary).answersAfter(50ms);
    const MessageId hello = world.send();
    world.advance(1s);
    world.post(ItemQueued{hello, kBob, 100, {}, {}, false});
    EXPECT_EQ(world.waysOf(hello), Ways{kPrimary});
    world.advance(48h); // the world checks that no wake-up stays in the past
    EXPECT_TRUE(world.isInOutbox(hello));
}

TEST(EngineRoute, WaitsForRoomOnTheBestLinkAndDoesNotSpillOver)
{
    EngineWorld world;
    std::vector<MessageId> burst;
    for (int i = 0; i < kWindow + 1; ++i)
        burst.push_back(world.send());
    EXPECT_EQ(world.waysOf(burst[kWindow]), Ways{});
    world.accepts(burst[0], kPrimary);
    EXPECT_EQ(world.waysOf(burst[kWindow]), Ways{kPrimary});
}

TEST(EngineRoute, TakesTheNextLinkWhenTheFullOneFallsSilentOrIsLost)
{
    for (const bool isLost : {false, true}) {
        EngineWorld world;
        std::vector<MessageId> burst;
        for (int i = 0; i < kWindow + 1; ++i)
            burst.push_back(world.send());
        if (isLost)
            world.link(kPrimary).goesDown();
        else
            world.advance(2s);
        // Both windows are full now; the last one is next when the backup has room.
        world.accepts(burst[0], kBackup);
        EXPECT_EQ(world.waysOf(burst[kWindow]), Ways{kBackup});
    }
}

TEST(EngineRoute, PutsNoMoreThanAWindowOnOneLinkAndTheRestWhenThereIsRoom)
{
    EngineWorld world({primary()});
    world.contactIs(kBob, {bobAtOne()});
    std::vector<MessageId> burst;
    for (int i = 0; i < kWindow + 3; ++i)
        burst.push_back(world.send());
    EXPECT_EQ(world.waysOf(burst[kWindow - 1]), Ways{kPrimary});
    EXPECT_EQ(world.waysOf(burst[kWindow]), Ways{});
    world.accepts(burst[0], kPrimary);
    EXPECT_EQ(world.waysOf(burst[kWindow]), Ways{kPrimary});
    EXPECT_EQ(world.waysOf(burst[kWindow + 1]), Ways{});
    world.refuses(burst[1], kPrimary, FailureCode::MessageRejected);
    EXPECT_EQ(world.waysOf(burst[kWindow + 1]), Ways{kPrimary});
    world.accepts(burst[2], kPrimary);
    EXPECT_EQ(world.waysOf(burst[kWindow + 2]), Ways{kPrimary});
}

TEST(EngineRoute, SendsALargeBurstWithoutLookingAtAllOfItForEachAnswer)
{
    // With a second link that is up but of no use to bob, looking at every waiting message after every answer
    // would take minutes here.
    EngineWorld world({primary(), mail()});
    world.contactIs(kBob, {bobAtOne()}, false);
    world.link(kPrimary).answersAfter(1ms);
    std::vector<MessageId> burst;
    for (int i = 0; i < 10'000; ++i)
        burst.push_back(world.send());
    world.advance(1s);
    EXPECT_TRUE(world.isForgotten(burst.front()));
    EXPECT_TRUE(world.isForgotten(burst.back()));
}

TEST(EngineRoute, TellsWhichTransportIsInUse)
{
    EngineWorld world;
    EXPECT_TRUE(world.engine().isInUse(kPrimary, world.now()));
    EXPECT_FALSE(world.engine().isInUse(kBackup, world.now()));
    world.send();
    world.link(kPrimary).goesDown();
    EXPECT_FALSE(world.engine().isInUse(kPrimary, world.now()));
    EXPECT_TRUE(world.engine().isInUse(kBackup, world.now()));
}

TEST(EngineRoute, GivesTheSameEffectsForTheSameEvents)
{
    const auto run = [] {
        EngineWorld world({primary(), backup(), mail()});
        world.link(kBackup).answersAfter(30ms);
        for (int i = 0; i < 20; ++i) {
            world.send();
            world.advance(300ms);
        }
        world.advance(2h);
        return world.log();
    };
    EXPECT_EQ(run(), run());
}

} // namespace
} // namespace planb::delivery::test
