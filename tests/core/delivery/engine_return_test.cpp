// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/delivery/engine_world.h"

#include "core/delivery/constants.h"

#include <gtest/gtest.h>

namespace planb::delivery::test {
namespace {

class EngineReturn : public testing::Test
{
protected:
    EngineReturn()
    {
        world.link(kPrimary).answersAfter(20ms);
        world.link(kBackup).answersAfter(20ms);
    }
    /// The way a message sent now goes.
    TransportId way()
    {
        const MessageId probe = world.send();
        const TransportId taken = world.waysOf(probe).front();
        world.advance(30ms);
        world.confirms(probe);
        return taken;
    }

    EngineWorld world;
};

TEST_F(EngineReturn, WaitsUntilALinkThatWasLostHasProvedItself)
{
    ASSERT_EQ(way(), kPrimary);
    world.link(kPrimary).goesDown();
    ASSERT_EQ(way(), kBackup);
    world.link(kPrimary).comesUp();
    EXPECT_EQ(way(), kBackup);
    world.advance(29s);
    EXPECT_EQ(way(), kBackup);
    world.advance(1s);
    EXPECT_EQ(way(), kPrimary);
}

TEST_F(EngineReturn, UsesAHeldLinkWhenThereIsNoOther)
{
    world.link(kPrimary).goesDown();
    world.link(kBackup).goesDown();
    world.link(kPrimary).comesUp();
    EXPECT_EQ(way(), kPrimary);
}

TEST_F(EngineReturn, PrefersAHeldLinkToASuspectOne)
{
    world.link(kPrimary).goesDown();
    world.link(kPrimary).comesUp();
    world.link(kBackup).becomesSuspect();
    EXPECT_EQ(way(), kPrimary);
}

TEST_F(EngineReturn, TakesTheChainsOrderWhenAllAreHeld)
{
    world.link(kPrimary).goesDown();
    world.link(kBackup).goesDown();
    world.link(kBackup).comesUp();
    world.link(kPrimary).comesUp();
    EXPECT_EQ(way(), kPrimary);
}

TEST_F(EngineReturn, TellsOfEverySwitchAndItsReason)
{
    way();
    world.link(kPrimary).goesDown(FailureCode::ServerClosed);
    ASSERT_EQ(world.switches().size(), 1U);
    EXPECT_EQ(world.switches()[0], (SwitchedRoute{kBob, kPrimary, kBackup, QStringLiteral("ServerClosed")}));
    world.link(kPrimary).comesUp();
    world.advance(29s);
    EXPECT_EQ(world.switches().size(), 1U);
    world.advance(1s);
    ASSERT_EQ(world.switches().size(), 2U) << "told when the hold ends, without any message";
    EXPECT_EQ(world.switches()[1], (SwitchedRoute{kBob, kBackup, kPrimary, QStringLiteral("Recovered")}));
}

TEST_F(EngineReturn, TellsOfTheReturnAlsoWhenAnotherEventComesBeforeTheWakeUp)
{
    way();
    world.link(kPrimary).goesDown();
    world.link(kPrimary).comesUp();
    world.oversleeps(31s);
    EXPECT_EQ(world.nextWake(), world.now()) << "overdue";
    world.hears();
    ASSERT_EQ(world.switches().size(), 2U);
    EXPECT_EQ(world.switches()[1].to, kPrimary);
}

TEST_F(EngineReturn, TellsThatASilentLinkWasTheReason)
{
    way();
    world.link(kPrimary).freezes();
    world.send();
    world.advance(2s);
    ASSERT_EQ(world.switches().size(), 1U);
    EXPECT_EQ(world.switches()[0].reason, QStringLiteral("HopTimeout"));
}

TEST_F(EngineReturn, TellsThatARefusedAddressWasTheReason)
{
    const MessageId hello = world.send();
    world.refuses(hello, kPrimary, FailureCode::RecipientUnknown);
    ASSERT_EQ(world.switches().size(), 1U);
    EXPECT_EQ(world.switches()[0], (SwitchedRoute{kBob, kPrimary, kBackup, QStringLiteral("RecipientUnknown")}));
}

TEST_F(EngineReturn, ReturnsToAnAddressThatHasRested)
{
    const MessageId hello = world.send();
    world.refuses(hello, kPrimary, FailureCode::RecipientUnavailable);
    ASSERT_EQ(way(), kBackup);
    world.advance(1min);
    EXPECT_EQ(way(), kPrimary);
    EXPECT_EQ(world.switches().back().reason, QStringLiteral("Recovered"));
}

TEST_F(EngineReturn, SwitchesNothingForContactsItHasNotWrittenTo)
{
    world.contactIs(kCarol, {bobAtOne(), bobAtTwo()});
    world.link(kPrimary).goesDown();
    EXPECT_TRUE(world.switches().empty());
}

TEST_F(EngineReturn, SwitchesNowhereWhileAllAreDown)
{
    way();
    world.link(kBackup).goesDown();
    world.link(kPrimary).goesDown();
    world.advance(1h);
    EXPECT_TRUE(world.switches().empty());
}

TEST_F(EngineReturn, HoldsALinkThatFlapsLongerEachTime)
{
    // Up and down once a second for ten minutes.
    for (int i = 0; i < 600; ++i) {
        world.link(kPrimary).goesDown();
        world.advance(500ms);
        world.link(kPrimary).comesUp();
        world.send();
        world.advance(500ms);
    }
    EXPECT_LE(world.switches().size(), 2U);
    EXPECT_EQ(way(), kBackup);
    world.advance(9min);
    EXPECT_EQ(way(), kBackup);
    world.advance(1min);
    EXPECT_EQ(way(), kPrimary);
}

TEST_F(EngineReturn, TakesOneOutageForOneLossHoweverManyReconnectionsFail)
{
    world.link(kPrimary).freezes();
    world.send();
    world.advance(3s);
    world.link(kPrimary).becomesSuspect();
    world.link(kPrimary).goesDown();
    for (int i = 0; i < 20; ++i) {
        world.advance(3s);
        world.link(kPrimary).failsToConnect();
    }
    world.link(kPrimary).thaws();
    world.link(kPrimary).comesUp();
    world.advance(30s);
    EXPECT_EQ(way(), kPrimary);
}

TEST_F(EngineReturn, WaitsAsLongAsTheUserWants)
{
    world.post(ReturnAfterChanged{2s});
    world.link(kPrimary).goesDown();
    world.link(kPrimary).comesUp();
    ASSERT_EQ(way(), kBackup);
    world.advance(2s);
    EXPECT_EQ(way(), kPrimary);
}

TEST_F(EngineReturn, RepeatsNothingOnlyBecauseABetterLinkIsBack)
{
    world.link(kPrimary).goesDown();
    const MessageId hello = world.send();
    ASSERT_EQ(world.waysOf(hello), Ways{kBackup});
    world.link(kPrimary).comesUp();
    EXPECT_EQ(world.waysOf(hello), Ways{kBackup});
}

TEST_F(EngineReturn, AsksAHeldLinkForASignOfLifeNowAndThen)
{
    world.link(kPrimary).goesDown();
    world.link(kPrimary).comesUp();
    world.advance(kReturnAfter);
    EXPECT_EQ(world.probesOf(kPrimary), 5);
    world.advance(1h);
    EXPECT_EQ(world.probesOf(kPrimary), 5) << "it has proved itself";
}

TEST_F(EngineReturn, SaysWhyItWentFromALinkThatIsBackButHeld)
{
    ASSERT_EQ(way(), kPrimary);
    world.post(LinkChanged{kBackup, LinkSight::Down, {}, {}}); // switched off
    world.link(kPrimary).goesDown();
    world.link(kPrimary).comesUp();
    world.advance(1s);
    ASSERT_TRUE(world.switches().empty()) << "there was nothing to go to";
    world.link(kBackup).comesUp();
    world.advance(kReturnAfter);
    ASSERT_EQ(world.switches().size(), 2U);
    EXPECT_EQ(world.switches()[0].reason, u"ConnectionLost");
    EXPECT_EQ(world.switches()[1].reason, u"Recovered");
}

} // namespace
} // namespace planb::delivery::test
