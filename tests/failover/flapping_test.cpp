// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/failover/flapping.h"

#include <gtest/gtest.h>

namespace planb::failover {

namespace {

QList<MonoTime> at(std::initializer_list<int> seconds)
{
    QList<MonoTime> times;
    for (const int second : seconds)
        times.append(MonoTime(Millis(1'000) * second));
    return times;
}

} // namespace

TEST(MostWithin30s, IsNothingWhereNothingHappened)
{
    EXPECT_EQ(mostWithin30s({}), 0);
}

TEST(MostWithin30s, CountsWhatLiesCloseTogether)
{
    EXPECT_EQ(mostWithin30s(at({0, 30, 60})), 1);
    EXPECT_EQ(mostWithin30s(at({0, 29, 60})), 2);
    EXPECT_EQ(mostWithin30s(at({0, 40, 50, 60, 100})), 3);
}

} // namespace planb::failover
