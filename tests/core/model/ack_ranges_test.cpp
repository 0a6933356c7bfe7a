// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"
#include "core/model/ack_ranges.h"
#include "core/model/stream.h"

#include <gtest/gtest.h>

#include <set>

namespace planb::test {

namespace {

using Numbers = std::vector<quint64>;

AckRanges of(std::initializer_list<quint64> numbers)
{
    AckRanges ranges;
    for (const quint64 number : numbers)
        EXPECT_TRUE(ranges.add(number));
    return ranges;
}

} // namespace

TEST(AckRanges, AreEmptyAtFirst)
{
    const AckRanges ranges;
    EXPECT_EQ(ranges.floor(), 0U);
    EXPECT_FALSE(ranges.covers(0));
    EXPECT_FALSE(ranges.covers(1));
    EXPECT_FALSE(ranges.hasGap());
    EXPECT_EQ(ranges.encoded(), (Numbers{1, 0}));
}

TEST(AckRanges, CloseGapsFromEitherSide)
{
    EXPECT_EQ(of({1, 2, 3}).encoded(), (Numbers{1, 3}));
    EXPECT_EQ(of({1, 3}).encoded(), (Numbers{1, 1, 1, 1}));
    EXPECT_EQ(of({1, 3, 2}).encoded(), (Numbers{1, 3}));
    EXPECT_EQ(of({5, 3, 4}).encoded(), (Numbers{1, 0, 2, 3}));
    EXPECT_EQ(of({3, 5, 4}).encoded(), (Numbers{1, 0, 2, 3}));
    EXPECT_EQ(of({3, 9, 1, 2}).encoded(), (Numbers{1, 3, 5, 1}));
}

TEST(AckRanges, TakeARepeatForWhatItIs)
{
    EXPECT_EQ(of({1, 3, 3, 1}).encoded(), (Numbers{1, 1, 1, 1}));
}

TEST(AckRanges, ClaimNothingThatTheSenderGaveUp)
{
    AckRanges ranges = of({1, 4, 8});
    ranges.forgetBelow(6);
    EXPECT_FALSE(ranges.covers(1));
    EXPECT_FALSE(ranges.covers(4));
    EXPECT_FALSE(ranges.covers(5));
    EXPECT_FALSE(ranges.covers(6));
    EXPECT_TRUE(ranges.covers(8));
    EXPECT_EQ(ranges.encoded(), (Numbers{6, 5, 2, 1}));
    EXPECT_TRUE(ranges.add(6) && ranges.add(7));
    EXPECT_EQ(ranges.encoded(), (Numbers{6, 8}));
}

TEST(AckRanges, ForgetOnlyForwards)
{
    AckRanges ranges = of({1, 2, 3});
    ranges.forgetBelow(3);
    ranges.forgetBelow(2);
    EXPECT_EQ(ranges.encoded(), (Numbers{3, 3}));
    EXPECT_TRUE(ranges.add(1)) << "an old one that comes late is nothing new";
    EXPECT_EQ(ranges.encoded(), (Numbers{3, 3}));
}

TEST(AckRanges, CountWhatIsAboveANumber)
{
    const AckRanges ranges = of({1, 2, 4, 5, 9});
    EXPECT_EQ(ranges.countAbove(0), 5U);
    EXPECT_EQ(ranges.countAbove(3), 3U);
    EXPECT_EQ(ranges.countAbove(4), 2U);
    EXPECT_EQ(ranges.countAbove(9), 0U);
    EXPECT_EQ(ranges.highest(), 9U);
}

TEST(AckRanges, RememberNoMoreRangesThanTheLimit)
{
    AckRanges ranges;
    for (quint64 i = 1; i <= AckRanges::kMaxRanges; ++i)
        ASSERT_TRUE(ranges.add(2 * i));
    EXPECT_FALSE(ranges.add(1'000));
    EXPECT_FALSE(ranges.covers(1'000));
    EXPECT_TRUE(ranges.add(1)) << "what closes a gap is always taken";
    EXPECT_TRUE(ranges.add(1'000));
    EXPECT_EQ(ranges.encoded().size(), 2 + 2 * AckRanges::kMaxRanges);
}

TEST(AckRanges, AreTheSetOfWhatWasAdded)
{
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        SeededRandom random(seed);
        AckRanges ranges;
        std::set<quint64> added;
        for (int i = 0; i < 60; ++i) {
            const quint64 number = 1 + random.next() % 80;
            if (ranges.add(number))
                added.insert(number);
            const auto copy = AckRanges::decoded(ranges.encoded());
            ASSERT_TRUE(copy);
            ASSERT_EQ(*copy, ranges);
        }
        for (quint64 number = 1; number <= 81; ++number)
            ASSERT_EQ(ranges.covers(number), added.contains(number)) << seed << ' ' << number;
    }
}

TEST(AckRanges, RefuseWhatTheyWouldNotWrite)
{
    const auto decode = [](const Numbers &numbers) { return AckRanges::decoded(numbers).has_value(); };
    EXPECT_TRUE(decode({1, 0}));
    EXPECT_TRUE(decode({7, 6}));
    EXPECT_FALSE(decode({}));
    EXPECT_FALSE(decode({1}));
    EXPECT_FALSE(decode({1, 3, 1}));
    EXPECT_FALSE(decode({0, 3}));
    EXPECT_FALSE(decode({7, 5}));
    EXPECT_FALSE(decode({1, 3, 0, 1}));
    EXPECT_FALSE(decode({1, 3, 1, 0}));
    EXPECT_FALSE(decode({1, AckRanges::kMaxNumber + 1}));
    EXPECT_FALSE(decode({1, AckRanges::kMaxNumber, 1, 1}));
    EXPECT_FALSE(decode(Numbers(2 + 2 * AckRanges::kMaxRanges + 2, 1)));
}

TEST(AckRanges, UniteWithWhatAnotherOneClaims)
{
    const auto united = [](AckRanges one, const AckRanges &other) {
        one.unite(other);
        return one.encoded();
    };
    EXPECT_EQ(united(of({1, 4}), of({2, 7})), (Numbers{1, 2, 1, 1, 2, 1}));
    EXPECT_EQ(united(of({1, 3}), of({2})), (Numbers{1, 3}));
    EXPECT_EQ(united(of({3, 4, 5}), of({4, 5, 6})), (Numbers{1, 0, 2, 4}));
    EXPECT_EQ(united(of({}), of({1, 2})), (Numbers{1, 2}));
    EXPECT_EQ(united(of({1, 2}), of({})), (Numbers{1, 2}));
    AckRanges later = of({9});
    later.forgetBelow(5);
    EXPECT_EQ(united(of({1, 2, 6}), later), (Numbers{5, 4, 1, 1, 2, 1}));
    EXPECT_EQ(united(later, of({1, 2, 6})), (Numbers{5, 4, 1, 1, 2, 1}));
}

TEST(AckRanges, UnitedClaimWhatEitherClaimed)
{
    SeededRandom random(5);
    for (int round = 0; round < 200; ++round) {
        AckRanges one, other;
        std::set<quint64> claimed;
        for (int i = 0; i < 30; ++i) {
            const quint64 number = 1 + static_cast<quint64>(random.uniform() * 50);
            claimed.insert(number);
            (i % 2 == 0 ? one : other).add(number);
        }
        one.unite(other);
        for (quint64 number = 1; number <= 52; ++number)
            ASSERT_EQ(one.covers(number), claimed.contains(number)) << number;
        ASSERT_EQ(*AckRanges::decoded(one.encoded()), one);
    }
}

TEST(AckRanges, StayWithinTheirLimitWhenUnited)
{
    AckRanges one, other;
    for (quint64 i = 0; i < AckRanges::kMaxRanges; ++i) {
        one.add(10 * i + 3);
        other.add(10 * i + 7);
    }
    one.unite(other);
    EXPECT_EQ(one.encoded().size(), 2 + 2 * AckRanges::kMaxRanges);
    EXPECT_TRUE(one.covers(7));
    EXPECT_FALSE(one.covers(10 * AckRanges::kMaxRanges - 3));
}

TEST(AckRanges, AreWrittenAsNumbersWithOneSpaceBetween)
{
    const AckRanges ranges = of({1, 2, 5, 6, AckRanges::kMaxNumber});
    EXPECT_EQ(ranges.toText().toStdString(), "1 2 2 2 9007199254740984 1");
    EXPECT_EQ(*AckRanges::fromText(ranges.toText()), ranges);
    for (const char16_t *text : {u"", u" ", u"1", u"1  2", u" 1 2", u"1 2 ", u"1\t2", u"01 2", u"+1 2", u"1 -2",
                                 u"1 2.0", u"1 9007199254740992", u"1 18446744073709551617", u"1 \u0663"})
        EXPECT_FALSE(AckRanges::fromText(text)) << QString::fromUtf16(text).toStdString();
}

TEST(StreamId, IsSixteenHexDigits)
{
    SeededRandom random(1);
    const StreamId id = StreamId::random(random);
    EXPECT_EQ(StreamId::parse(id.toString()), id);
    EXPECT_FALSE(StreamId::parse(u""));
    EXPECT_FALSE(StreamId::parse(u"0123456789abcde"));
    EXPECT_FALSE(StreamId::parse(u"0123456789ABCDEF"));
    EXPECT_FALSE(StreamId::parse(u"0123456789abcdeg"));
}

} // namespace planb::test
