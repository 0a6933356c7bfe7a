// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/delivery/engine_world.h"

#include "core/delivery/constants.h"

#include <gtest/gtest.h>

namespace planb::delivery::test {
namespace {

TEST(EngineChain, GoesOnByAnotherTransportWhenItsOwnIsRemoved)
{
    EngineWorld world;
    const MessageId hello = world.send();
    world.chainBecomes({backup()});
    EXPECT_EQ(world.waysOf(hello), (Ways{kPrimary, kBackup}));
}

TEST(EngineChain, KeepsMessagesWhenTheLastTransportIsRemoved)
{
    EngineWorld world;
    const MessageId open = world.send();
    const MessageId accepted = world.send();
    world.accepts(accepted, kPrimary);
    world.chainBecomes({});
    EXPECT_EQ(world.shown(open), MessageState::Stalled);
    const MessageId later = world.send();
    EXPECT_EQ(world.shown(later), MessageState::Stalled);
    world.chainBecomes({mail()});
    world.link(kMail).comesUp();
    for (const MessageId message : {open, accepted, later})
        EXPECT_EQ(world.waysOf(message).back(), kMail);
}

TEST(EngineChain, ShowsAMessageAsSentAgainWhenTheUserAddsAWay)
{
    EngineWorld world;
    const MessageId hello = world.send();
    world.accepts(hello, kPrimary);
    world.chainBecomes({});
    ASSERT_EQ(world.shown(hello), MessageState::Stalled);
    world.chainBecomes({mail()});
    world.link(kMail).comesUp();
    world.accepts(hello, kMail);
    EXPECT_EQ(world.shown(hello), MessageState::Sent);
}

TEST(EngineChain, AsksTheUserAboutMessagesThatWaitWhenTheirLastTransportIsRemoved)
{
    EngineWorld world;
    world.link(kPrimary).goesDown();
    world.link(kBackup).goesDown();
    const MessageId hello = world.send();
    ASSERT_EQ(world.shown(hello), MessageState::Queued);
    world.chainBecomes({});
    EXPECT_EQ(world.shown(hello), MessageState::Stalled);
}

TEST(EngineChain, SendsNewMessagesInTheNewOrder)
{
    EngineWorld world;
    world.send();
    world.chainBecomes({backup(), primary()});
    EXPECT_EQ(world.waysOf(world.send()), Ways{kBackup});
    ASSERT_EQ(world.switches().size(), 1U);
    EXPECT_EQ(world.switches()[0].to, kBackup);
}

TEST(EngineChain, TellsThatTheChainWasTheReasonWhenATransportIsRemoved)
{
    EngineWorld world;
    world.send();
    world.chainBecomes({backup()});
    ASSERT_EQ(world.switches().size(), 1U);
    EXPECT_EQ(world.switches()[0], (SwitchedRoute{kBob, kPrimary, kBackup, QStringLiteral("ChainChanged")}));
}

TEST(EngineChain, LeavesOpenAttemptsAloneWhenOnlyTheOrderChanges)
{
    EngineWorld world;
    const MessageId hello = world.send();
    world.chainBecomes({backup(), primary()});
    EXPECT_EQ(world.waysOf(hello), Ways{kPrimary});
    world.accepts(hello, kPrimary);
    EXPECT_EQ(world.shown(hello), MessageState::Sent);
}

TEST(EngineChain, KeepsALinksStateWhenItsSettingsChange)
{
    EngineWorld world;
    ChainLink smaller = primary();
    smaller.maxTextBytes = 50;
    world.chainBecomes({smaller, backup()});
    EXPECT_EQ(world.waysOf(world.send(kBob, 50)), Ways{kPrimary});
    EXPECT_EQ(world.waysOf(world.send(kBob, 51)), Ways{kBackup});
}

TEST(EngineChain, TakesATransportThatWasRemovedAndAddedAgainForANewOne)
{
    EngineWorld world;
    const MessageId hello = world.send();
    world.refuses(hello, kPrimary, FailureCode::RecipientUnknown);
    world.link(kPrimary).goesDown();
    world.chainBecomes({backup()});
    world.chainBecomes({primary(), backup()});
    EXPECT_EQ(world.waysOf(world.send()), Ways{kBackup}) << "it is down until it says otherwise";
    world.link(kPrimary).comesUp();
    EXPECT_EQ(world.waysOf(world.send()), Ways{kPrimary}) << "with neither a hold nor a refused address";
}

TEST(EngineChain, KeepsAMessageWhoseChosenTransportIsRemoved)
{
    EngineWorld world;
    const MessageId hello = world.send(kBob, 100, kPrimary);
    world.chainBecomes({backup()});
    EXPECT_EQ(world.waysOf(hello), Ways{kPrimary});
    EXPECT_EQ(world.shown(hello), MessageState::Stalled);
    world.chainBecomes({primary(), backup()});
    world.link(kPrimary).comesUp();
    EXPECT_EQ(world.waysOf(hello), (Ways{kPrimary, kPrimary}));
}

TEST(EngineChain, ForgetsWhoWaitedForRoomOnATransportThatIsRemoved)
{
    EngineWorld world({primary()});
    world.contactIs(kBob, {bobAtOne()});
    std::vector<MessageId> burst;
    for (int i = 0; i < kWindow + 2; ++i)
        burst.push_back(world.send());
    world.chainBecomes({});
    world.chainBecomes({primary()});
    world.link(kPrimary).comesUp();
    EXPECT_EQ(world.openWaysOf(burst[kWindow - 1]), Ways{kPrimary});
    EXPECT_EQ(world.openWaysOf(burst[kWindow]), Ways{});
    world.accepts(burst[0], kPrimary);
    EXPECT_EQ(world.openWaysOf(burst[kWindow]), Ways{kPrimary});
}

TEST(EngineChain, IgnoresNewsOfTransportsItDoesNotHave)
{
    EngineWorld world({primary()});
    world.post(LinkChanged{kMail, LinkSight::Ready, {}, {}});
    world.post(HandedOver{AttemptId(77), {}});
    world.post(Delivered{MessageId(77), {}});
    world.post(Heard{kCarol});
    world.post(ContactRemoved{kCarol});
    EXPECT_TRUE(world.log().empty());
    EXPECT_EQ(world.nextWake(), std::nullopt);
}

TEST(EngineChain, UsesAnAddressTheContactHasGot)
{
    EngineWorld world({mail()});
    world.contactIs(kBob, {bobAtOne()});
    const MessageId hello = world.send();
    ASSERT_EQ(world.shown(hello), MessageState::Stalled);
    world.contactIs(kBob, {bobAtOne(), bobAtPost()});
    EXPECT_EQ(world.waysOf(hello), Ways{kMail});
}

TEST(EngineChain, SendsTheMessagesOfAContactThatIsJoinedToAnotherByTheOthersAddresses)
{
    EngineWorld world({mail()});
    world.contactIs(kCarol, {bobAtOne()});
    const MessageId waiting = world.send(kCarol);
    ASSERT_EQ(world.shown(waiting), MessageState::Stalled);
    world.post(ContactJoined{kCarol, kBob});
    EXPECT_EQ(world.waysOf(waiting), Ways{kMail});
    world.accepts(waiting, kMail);
    world.confirms(waiting);
    EXPECT_EQ(world.shown(waiting), MessageState::Delivered);
}

TEST(EngineChain, NoLongerUsesAnAddressTheContactHasLost)
{
    EngineWorld world({primary(), mail()});
    world.send();
    world.contactIs(kBob, {bobAtPost()});
    EXPECT_EQ(world.waysOf(world.send()), Ways{kMail});
}

} // namespace
} // namespace planb::delivery::test
