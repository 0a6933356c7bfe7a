// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/failover/cluster.h"
#include "tests/failover/ejabberd_cluster.h"
#include "tests/failover/kill_loop.h"
#include "tests/failover/private_network.h"
#include "tests/failover/trials.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace planb::failover {

namespace {

/// Far above what is measured, so that a busy machine does not fail: times are the program's, promises the tests'.
constexpr double kSlowestMs = 15'000;

} // namespace

/// The short forms of `planb-failover SCENARIO`.
class Failover : public testing::Test
{
protected:
    void SetUp() override
    {
        if (const QString missing = test::Prosody::whatIsMissing(); !missing.isEmpty())
            GTEST_SKIP() << "Breaking real servers needs prosody and openssl; " << qPrintable(missing);
    }

    static void tryAgainAndAgain(const QString &name, int trials)
    {
        const auto scenario = scenarioNamed(name);
        ASSERT_TRUE(scenario);
        const auto report = runTrials(*scenario, trials, nobody());
        ASSERT_TRUE(report) << qPrintable(report.error());
        EXPECT_EQ(report->trials, trials);
        EXPECT_EQ(report->overPrimary, 0);
        EXPECT_LT(report->said.percentile(1), kSlowestMs);
        EXPECT_TRUE(report->violations.areNone()) << qPrintable(report->violations.toText());
    }
};

TEST_F(Failover, OfKilledClientsNeitherLosesNorRepeatsNorInventsNorMisplacesNorLies)
{
    KillPlan plan;
    plan.kills = 12;
    const auto report = runKillLoop(plan, nobody());
    ASSERT_TRUE(report) << qPrintable(report.error());
    EXPECT_GE(report->kills, plan.kills);
    EXPECT_GT(report->messages, plan.kills);
    EXPECT_TRUE(report->violations.areNone()) << qPrintable(report->violations.toText());
}

TEST_F(Failover, FromAKilledServerLosesNothing)
{
    tryAgainAndAgain(u"killed"_s, 3);
}

TEST_F(Failover, FromAFrozenServerLosesNothing)
{
    tryAgainAndAgain(u"frozen"_s, 2);
}

TEST_F(Failover, FromAServerThatForgetsLosesNothing)
{
    tryAgainAndAgain(u"forgets"_s, 2);
}

TEST_F(Failover, FromANetworkThatSwallowsEverythingLosesNothing)
{
    if (const auto entered = PrivateNetwork::enter(); !entered)
        GTEST_SKIP() << qPrintable(entered.error());
    tryAgainAndAgain(u"blackhole"_s, 2);
}

TEST_F(Failover, FromAKilledNodeOfAClusterLosesNothing)
{
    if (const QString missing = EjabberdCluster::whatIsMissing(); !missing.isEmpty())
        GTEST_SKIP() << qPrintable(missing);
    if (const auto entered = PrivateNetwork::enter(); !entered)
        GTEST_SKIP() << qPrintable(entered.error());
    ClusterPlan plan;
    plan.kills = 2;
    const auto report = runCluster(plan, nobody());
    ASSERT_TRUE(report) << qPrintable(report.error());
    EXPECT_EQ(report->kills, plan.kills);
    EXPECT_GE(report->back.count(), plan.kills);
    EXPECT_TRUE(report->violations.areNone()) << qPrintable(report->violations.toText());
}

} // namespace planb::failover
