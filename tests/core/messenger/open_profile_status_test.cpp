// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/messenger/profile_at_work.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace planb::test {

using namespace Qt::StringLiterals;

TEST(OpenProfileStatus, ReportsLinksPathsAndTheOutbox)
{
    ProfileAtWork alice;
    const auto bob = alice.addBob();
    alice.transport(0).becomeReady();
    alice.transport(1).becomeReady();
    EXPECT_TRUE(alice.profile().send(bob.contact, u"hello"_s, {}, {}));
    alice.transport(0).acceptAll();
    EXPECT_TRUE(alice.profile().send(bob.contact, u"hello"_s, {}, {}));
    alice.transport(0).lose();

    const DeliveryStatus status = alice.profile().status().value().delivery;
    ASSERT_EQ(status.links.size(), 2);
    EXPECT_EQ(status.links[0].sight, u"down"_s);
    EXPECT_EQ(status.links[0].losses, 1);
    EXPECT_EQ(status.links[1].sight, u"ready"_s);
    EXPECT_GE(status.links[1].open, 1) << "what was under way on the other";
    EXPECT_EQ(status.paths.size(), 4) << "two transports, two addresses";
    EXPECT_GE(status.outbox.open, 1);
    EXPECT_EQ(std::ranges::count(status.paths, true, &PathStatus::inUse), 2) << "the transport, to both addresses";
}

TEST(OpenProfileStatus, SaysHowLongAPathRestsByTheWallClock)
{
    ProfileAtWork alice({u"alice@primary.test"_s});
    const auto bob = alice.addBob();
    FakeTransport &primary = alice.transport(0);
    primary.becomeReady();
    EXPECT_TRUE(alice.profile().send(bob.contact, u"hello"_s, {}, {}));
    const WallTime before = SystemClock().wall();
    primary.refuse(primary.sent.first().attempt, Failure{FailureCode::RecipientUnknown, {}, {}});
    const auto paths = alice.profile().status().value().delivery.paths;
    const auto resting = std::ranges::find(paths, u"resting"_s, &PathStatus::state);
    ASSERT_NE(resting, paths.end());
    EXPECT_EQ(resting->lastFailure, FailureCode::RecipientUnknown);
    ASSERT_TRUE(resting->until);
    EXPECT_GE(*resting->until, before + std::chrono::minutes(59));
    EXPECT_LE(*resting->until, before + std::chrono::minutes(61));
}

} // namespace planb::test
