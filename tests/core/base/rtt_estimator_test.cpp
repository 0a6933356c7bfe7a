// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/rtt_estimator.h"

#include <gtest/gtest.h>

namespace planb {
namespace {

constexpr TimeoutBounds kWide{Millis(1'500), Millis(1), Millis(60'000)};

TEST(RttEstimator, WaitsItsFirstTimeBeforeThereIsASample)
{
    const RttEstimator estimator(kWide);
    EXPECT_EQ(estimator.timeout(), Millis(1'500));
    EXPECT_FALSE(estimator.smoothed());
}

// RFC 6298, rules 2.2 and 2.3, worked out by hand.
TEST(RttEstimator, FollowsTheRulesOfRfc6298)
{
    RttEstimator estimator(kWide);
    estimator.addSample(Millis(100));
    EXPECT_EQ(estimator.smoothed(), Micros(100'000));
    EXPECT_EQ(estimator.timeout(), Micros(300'000));
    estimator.addSample(Millis(200));
    EXPECT_EQ(estimator.smoothed(), Micros(112'500));
    EXPECT_EQ(estimator.timeout(), Micros(362'500));
    estimator.addSample(Millis(100));
    EXPECT_EQ(estimator.smoothed(), Micros(110'937));
    EXPECT_EQ(estimator.timeout(), Micros(110'937 + 4 * 50'000));
}

TEST(RttEstimator, LeavesTenMillisecondsOfRoomOnASteadyLine)
{
    RttEstimator estimator(kWide);
    for (int i = 0; i < 100; ++i)
        estimator.addSample(Millis(40));
    EXPECT_EQ(estimator.timeout(), Millis(50));
}

TEST(RttEstimator, StaysWithinItsBounds)
{
    RttEstimator estimator({Millis(1'500), Millis(800), Millis(4'000)});
    estimator.addSample(Millis(1));
    EXPECT_EQ(estimator.timeout(), Millis(800));
    estimator.addSample(Millis(20'000));
    EXPECT_EQ(estimator.timeout(), Millis(4'000));
}

TEST(RttEstimator, TakesAnImpossibleSampleForNoTimeAtAll)
{
    RttEstimator estimator(kWide);
    estimator.addSample(Micros(-5));
    EXPECT_EQ(estimator.smoothed(), Micros(0));
    EXPECT_EQ(estimator.timeout(), Millis(10));
}

} // namespace
} // namespace planb
