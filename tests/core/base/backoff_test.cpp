// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/backoff.h"

#include <gtest/gtest.h>

#include <set>

namespace planb {
namespace {

/// Always draws the same number, so that a wait can be foretold.
class ConstantRandom final : public Random
{
public:
    explicit ConstantRandom(std::uint64_t value) : m_value(value) {}
    std::uint64_t next() override { return m_value; }

private:
    std::uint64_t m_value;
};

ConstantRandom lowest(0);
ConstantRandom middle(std::uint64_t{1} << 63);
ConstantRandom highest(~std::uint64_t{0});

TEST(Backoff, GrowsByItsFactor)
{
    Backoff backoff({Millis(500), 2.0, 0.2, Millis(60'000)});
    EXPECT_EQ(backoff.next(middle), Millis(500));
    EXPECT_EQ(backoff.next(middle), Millis(1'000));
    EXPECT_EQ(backoff.next(middle), Millis(2'000));
    EXPECT_EQ(backoff.tries(), 3);
}

TEST(Backoff, SpreadsEachWaitByItsJitter)
{
    EXPECT_EQ(Backoff({Millis(1'000), 2.0, 0.2, Millis(60'000)}).next(lowest), Millis(800));
    EXPECT_EQ(Backoff({Millis(1'000), 2.0, 0.2, Millis(60'000)}).next(highest), Millis(1'200));
    EXPECT_EQ(Backoff({Millis(1'000), 2.0, 0.0, Millis(60'000)}).next(highest), Millis(1'000));
}

TEST(Backoff, DrawsWithinTheJitterAndNotAlwaysTheSame)
{
    SeededRandom random(7);
    std::set<Millis> waits;
    for (int i = 0; i < 1'000; ++i) {
        const Millis wait = Backoff({Millis(1'000), 2.0, 0.2, Millis(60'000)}).next(random);
        EXPECT_GE(wait, Millis(800));
        EXPECT_LE(wait, Millis(1'200));
        waits.insert(wait);
    }
    EXPECT_GT(waits.size(), 100U);
}

TEST(Backoff, StopsGrowingAtItsCapHoweverOftenItIsAsked)
{
    for (ConstantRandom *random : {&lowest, &middle, &highest}) {
        Backoff backoff({Millis(500), 1.6, 0.2, Millis(60'000)});
        Millis wait{0};
        for (int i = 0; i < 100'000; ++i) {
            wait = backoff.next(*random);
            ASSERT_LE(wait, Millis(60'000));
        }
        EXPECT_GE(wait, Millis(40'000));
    }
}

TEST(Backoff, SpreadsTheLongestWaitsToo)
{
    SeededRandom random(7);
    std::set<Millis> waits;
    for (int i = 0; i < 1'000; ++i) {
        const Millis wait = Backoff({Millis(60'000), 2.0, 0.2, Millis(60'000)}).next(random);
        EXPECT_GE(wait, Millis(40'000));
        EXPECT_LE(wait, Millis(60'000));
        waits.insert(wait);
    }
    EXPECT_GT(waits.size(), 900U) << "nobody may meet at the cap";
}

TEST(Backoff, StartsAnewAfterAReset)
{
    Backoff backoff({Millis(500), 2.0, 0.0, Millis(60'000)});
    backoff.next(middle);
    backoff.next(middle);
    backoff.reset();
    EXPECT_EQ(backoff.tries(), 0);
    EXPECT_EQ(backoff.next(middle), Millis(500));
}

} // namespace
} // namespace planb
