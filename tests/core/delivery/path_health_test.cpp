// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/delivery/path_health.h"

#include "core/delivery/constants.h"
#include "core/delivery/hedge_budget.h"
#include "core/delivery/outage_watch.h"

#include <gtest/gtest.h>

namespace planb::delivery::test {
namespace {

using namespace std::chrono_literals;

constexpr MonoTime kStart{1h};

void fail(PathHealth &health, int times, MonoTime now = kStart)
{
    for (int i = 0; i < times; ++i)
        health.onFailure(now);
}

TEST(PathHealth, IsGoodUntilProvedOtherwise)
{
    const PathHealth health;
    EXPECT_FALSE(health.isEjected(kStart));
    EXPECT_DOUBLE_EQ(health.successRate(), 1.0);
}

TEST(PathHealth, EjectsAfterFiveFailuresInARow)
{
    PathHealth health;
    fail(health, 4);
    EXPECT_FALSE(health.isEjected(kStart));
    fail(health, 1);
    EXPECT_TRUE(health.isEjected(kStart));
    EXPECT_TRUE(health.isEjected(kStart + 30s - 1us));
    EXPECT_FALSE(health.isEjected(kStart + 30s));
}

TEST(PathHealth, CountsOnlyFailuresInARow)
{
    PathHealth health;
    fail(health, 4);
    health.onSuccess();
    fail(health, 4);
    EXPECT_FALSE(health.isEjected(kStart));
}

TEST(PathHealth, EjectsWhatFailsMoreOftenThanNot)
{
    PathHealth health;
    // Never five in a row, but only one of five gets there.
    for (int i = 0; i < 3 && !health.isEjected(kStart); ++i) {
        fail(health, 4);
        health.onSuccess();
    }
    EXPECT_TRUE(health.isEjected(kStart));
}

TEST(PathHealth, ToleratesWhatMostlyWorks)
{
    PathHealth health;
    for (int i = 0; i < 100; ++i) {
        fail(health, 1);
        health.onSuccess();
        health.onSuccess();
    }
    EXPECT_FALSE(health.isEjected(kStart));
    EXPECT_GT(health.successRate(), 0.5);
}

TEST(PathHealth, IsOnProbationAfterwardsAndEjectedLongerEachTime)
{
    PathHealth health;
    fail(health, 5);
    MonoTime now = kStart + 30s;
    for (const auto rest : {60s, 90s, 120s}) {
        fail(health, 1, now);
        EXPECT_EQ(health.ejectedUntil(), now + rest);
        now += rest;
    }
    for (int i = 0; i < 20; ++i) {
        fail(health, 1, now);
        now = health.ejectedUntil();
    }
    fail(health, 1, now);
    EXPECT_EQ(health.ejectedUntil(), now + 300s) << "never longer";
}

TEST(PathHealth, DoesNotCountLateFailuresAgainstAnEjectedPath)
{
    PathHealth health;
    fail(health, 5);
    fail(health, 20, kStart + 1s);
    EXPECT_EQ(health.ejectedUntil(), kStart + 30s);
}

TEST(PathHealth, ForgetsOldEjections)
{
    PathHealth health;
    fail(health, 5);
    const MonoTime later = kStart + 30s + kLossMemory + 1s;
    fail(health, 1, later);
    EXPECT_EQ(health.ejectedUntil(), later + 30s);
}

TEST(HedgeBudget, AllowsAFewAndThenOneForTwentyDelivered)
{
    HedgeBudget budget;
    for (int i = 0; i < kHedgeCapacity; ++i)
        EXPECT_TRUE(budget.take());
    EXPECT_FALSE(budget.take());
    for (int i = 1; i < kDeliveriesPerHedge; ++i)
        budget.onDelivered();
    EXPECT_FALSE(budget.take());
    budget.onDelivered();
    EXPECT_TRUE(budget.take());
    EXPECT_FALSE(budget.take());
}

TEST(HedgeBudget, SavesNoMoreThanItsCapacity)
{
    HedgeBudget budget;
    for (int i = 0; i < 10'000; ++i)
        budget.onDelivered();
    EXPECT_EQ(budget.tokens(), kHedgeCapacity);
}

TEST(OutageWatch, TakesOneLossForOneLinksOwn)
{
    OutageWatch watch;
    EXPECT_TRUE(watch.onLost(TransportId(1), kStart).empty());
    EXPECT_TRUE(watch.onLost(TransportId(1), kStart + 1s).empty());
    EXPECT_TRUE(watch.onLost(TransportId(2), kStart + 4s + 1us).empty());
}

TEST(OutageWatch, TakesLossesInOneMomentForOneOutage)
{
    OutageWatch watch;
    watch.onLost(TransportId(1), kStart);
    EXPECT_EQ(watch.onLost(TransportId(2), kStart + 3s), (std::vector{TransportId(1), TransportId(2)}));
    EXPECT_EQ(watch.onLost(TransportId(3), kStart + 3s).size(), 3U);
}

TEST(OutageWatch, DoesNotBelieveInAnOutageEveryFewSeconds)
{
    OutageWatch watch;
    watch.onLost(TransportId(1), kStart);
    EXPECT_FALSE(watch.onLost(TransportId(2), kStart).empty());
    watch.onLost(TransportId(1), kStart + 10s);
    EXPECT_TRUE(watch.onLost(TransportId(2), kStart + 10s).empty());
    watch.onLost(TransportId(1), kStart + 60s);
    EXPECT_FALSE(watch.onLost(TransportId(2), kStart + 60s).empty());
}

} // namespace
} // namespace planb::delivery::test
