// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/failover/kill_loop.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace planb::failover {

/// The short form of `planb-failover kills`: the same program with more kills is for releases.
TEST(KillLoop, NeitherLosesNorRepeatsNorInventsNorMisplacesNorLies)
{
    if (const QString missing = test::Prosody::whatIsMissing(); !missing.isEmpty())
        GTEST_SKIP() << "Killing clients of real servers needs prosody and openssl; " << qPrintable(missing);
    KillPlan plan;
    plan.kills = 12;
    const auto report = runKillLoop(plan, [](const QString &) {});
    ASSERT_TRUE(report) << qPrintable(report.error());
    EXPECT_GE(report->kills, plan.kills);
    EXPECT_GT(report->messages, plan.kills);
    EXPECT_TRUE(report->violations.areNone()) << qPrintable(report->violations.toText());
}

} // namespace planb::failover
