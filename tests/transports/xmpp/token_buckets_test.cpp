// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/token_buckets.h"

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;
using xmpp::TokenBucket;
using xmpp::TokenBuckets;

constexpr MonoTime kStart{Millis(5'000)};

MonoTime after(int milliseconds)
{
    return kStart + Micros(Millis(milliseconds));
}

} // namespace

TEST(TokenBucket, HoldsABurstAndThenFillsUpSlowly)
{
    TokenBucket bucket({2, Millis(100)}, kStart);
    EXPECT_TRUE(bucket.take(kStart));
    EXPECT_TRUE(bucket.take(kStart));
    EXPECT_FALSE(bucket.take(after(99)));
    EXPECT_TRUE(bucket.take(after(100)));
    EXPECT_FALSE(bucket.take(after(199)));
    EXPECT_TRUE(bucket.take(after(200)));
}

TEST(TokenBucket, NeverHoldsMoreThanABurst)
{
    TokenBucket bucket({2, Millis(100)}, kStart);
    EXPECT_TRUE(bucket.isFull(after(1'000'000)));
    EXPECT_TRUE(bucket.take(after(1'000'000)));
    EXPECT_TRUE(bucket.take(after(1'000'000)));
    EXPECT_FALSE(bucket.take(after(1'000'000)));
}

// Otherwise whoever comes again and again would never see it fill up.
TEST(TokenBucket, KeepsTheTimeThatWasNotEnoughForAToken)
{
    TokenBucket bucket({1, Millis(100)}, kStart);
    EXPECT_TRUE(bucket.take(kStart));
    for (int now = 10; now < 100; now += 10)
        EXPECT_FALSE(bucket.take(after(now)));
    EXPECT_TRUE(bucket.take(after(100)));
}

TEST(TokenBuckets, OfOnePeerDoNotEmptyTheOneOfAll)
{
    TokenBuckets buckets({2, Millis(100)}, xmpp::FlowRate{4, Millis(1'000)}, kStart);
    for (int i = 0; i < 100; ++i)
        EXPECT_EQ(buckets.take(u"eve"_s, kStart), i < 2);
    EXPECT_TRUE(buckets.take(u"bob"_s, kStart));
    EXPECT_TRUE(buckets.take(u"carol"_s, kStart));
    EXPECT_FALSE(buckets.take(u"dave"_s, kStart));
}

TEST(TokenBuckets, RememberNoMorePeersThanTheBucketOfAllLetsIn)
{
    TokenBuckets buckets({2, Millis(1'000)}, xmpp::FlowRate{100, Millis(10)}, kStart);
    qsizetype most = 0;
    for (int i = 0; i < 20'000; ++i) {
        buckets.take(QString::number(i), after(i));
        most = std::max(most, buckets.remembered());
    }
    EXPECT_LE(most, 2 * (100 + 1'000 / 10)); // tidied up when twice as many are there
    EXPECT_GT(most, 10);
}

} // namespace planb::test
