// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/delivery/constants.h"
#include "tests/core/delivery/engine_world.h"

#include <gtest/gtest.h>

namespace planb::delivery::test {
namespace {

/// The primary takes everything and delivers nothing; bob is there.
class SwallowingPrimary : public testing::Test
{
protected:
    SwallowingPrimary()
    {
        world.link(kPrimary).answersAfter(10ms);
        world.link(kBackup).answersAfter(10ms);
    }
    /// Sends, and lets bob confirm what goes over the backup.
    MessageId exchange()
    {
        world.hears();
        const MessageId message = world.send();
        for (int i = 0; i < 100 && world.shown(message) != MessageState::Delivered; ++i) {
            world.advance(100ms);
            const Ways ways = world.waysOf(message);
            const bool isThere = std::ranges::find(ways, kBackup) != ways.end();
            if (isThere && world.openWaysOf(message).empty())
                world.confirms(message, kBackup);
        }
        return message;
    }

    EngineWorld world;
};

TEST_F(SwallowingPrimary, IsNoLongerTheFirstChoiceAfterFiveLostMessages)
{
    for (int i = 0; i < kEjectAfterFailures; ++i) {
        const MessageId lost = exchange();
        EXPECT_EQ(world.waysOf(lost), (Ways{kPrimary, kBackup}));
        EXPECT_EQ(world.attempts(lost).back().reason, u"NoConfirmation");
    }
    EXPECT_EQ(world.waysOf(exchange()), Ways{kBackup});
    ASSERT_FALSE(world.switches().empty());
    EXPECT_EQ(world.switches().back().to, kBackup);
    EXPECT_EQ(world.switches().back().reason, u"NoConfirmation");
}

TEST_F(SwallowingPrimary, GetsAnotherChanceAfterTheEjection)
{
    for (int i = 0; i < kEjectAfterFailures; ++i)
        exchange();
    world.advance(kEjection);
    EXPECT_EQ(world.waysOf(exchange()), (Ways{kPrimary, kBackup}));
    EXPECT_EQ(world.waysOf(exchange()), Ways{kBackup}) << "one more is enough now";
}

TEST_F(SwallowingPrimary, IsStillUsedWhenItIsAllThereIs)
{
    for (int i = 0; i < kEjectAfterFailures; ++i)
        exchange();
    world.link(kBackup).goesDown();
    EXPECT_EQ(world.waysOf(world.send()), Ways{kPrimary});
}

TEST_F(SwallowingPrimary, IsShownAsEjected)
{
    for (int i = 0; i < kEjectAfterFailures; ++i)
        exchange();
    const Report report = world.engine().report(world.now());
    ASSERT_EQ(report.links.size(), 2U);
    EXPECT_EQ(report.links[0].transport, kPrimary);
    EXPECT_EQ(report.links[0].sight, LinkSight::Ready);
    ASSERT_EQ(report.paths.size(), 4U) << "two transports, two addresses";
    EXPECT_EQ(report.paths[0].state, PathState::Ejected);
    EXPECT_TRUE(report.paths[0].until > world.now());
    EXPECT_EQ(report.paths[1].state, PathState::Open);
    EXPECT_TRUE(report.paths[1].isCurrent);
    EXPECT_EQ(report.hedges, kHedgeCapacity - kEjectAfterFailures);
}

TEST(EngineBudget, RepeatsNoMoreOnSuspicionThanTheBudgetAllows)
{
    EngineWorld world;
    world.hears();
    std::vector<MessageId> sent;
    for (int i = 0; i < kHedgeCapacity + 10; ++i) {
        sent.push_back(world.send());
        world.accepts(sent.back(), kPrimary);
    }
    world.advance(4s);
    const auto repeated = std::ranges::count_if(sent, [&](MessageId id) { return world.waysOf(id).size() > 1; });
    EXPECT_EQ(repeated, kHedgeCapacity);
    EXPECT_EQ(world.engine().report(world.now()).hedges, 0);
    world.advance(3min);
    EXPECT_TRUE(std::ranges::all_of(sent, [&](MessageId id) { return world.waysOf(id).size() > 1; }))
        << "late, but none is left out";
}

TEST(EngineBudget, IsFilledAgainByWhatIsDelivered)
{
    EngineWorld world;
    world.hears();
    const MessageId slow = world.send();
    world.accepts(slow, kPrimary);
    world.advance(4s);
    ASSERT_EQ(world.engine().report(world.now()).hedges, kHedgeCapacity - 1);
    for (int i = 0; i < kDeliveriesPerHedge; ++i) {
        const MessageId quick = world.send();
        world.accepts(quick, kPrimary);
        world.confirms(quick);
    }
    EXPECT_EQ(world.engine().report(world.now()).hedges, kHedgeCapacity);
}

TEST(EngineBudget, DoesNotChargeForALinkThatWasLost)
{
    EngineWorld world;
    world.hears();
    std::vector<MessageId> sent;
    for (int i = 0; i < kHedgeCapacity + 10; ++i)
        sent.push_back(world.send());
    world.link(kPrimary).goesDown();
    EXPECT_TRUE(std::ranges::all_of(sent, [&](MessageId id) {
        return world.waysOf(id) == (Ways{kPrimary, kBackup}) && world.attempts(id).back().reason == u"ConnectionLost";
    }));
    EXPECT_EQ(world.engine().report(world.now()).hedges, kHedgeCapacity);
}

TEST(EngineOutage, HoldsNoLinkThatFellTogetherWithOthers)
{
    EngineWorld world;
    world.link(kPrimary).goesDown();
    world.advance(1s);
    world.link(kBackup).goesDown();
    world.advance(10s);
    world.link(kBackup).comesUp();
    world.link(kPrimary).comesUp();
    EXPECT_EQ(world.waysOf(world.send()), Ways{kPrimary});
}

TEST(EngineOutage, AsksTheOtherLinksForASignOfLife)
{
    EngineWorld world({primary(), backup(), mail()});
    world.link(kPrimary).goesDown();
    EXPECT_EQ(world.probesOf(kMail), 0);
    world.link(kBackup).goesDown();
    EXPECT_EQ(world.probesOf(kMail), 1);
}

TEST(EngineOutage, HoldsLinksThatFallTogetherAgainAndAgain)
{
    EngineWorld world;
    for (int i = 0; i < 2; ++i) {
        world.link(kPrimary).goesDown();
        world.link(kBackup).goesDown();
        world.advance(5s);
        world.link(kBackup).comesUp();
        world.link(kPrimary).comesUp();
        world.advance(5s);
    }
    const Report report = world.engine().report(world.now());
    EXPECT_TRUE(report.links[0].heldUntil);
}

TEST(EngineFasterRoute, TakesOverWhatWentByMail)
{
    EngineWorld world({primary(), mail()});
    world.hears();
    world.link(kPrimary).goesDown();
    const MessageId letter = world.send();
    world.accepts(letter, kMail);
    world.link(kPrimary).comesUp();
    EXPECT_EQ(world.waysOf(letter), (Ways{kMail, kPrimary}));
    EXPECT_EQ(world.attempts(letter).back().reason, u"FasterRoute");
}

TEST(EngineFasterRoute, LeavesAloneWhatWentByAnEquallyFastOne)
{
    EngineWorld world;
    world.hears();
    world.link(kPrimary).goesDown();
    const MessageId hello = world.send();
    world.accepts(hello, kBackup);
    world.link(kPrimary).comesUp();
    EXPECT_EQ(world.waysOf(hello), Ways{kBackup});
}

} // namespace
} // namespace planb::delivery::test
