// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"

#include <gtest/gtest.h>

namespace planb {
namespace {

TEST(WallTime, LeadsBackFromMilliseconds)
{
    for (const qint64 millis : {qint64{0}, qint64{-1}, qint64{1'665'800'000'123}})
        EXPECT_EQ(toMillis(wallFromMillis(millis)), millis);
    EXPECT_EQ(wallFromMillis(1'500), WallTime(std::chrono::seconds(1) + Millis(500)));
}

TEST(SystemClock, NeverGoesBack)
{
    const SystemClock clock;
    MonoTime last = clock.now();
    for (int i = 0; i < 10'000; ++i) {
        const MonoTime now = clock.now();
        ASSERT_GE(now, last);
        last = now;
    }
}

} // namespace
} // namespace planb
