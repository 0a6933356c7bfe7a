// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/delivery/engine_world.h"

#include "core/delivery/constants.h"

#include <gtest/gtest.h>

#include <set>

namespace planb::delivery::test {
namespace {

TEST(EngineRepeat, RepeatsByAnotherRouteWhenAPersonWhoIsThereDoesNotConfirm)
{
    EngineWorld world;
    world.hears();
    const MessageId hello = world.send();
    world.accepts(hello, kPrimary);
    world.advance(4s - 1ms);
    EXPECT_EQ(world.waysOf(hello), Ways{kPrimary});
    world.advance(1ms);
    EXPECT_EQ(world.waysOf(hello), (Ways{kPrimary, kBackup}));
}

TEST(EngineRepeat, WaitsLongerForAPersonWhoWasThereLately)
{
    EngineWorld world;
    world.hears();
    world.advance(5min);
    const MessageId hello = world.send();
    world.accepts(hello, kPrimary);
    world.advance(14s);
    EXPECT_EQ(world.waysOf(hello), Ways{kPrimary});
    world.advance(1s);
    EXPECT_EQ(world.waysOf(hello), (Ways{kPrimary, kBackup}));
}

TEST(EngineRepeat, WaitsAMinuteForAPersonWhoIsAway)
{
    EngineWorld world;
    const MessageId hello = world.send();
    world.accepts(hello, kPrimary);
    world.advance(59s);
    EXPECT_EQ(world.waysOf(hello), Ways{kPrimary});
    world.advance(1s);
    EXPECT_EQ(world.waysOf(hello), (Ways{kPrimary, kBackup}));
}

TEST(EngineRepeat, NeverRepeatsToAClientThatWouldShowItTwice)
{
    EngineWorld world;
    world.bobUsesAnotherClient();
    const MessageId hello = world.send();
    world.accepts(hello, kPrimary);
    EXPECT_EQ(world.shown(hello), MessageState::Sent);
    EXPECT_TRUE(world.isForgotten(hello)) << "a server's word is the best there will be";
    world.hears();
    world.link(kPrimary).goesDown();
    world.advance(48h);
    EXPECT_EQ(world.waysOf(hello), Ways{kPrimary});
}

TEST(EngineRepeat, StopsRepeatingWhenThePersonChangesToSuchAClient)
{
    EngineWorld world;
    world.hears();
    const MessageId accepted = world.send();
    world.accepts(accepted, kPrimary);
    const MessageId open = world.send();
    world.bobUsesAnotherClient();
    EXPECT_TRUE(world.isForgotten(accepted));
    EXPECT_TRUE(world.isInOutbox(open));
    world.accepts(open, kPrimary);
    EXPECT_TRUE(world.isForgotten(open));
    world.advance(48h);
    EXPECT_EQ(world.waysOf(accepted), Ways{kPrimary});
}

TEST(EngineRepeat, DropsARepeatThatWaitsForALinkWhenThePersonChangesToSuchAClient)
{
    EngineWorld world;
    const MessageId hello = world.send();
    world.accepts(hello, kPrimary);
    world.link(kBackup).goesDown();
    world.link(kPrimary).goesDown();
    world.bobUsesAnotherClient();
    EXPECT_TRUE(world.isForgotten(hello));
    world.link(kPrimary).comesUp();
    EXPECT_EQ(world.waysOf(hello), Ways{kPrimary});
}

TEST(EngineRepeat, EndsWhenTheMessageIsConfirmed)
{
    EngineWorld world;
    world.hears();
    const MessageId hello = world.send();
    world.accepts(hello, kPrimary);
    world.advance(1s);
    world.confirms(hello);
    world.advance(48h);
    EXPECT_EQ(world.waysOf(hello), Ways{kPrimary});
}

TEST(EngineRepeat, TakesAConfirmationThatComesBeforeTheHopsAnswer)
{
    EngineWorld world;
    const MessageId hello = world.send();
    world.confirms(hello, kPrimary);
    EXPECT_EQ(world.shown(hello), MessageState::Delivered);
    world.accepts(hello, kPrimary);
    EXPECT_EQ(world.shown(hello), MessageState::Delivered);
    world.advance(48h);
    EXPECT_EQ(world.waysOf(hello), Ways{kPrimary});
}

TEST(EngineRepeat, TriesEveryRouteBeforeOneASecondTime)
{
    EngineWorld world({primary(), backup(), mail()});
    world.contactIs(kBob, {bobAtOne(), bobAtTwo(), bobAtPost()});
    for (const TransportId id : {kPrimary, kBackup, kMail})
        world.link(id).answersAfter(20ms);
    const MessageId hello = world.send();
    world.advance(2h);
    const auto attempts = world.attempts(hello);
    ASSERT_GE(attempts.size(), 6U);
    std::set<std::pair<TransportId, Address>> first;
    for (std::size_t i = 0; i < 5; ++i)
        first.emplace(attempts[i].transport, attempts[i].address);
    EXPECT_EQ(first.size(), 5U);
}

TEST(EngineRepeat, PrefersALinkThatAnswersToASuspectOneItHasNotTried)
{
    EngineWorld world;
    world.contactIs(kBob, {bobAtOne(), bobAtTwo()});
    world.link(kBackup).becomesSuspect();
    world.hears();
    const MessageId hello = world.send();
    world.accepts(hello, kPrimary);
    world.advance(4s);
    EXPECT_EQ(world.waysOf(hello), (Ways{kPrimary, kPrimary}));
    EXPECT_EQ(world.attempts(hello).back().address, bobAtTwo());
}

TEST(EngineRepeat, GrowsItsRoundsSoThatNobodyWhoIsAwayIsFlooded)
{
    EngineWorld world;
    world.link(kPrimary).answersAfter(20ms);
    world.link(kBackup).answersAfter(20ms);
    const MessageId hello = world.send();
    world.advance(24h);
    const auto inADay = world.waysOf(hello).size();
    EXPECT_GE(inADay, 6U);
    EXPECT_LE(inADay, 14U);
    world.advance(10 * 24h);
    const auto inTenMore = world.waysOf(hello).size() - inADay;
    EXPECT_GE(inTenMore, 8U) << "at least about once a day";
    EXPECT_LE(inTenMore, 14U);
}

TEST(EngineRepeat, SpreadsLaterRoundsSoThatNotEverybodyRepeatsInTheSameInstant)
{
    EngineWorld world;
    world.link(kPrimary).answersAfter(10ms);
    world.link(kBackup).answersAfter(10ms);
    std::vector<MessageId> messages;
    for (int i = 0; i < 5; ++i)
        messages.push_back(world.send());
    world.advance(kAwayPatience + 1s);
    std::set<Micros> times;
    std::set<MessageId> repeated;
    for (const MonoTime start = world.now(); world.now() - start < 3min; world.advance(100ms)) {
        for (const MessageId message : messages) {
            if (world.waysOf(message).size() > 2 && repeated.insert(message).second)
                times.insert(world.now() - start);
        }
    }
    EXPECT_EQ(repeated.size(), messages.size());
    EXPECT_GT(times.size(), 1U);
}

TEST(EngineRepeat, RepeatsSoonWhenAPersonWhoWasAwayForDaysIsHeardAgain)
{
    EngineWorld world;
    world.link(kPrimary).answersAfter(20ms);
    world.link(kBackup).answersAfter(20ms);
    const MessageId hello = world.send();
    world.advance(3 * 24h);
    const auto before = world.waysOf(hello).size();
    world.hears();
    EXPECT_EQ(world.waysOf(hello).size(), before) << "not at once: its confirmation may be right behind";
    world.advance(10s);
    EXPECT_EQ(world.waysOf(hello).size(), before + 1);
    world.hears();
    world.advance(30s);
    EXPECT_EQ(world.waysOf(hello).size(), before + 1) << "not each time";
}

TEST(EngineRepeat, TriesTheNextRouteWhenTheRepeatIsRefused)
{
    EngineWorld world({primary(), backup(), mail()});
    world.hears();
    const MessageId hello = world.send();
    world.accepts(hello, kPrimary);
    world.advance(4s);
    ASSERT_EQ(world.openWaysOf(hello), Ways{kBackup});
    world.refuses(hello, kBackup, FailureCode::ServerBusy);
    EXPECT_FALSE(world.openWaysOf(hello).empty());
}

TEST(EngineRepeat, TriesTheNextRouteWhenTheRepeatGetsNoAnswer)
{
    EngineWorld world({primary(), backup(), mail()});
    world.hears();
    const MessageId hello = world.send();
    world.accepts(hello, kPrimary);
    world.advance(4s);
    ASSERT_EQ(world.openWaysOf(hello), Ways{kBackup});
    world.advance(2s);
    EXPECT_EQ(world.waysOf(hello).size(), 3U);
}

TEST(EngineRepeat, WaitsForALinkWhenNoneIsUpAtTheTimeOfTheRepeat)
{
    EngineWorld world({primary()});
    world.contactIs(kBob, {bobAtOne()});
    const MessageId hello = world.send();
    world.accepts(hello, kPrimary);
    world.advance(30s);
    world.link(kPrimary).goesDown();
    world.advance(1h);
    EXPECT_EQ(world.waysOf(hello), Ways{kPrimary});
    world.link(kPrimary).comesUp();
    EXPECT_EQ(world.waysOf(hello), (Ways{kPrimary, kPrimary}));
}

TEST(EngineRepeat, LearnsHowLongConfirmationsTakeOnlyFromMessagesThatWereSentOnce)
{
    EngineWorld world;
    world.link(kPrimary).answersAfter(20ms);
    world.hears();
    for (int i = 0; i < 20; ++i) {
        const MessageId quick = world.send();
        world.advance(100ms);
        world.confirms(quick);
        world.hears();
        world.advance(10s);
        world.hears();
    }
    const MessageId hello = world.send();
    world.advance(20ms);
    world.advance(2s); // the floor: confirmations have taken a tenth of a second
    EXPECT_EQ(world.waysOf(hello), (Ways{kPrimary, kBackup}));
}

TEST(EngineRepeat, TrustsAPathAgainWhenSomebodyThereConfirms)
{
    EngineWorld world({primary()});
    world.contactIs(kBob, {bobAtOne()});
    const MessageId hello = world.send();
    world.accepts(hello, kPrimary);
    const MessageId refused = world.send();
    world.refuses(refused, kPrimary, FailureCode::RecipientUnknown);
    const MessageId waiting = world.send();
    ASSERT_EQ(world.waysOf(waiting), Ways{});
    world.confirms(hello);
    EXPECT_EQ(world.waysOf(waiting), Ways{kPrimary}) << "the address takes messages after all";
    EXPECT_EQ(world.waysOf(refused), (Ways{kPrimary, kPrimary}));
}

TEST(EngineRepeat, AsksTheUserAfterThirtyDaysButGoesOnTrying)
{
    EngineWorld world;
    world.link(kPrimary).answersAfter(20ms);
    world.link(kBackup).answersAfter(20ms);
    const MessageId hello = world.send();
    world.advance(29 * 24h);
    EXPECT_EQ(world.shown(hello), MessageState::Sent);
    world.advance(2 * 24h);
    EXPECT_EQ(world.shown(hello), MessageState::Stalled);
    const auto before = world.waysOf(hello).size();
    world.advance(3 * 24h);
    EXPECT_GT(world.waysOf(hello).size(), before);
    EXPECT_EQ(world.shown(hello), MessageState::Stalled) << "that a server takes it again is no progress";
    world.confirms(hello);
    EXPECT_EQ(world.shown(hello), MessageState::Delivered);
}

TEST(EngineRepeat, AsksTheUserWhenNoWayOpensForThirtyDays)
{
    EngineWorld world({primary()});
    world.link(kPrimary).goesDown();
    const MessageId hello = world.send();
    world.advance(30 * 24h - 1s);
    EXPECT_EQ(world.shown(hello), MessageState::Queued);
    world.advance(1s);
    EXPECT_EQ(world.shown(hello), MessageState::Stalled);
    EXPECT_TRUE(world.isInOutbox(hello)) << "it is never given up";
    world.link(kPrimary).comesUp();
    EXPECT_EQ(world.shown(hello), MessageState::Sending);
    world.accepts(hello, kPrimary);
    world.confirms(hello);
    EXPECT_EQ(world.statesOf(hello).back(), MessageState::Delivered);
}

} // namespace
} // namespace planb::delivery::test
