// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/delivery/spending.h"

#include "core/delivery/constants.h"
#include "tests/core/delivery/engine_world.h"

#include <gtest/gtest.h>

namespace planb::delivery::test {
namespace {

constexpr MonoTime kStart{1h};

TEST(Spending, AllowsNothingWithoutLimitsOfTheUser)
{
    const Spending spending;
    EXPECT_FALSE(spending.isAllowed({}, kStart));
    EXPECT_FALSE(spending.isAllowed({5, 0}, kStart));
    EXPECT_FALSE(spending.isAllowed({0, 5}, kStart));
    EXPECT_FALSE(spending.allowedAt({}, kStart));
}

TEST(Spending, StopsAtTheLimitOfADay)
{
    Spending spending;
    const SpendingLimits limits{2, 100};
    spending.onSpent(kStart);
    EXPECT_TRUE(spending.isAllowed(limits, kStart));
    spending.onSpent(kStart + 1h);
    EXPECT_FALSE(spending.isAllowed(limits, kStart + 1h));
    EXPECT_EQ(spending.allowedAt(limits, kStart + 1h), kStart + 24h);
    EXPECT_TRUE(spending.isAllowed(limits, kStart + 24h));
}

TEST(Spending, StopsAtTheLimitOfAMonth)
{
    Spending spending;
    const SpendingLimits limits{2, 3};
    for (const auto at : {0h, 24h, 48h})
        spending.onSpent(kStart + at);
    EXPECT_FALSE(spending.isAllowed(limits, kStart + 96h));
    EXPECT_EQ(spending.allowedAt(limits, kStart + 96h), kStart + 30 * 24h);
}

TEST(Spending, CountsWhatWasSpentInAnEarlierLife)
{
    Spending spending;
    spending.onSpent(kStart);
    spending.onSpent(kStart - 23h);
    EXPECT_FALSE(spending.isAllowed({2, 100}, kStart));
    EXPECT_EQ(spending.allowedAt({2, 100}, kStart), kStart + 1h);
}

class MeteredEngine : public testing::Test
{
protected:
    static ChainLink phoneWith(SpendingLimits limits)
    {
        ChainLink link = phone();
        link.limits = limits;
        return link;
    }
    void bobMayCost() { world.post(ContactChanged{kBob, {bobAtOne(), bobsNumber()}, true, true}); }

    EngineWorld world{{primary(), phone()}};
};

TEST_F(MeteredEngine, SpendsUnaskedOnlyAfterTwoMinutesWithoutAnotherWay)
{
    bobMayCost();
    world.link(kPrimary).goesDown();
    const MessageId hello = world.send();
    world.advance(120s - 1ms);
    EXPECT_EQ(world.waysOf(hello), Ways{});
    world.advance(1ms);
    EXPECT_EQ(world.waysOf(hello), Ways{kPhone});
    EXPECT_EQ(world.waysOf(world.send()), Ways{kPhone}) << "the silence goes on";
}

TEST_F(MeteredEngine, StartsTheTwoMinutesAnewWhenAWayWasOpen)
{
    bobMayCost();
    world.link(kPrimary).answersAfter(1ms);
    world.link(kPrimary).goesDown();
    world.send();
    world.advance(100s);
    world.link(kPrimary).comesUp();
    world.advance(10min);
    world.link(kPrimary).goesDown();
    const MessageId later = world.send();
    world.advance(100s);
    EXPECT_EQ(world.waysOf(later), Ways{});
}

TEST_F(MeteredEngine, SpendsNothingForSomebodyTheUserDidNotAllowItFor)
{
    world.link(kPrimary).goesDown();
    const MessageId hello = world.send();
    world.advance(1h);
    EXPECT_EQ(world.waysOf(hello), Ways{});
}

TEST_F(MeteredEngine, SpendsNothingWhenJustThisComputerHasNoNetwork)
{
    bobMayCost();
    world.link(kPrimary).goesDown(FailureCode::NetworkUnreachable);
    const MessageId hello = world.send();
    world.advance(1h);
    EXPECT_EQ(world.waysOf(hello), Ways{});
    world.link(kPrimary).failsToConnect(FailureCode::ConnectionRefused);
    world.advance(1s);
    EXPECT_EQ(world.waysOf(world.send()), Ways{kPhone}) << "now it is the server";
}

TEST_F(MeteredEngine, KeepsToTheLimitAlsoForWhatTheUserSendsThatWay)
{
    world.chainBecomes({primary(), phoneWith({1, 10})});
    EXPECT_EQ(world.waysOf(world.send(kBob, 100, kPhone)), Ways{kPhone});
    const MessageId second = world.send(kBob, 100, kPhone);
    world.advance(24h - 1ms);
    EXPECT_EQ(world.waysOf(second), Ways{});
    world.advance(1ms);
    EXPECT_EQ(world.waysOf(second), Ways{kPhone});
}

TEST_F(MeteredEngine, RemembersWhatAnEarlierLifeSpent)
{
    world.chainBecomes({primary(), phoneWith({1, 10})});
    world.post(Spent{kPhone, 1h});
    const MessageId hello = world.send(kBob, 100, kPhone);
    EXPECT_EQ(world.waysOf(hello), Ways{});
    world.advance(23h);
    EXPECT_EQ(world.waysOf(hello), Ways{kPhone});
}

TEST_F(MeteredEngine, PrefersAHeldLinkToOneThatCosts)
{
    bobMayCost();
    world.link(kPrimary).goesDown();
    world.send();
    world.advance(121s);
    world.link(kPrimary).comesUp();
    EXPECT_EQ(world.waysOf(world.send()), Ways{kPrimary});
}

} // namespace
} // namespace planb::delivery::test
