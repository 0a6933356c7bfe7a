// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/delivery/engine_world.h"

#include "core/delivery/constants.h"

#include <gtest/gtest.h>

namespace planb::delivery::test {
namespace {

TEST(EngineRefusal, TriesTheSecondAddressWhenTheFirstIsRefused)
{
    EngineWorld world({primary()});
    world.contactIs(kBob, {bobAtOne(), bobAtTwo()});
    const MessageId hello = world.send();
    ASSERT_EQ(world.attempts(hello).back().address, bobAtOne());
    world.refuses(hello, kPrimary, FailureCode::RecipientUnknown);
    EXPECT_EQ(world.attempts(hello).back().address, bobAtTwo());
    EXPECT_EQ(world.endsOf(world.attempts(hello).front().attempt), std::vector{AttemptState::Rejected});
}

TEST(EngineRefusal, SparesLaterMessagesTheRefusedAddress)
{
    EngineWorld world({primary()});
    world.contactIs(kBob, {bobAtOne(), bobAtTwo()});
    world.refuses(world.send(), kPrimary, FailureCode::RecipientUnknown);
    EXPECT_EQ(world.attempts(world.send()).front().address, bobAtTwo());
}

TEST(EngineRefusal, DoesNotBlameTheLinkForARefusedAddress)
{
    EngineWorld world;
    world.contactIs(kCarol, {bobAtTwo()});
    world.contactIs(kBob, {bobAtOne()});
    world.refuses(world.send(), kPrimary, FailureCode::RecipientUnknown);
    world.contactIs(kCarol, {bobAtTwo(), Address{TransportKind::Xmpp, QStringLiteral("carol@one.example")}});
    EXPECT_EQ(world.waysOf(world.send(kCarol)), Ways{kPrimary});
}

TEST(EngineRefusal, AsksTheUserWhenEveryAddressIsRefusedAndTriesAgainLater)
{
    EngineWorld world({primary()});
    world.contactIs(kBob, {bobAtOne()});
    const MessageId hello = world.send();
    world.refuses(hello, kPrimary, FailureCode::RecipientUnknown);
    EXPECT_EQ(world.shown(hello), MessageState::Stalled);
    EXPECT_TRUE(world.isInOutbox(hello));
    world.advance(1h);
    EXPECT_EQ(world.waysOf(hello), (Ways{kPrimary, kPrimary}));
    EXPECT_EQ(world.shown(hello), MessageState::Sending);
}

TEST(EngineRefusal, TriesAnAddressAgainSoonWhenManyMessagesWereRefusedAtOnce)
{
    EngineWorld world({primary()});
    world.contactIs(kBob, {bobAtOne()});
    std::vector<MessageId> burst;
    for (int i = 0; i < 20; ++i)
        burst.push_back(world.send());
    for (const MessageId message : burst)
        world.refuses(message, kPrimary, FailureCode::RecipientUnavailable);
    world.advance(60s);
    for (const MessageId message : burst)
        EXPECT_EQ(world.openWaysOf(message), Ways{kPrimary});
}

TEST(EngineRefusal, GoesOnByAnotherTransportWhenOneDoesNotTakeTheText)
{
    EngineWorld world;
    const MessageId hello = world.send();
    world.refuses(hello, kPrimary, FailureCode::MessageRejected);
    EXPECT_EQ(world.waysOf(hello), (Ways{kPrimary, kBackup})) << "not by the primary to the other address";
    EXPECT_EQ(world.waysOf(world.send()), Ways{kPrimary}) << "another text may pass";
}

TEST(EngineRefusal, FailsAMessageThatNoTransportTakes)
{
    EngineWorld world;
    const MessageId hello = world.send();
    world.refuses(hello, kPrimary, FailureCode::MessageRejected);
    world.refuses(hello, kBackup, FailureCode::MessageTooLarge);
    EXPECT_EQ(world.shown(hello), MessageState::Failed);
    EXPECT_TRUE(world.isForgotten(hello));
    EXPECT_EQ(world.waysOf(hello), (Ways{kPrimary, kBackup}));
}

TEST(EngineRefusal, SaysNothingMoreOfAMessageThatFailed)
{
    EngineWorld world;
    const MessageId hello = world.send();
    world.refuses(hello, kPrimary, FailureCode::MessageRejected);
    world.refuses(hello, kBackup, FailureCode::MessageRejected);
    ASSERT_EQ(world.shown(hello), MessageState::Failed);
    world.confirms(hello); // the shell shows it as delivered; here there is nothing to do
    world.chainBecomes({primary(), backup(), mail()});
    world.link(kMail).comesUp();
    world.advance(48h);
    EXPECT_EQ(world.waysOf(hello), (Ways{kPrimary, kBackup}));
    EXPECT_EQ(world.nextWake(), std::nullopt);
}

TEST(EngineRefusal, DoesNotFailAMessageWhileAnotherTransportMayStillHaveTakenIt)
{
    EngineWorld world;
    const MessageId hello = world.send();
    world.advance(2s);
    ASSERT_EQ(world.openWaysOf(hello), (Ways{kPrimary, kBackup}));
    world.refuses(hello, kBackup, FailureCode::MessageRejected);
    EXPECT_NE(world.shown(hello), MessageState::Failed);
    world.accepts(hello, kPrimary);
    EXPECT_EQ(world.shown(hello), MessageState::Sent);
}

TEST(EngineRefusal, WaitsForATransportThatIsDownWhenTheOthersDoNotTakeTheText)
{
    EngineWorld world;
    world.link(kBackup).goesDown();
    const MessageId hello = world.send();
    world.refuses(hello, kPrimary, FailureCode::MessageTooLarge);
    EXPECT_EQ(world.shown(hello), MessageState::Sending) << "the backup may carry it";
    world.link(kBackup).comesUp();
    EXPECT_EQ(world.waysOf(hello), (Ways{kPrimary, kBackup}));
}

TEST(EngineRefusal, TriesABusyServerAgainAfterAMomentWhenThereIsNoOther)
{
    EngineWorld world({primary()});
    world.contactIs(kBob, {bobAtOne()});
    const MessageId hello = world.send();
    world.refuses(hello, kPrimary, FailureCode::ServerBusy);
    EXPECT_EQ(world.openWaysOf(hello), Ways{});
    EXPECT_EQ(world.shown(hello), MessageState::Sending);
    world.advance(600ms);
    EXPECT_EQ(world.openWaysOf(hello), Ways{kPrimary});
}

TEST(EngineRefusal, WaitsAsLongAsABusyServerAsksFor)
{
    EngineWorld world({primary()});
    world.contactIs(kBob, {bobAtOne()});
    const MessageId hello = world.send();
    world.refuses(hello, kPrimary, FailureCode::ServerBusy, Millis(90s));
    world.advance(89s);
    EXPECT_EQ(world.openWaysOf(hello), Ways{});
    world.advance(1s);
    EXPECT_EQ(world.openWaysOf(hello), Ways{kPrimary});
}

TEST(EngineRefusal, TriesTheNextRouteWhenAMessageComesBack)
{
    EngineWorld world;
    const MessageId hello = world.send();
    world.accepts(hello, kPrimary);
    world.bounces(hello, kPrimary, bobAtOne(), FailureCode::RecipientUnavailable);
    EXPECT_EQ(world.waysOf(hello), (Ways{kPrimary, kBackup}));
    world.accepts(hello, kBackup);
    EXPECT_EQ(world.shown(hello), MessageState::Sent);
}

TEST(EngineRefusal, TakesUpAForgottenMessageThatComesBack)
{
    EngineWorld world;
    world.bobUsesAnotherClient();
    const MessageId hello = world.send();
    world.accepts(hello, kPrimary);
    ASSERT_TRUE(world.isForgotten(hello));
    world.bounces(hello, kPrimary, bobAtOne(), FailureCode::RecipientUnavailable);
    EXPECT_EQ(world.waysOf(hello), (Ways{kPrimary, kBackup}));
    world.accepts(hello, kBackup);
    EXPECT_TRUE(world.isForgotten(hello));
    world.advance(48h);
    EXPECT_EQ(world.waysOf(hello), (Ways{kPrimary, kBackup}));
}

TEST(EngineRefusal, AsksTheUserWhenItCameBackFromEverywhere)
{
    EngineWorld world({primary()});
    world.contactIs(kBob, {bobAtOne()}, false);
    const MessageId hello = world.send();
    world.accepts(hello, kPrimary);
    world.bounces(hello, kPrimary, bobAtOne(), FailureCode::RecipientUnavailable);
    EXPECT_EQ(world.shown(hello), MessageState::Stalled);
}

TEST(EngineRefusal, ShowsItAsSentAgainWhenAnotherTransportTakesWhatCameBack)
{
    EngineWorld world({primary()});
    world.contactIs(kBob, {bobAtOne()}, false);
    const MessageId hello = world.send();
    world.accepts(hello, kPrimary);
    world.bounces(hello, kPrimary, bobAtOne(), FailureCode::RecipientUnknown);
    ASSERT_EQ(world.shown(hello), MessageState::Stalled);
    world.contactIs(kBob, {bobAtOne(), bobAtTwo()}, false);
    world.accepts(hello, kPrimary);
    EXPECT_EQ(world.shown(hello), MessageState::Sent);
    EXPECT_TRUE(world.isForgotten(hello));
}

TEST(EngineRefusal, DoesNotTakeTheWordOfAServerFromWhichItCameBack)
{
    EngineWorld world({primary()});
    world.contactIs(kBob, {bobAtOne()}, false);
    const MessageId hello = world.send();
    world.accepts(hello, kPrimary);
    world.bounces(hello, kPrimary, bobAtOne(), FailureCode::RecipientUnavailable);
    world.advance(60s);
    ASSERT_EQ(world.openWaysOf(hello), Ways{kPrimary});
    world.accepts(hello, kPrimary);
    EXPECT_EQ(world.shown(hello), MessageState::Stalled);
    world.bounces(hello, kPrimary, bobAtOne(), FailureCode::RecipientUnavailable);
    world.advance(120s);
    EXPECT_EQ(world.openWaysOf(hello), Ways{kPrimary}) << "tried again after a longer rest";
}

TEST(EngineRefusal, TakesItsWordWhenTheMessageDoesNotComeBackAgain)
{
    EngineWorld world({primary()});
    world.contactIs(kBob, {bobAtOne()}, false);
    const MessageId hello = world.send();
    world.accepts(hello, kPrimary);
    world.bounces(hello, kPrimary, bobAtOne(), FailureCode::RecipientUnavailable);
    world.advance(60s);
    world.accepts(hello, kPrimary);
    world.advance(10s);
    EXPECT_EQ(world.shown(hello), MessageState::Sent);
    EXPECT_TRUE(world.isForgotten(hello));
    world.advance(48h);
    EXPECT_EQ(world.waysOf(hello).size(), 2U);
}

TEST(EngineRefusal, WaitsForASecondReturnBeforeItTriesAgain)
{
    EngineWorld world({primary(), backup(), mail()});
    world.contactIs(kBob, {bobAtOne(), bobAtTwo(), bobAtPost()}, false);
    const MessageId refused = world.send();
    world.refuses(refused, kPrimary, FailureCode::RecipientUnavailable);
    world.accepts(refused, kBackup);
    world.advance(60s);
    const MessageId hello = world.send();
    world.advance(5s);
    ASSERT_EQ(world.openWaysOf(hello), (Ways{kPrimary, kBackup, kMail}));
    world.accepts(hello, kMail);
    world.bounces(hello, kMail, bobAtPost(), FailureCode::RecipientUnknown);
    world.accepts(hello, kPrimary);
    world.link(kBackup).goesDown();
    EXPECT_EQ(world.waysOf(hello).size(), 3U) << "the primary has it, and has not given it back";
    world.advance(10s);
    EXPECT_TRUE(world.isForgotten(hello));
}

TEST(EngineRefusal, GoesOnRepeatingWhatCameBackFromAPersonWhoseClientRemovesRepeats)
{
    EngineWorld world({primary()});
    world.contactIs(kBob, {bobAtOne()});
    const MessageId hello = world.send();
    world.accepts(hello, kPrimary);
    world.bounces(hello, kPrimary, bobAtOne(), FailureCode::RecipientUnavailable);
    world.advance(60s);
    world.accepts(hello, kPrimary);
    EXPECT_EQ(world.shown(hello), MessageState::Stalled);
    world.advance(10min);
    EXPECT_EQ(world.waysOf(hello).size(), 3U);
    world.confirms(hello);
    EXPECT_EQ(world.shown(hello), MessageState::Delivered);
}

TEST(EngineRefusal, ForgetsAMessageThatOneHopTookWhenTheOtherOneFails)
{
    for (const bool isLost : {true, false}) {
        EngineWorld world;
        world.bobUsesAnotherClient();
        const MessageId hello = world.send();
        world.advance(2s);
        ASSERT_EQ(world.openWaysOf(hello), (Ways{kPrimary, kBackup}));
        world.accepts(hello, kPrimary);
        EXPECT_EQ(world.shown(hello), MessageState::Sent);
        if (isLost)
            world.link(kBackup).goesDown();
        else
            world.refuses(hello, kBackup, FailureCode::RecipientUnknown);
        EXPECT_TRUE(world.isForgotten(hello));
        EXPECT_EQ(world.waysOf(hello), (Ways{kPrimary, kBackup}));
    }
}

TEST(EngineRefusal, ShowsADeliveredMessageAsDeliveredWhateverComesLater)
{
    EngineWorld world;
    const MessageId hello = world.send();
    world.advance(2s);
    world.confirms(hello, kBackup);
    world.refuses(hello, kPrimary, FailureCode::MessageRejected);
    world.refuses(hello, kBackup, FailureCode::RecipientUnknown);
    world.confirms(hello);
    EXPECT_EQ(world.shown(hello), MessageState::Delivered);
    EXPECT_EQ(world.waysOf(hello), (Ways{kPrimary, kBackup}));
}

} // namespace
} // namespace planb::delivery::test
