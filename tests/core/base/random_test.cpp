// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"

#include <gtest/gtest.h>

#include <array>

namespace planb {
namespace {

class ConstantRandom final : public Random
{
public:
    explicit ConstantRandom(std::uint64_t value) : m_value(value) {}
    std::uint64_t next() override { return m_value; }

private:
    std::uint64_t m_value;
};

// The first numbers of splitmix64 for this seed, as its author's program prints them.
TEST(SeededRandom, IsSplitmix64)
{
    SeededRandom random(1'234'567);
    for (const std::uint64_t expected :
         {6'457'827'717'110'365'317ULL, 3'203'168'211'198'807'973ULL, 9'817'491'932'198'370'423ULL,
          4'593'380'528'125'082'431ULL, 16'408'922'859'458'223'821ULL})
        EXPECT_EQ(random.next(), expected);
}

TEST(Random, IsUniformFromZeroUpToButWithoutOne)
{
    EXPECT_EQ(ConstantRandom(0).uniform(), 0.0);
    EXPECT_LT(ConstantRandom(~std::uint64_t{0}).uniform(), 1.0);
    EXPECT_EQ(ConstantRandom(std::uint64_t{1} << 63).uniform(), 0.5);
}

TEST(Random, FillsAllTenthsAlike)
{
    SeededRandom random(1);
    std::array<int, 10> counts{};
    for (int i = 0; i < 100'000; ++i)
        ++counts.at(static_cast<std::size_t>(random.uniform() * 10.0));
    for (const int count : counts)
        EXPECT_NEAR(count, 10'000, 500);
}

TEST(Random, GivesAsManyBytesAsAreAskedFor)
{
    for (const qsizetype count : {0, 1, 7, 8, 9, 16, 1'000})
        EXPECT_EQ(SeededRandom(1).bytes(count).size(), count);
    const QByteArray sixteen = SeededRandom(1).bytes(16);
    EXPECT_EQ(SeededRandom(1).bytes(11), sixteen.first(11));
    EXPECT_NE(sixteen.first(8), sixteen.last(8));
}

TEST(SystemRandom, DoesNotRepeatItself)
{
    EXPECT_NE(SystemRandom().bytes(16), SystemRandom().bytes(16));
}

} // namespace
} // namespace planb
