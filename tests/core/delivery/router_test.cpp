// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/delivery/router.h"

#include "tests/core/delivery/engine_world.h"

#include <gtest/gtest.h>

namespace planb::delivery::test {
namespace {

using Routes = std::vector<Route>;

TEST(Router, FindsNoRouteWithoutATransportOfTheAddressesKind)
{
    EXPECT_EQ(routesInOrder({mail()}, {bobAtOne(), bobsNumber()}), Routes{});
    EXPECT_EQ(routesInOrder({}, {bobAtOne()}), Routes{});
    EXPECT_EQ(routesInOrder({primary()}, {}), Routes{});
}

TEST(Router, FollowsTheOrderOfTheChain)
{
    EXPECT_EQ(routesInOrder({primary(), mail()}, {bobAtPost(), bobAtOne()}),
              (Routes{{kPrimary, bobAtOne()}, {kMail, bobAtPost()}}));
    EXPECT_EQ(routesInOrder({mail(), primary()}, {bobAtPost(), bobAtOne()}),
              (Routes{{kMail, bobAtPost()}, {kPrimary, bobAtOne()}}));
}

TEST(Router, PutsRoutesThatDependOnOneServerBeforeThoseThatDependOnTwo)
{
    EXPECT_EQ(routesInOrder({primary(), backup()}, {bobAtOne(), bobAtTwo()}),
              (Routes{{kPrimary, bobAtOne()}, {kBackup, bobAtTwo()}, {kPrimary, bobAtTwo()}, {kBackup, bobAtOne()}}));
}

TEST(Router, KeepsTheContactsOrderOfAddressesOnOneTransport)
{
    const Address bobAtThree{TransportKind::Xmpp, QStringLiteral("bob@three.example")};
    EXPECT_EQ(routesInOrder({primary()}, {bobAtThree, bobAtTwo()}),
              (Routes{{kPrimary, bobAtThree}, {kPrimary, bobAtTwo()}}));
}

TEST(Router, TakesAPhoneNumberForARouteThatCrossesNoDomain)
{
    EXPECT_EQ(routesInOrder({phone(), primary()}, {bobAtTwo(), bobsNumber()}),
              (Routes{{kPhone, bobsNumber()}, {kPrimary, bobAtTwo()}}));
}

} // namespace
} // namespace planb::delivery::test
