// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/result.h"

#include <gtest/gtest.h>

#include <memory>

namespace planb {
namespace {

using namespace Qt::StringLiterals;

struct NoDefault {
    explicit NoDefault(int number) : value(number) {}
    int value;
};
static_assert(!std::is_default_constructible_v<Result<NoDefault>>);
static_assert(std::is_default_constructible_v<Result<int>>);
static_assert(!std::is_copy_constructible_v<Result<std::unique_ptr<int>>>);

Result<int> half(int number)
{
    if (number % 2 != 0)
        return fail(FailureCode::InvalidArgument, u"odd"_s);
    return number / 2;
}

TEST(Result, HoldsAValue)
{
    const auto result = half(4);
    ASSERT_TRUE(result);
    EXPECT_TRUE(result.has_value());
    EXPECT_EQ(*result, 2);
    EXPECT_EQ(result.value(), 2);
}

TEST(Result, HoldsAFailure)
{
    const auto result = half(3);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error(), (Failure{FailureCode::InvalidArgument, u"odd"_s, {}}));
}

TEST(Result, ReachesIntoItsValue)
{
    Result<QString> result(u"text"_s);
    EXPECT_EQ(result->size(), 4);
    result->append(u'!');
    *result += u'!';
    EXPECT_EQ(std::as_const(result)->size(), 6);
}

TEST(Result, FallsBackOnlyWhenItFailed)
{
    EXPECT_EQ(half(4).value_or(-1), 2);
    EXPECT_EQ(half(3).value_or(-1), -1);
}

TEST(Result, CarriesWhatCanOnlyBeMoved)
{
    Result<std::unique_ptr<int>> result(std::make_unique<int>(7));
    const std::unique_ptr<int> taken = *std::move(result);
    EXPECT_EQ(*taken, 7);
}

TEST(Result, CarriesWhatHasNoDefault)
{
    const Result<NoDefault> result(NoDefault(7));
    EXPECT_EQ(result->value, 7);
}

TEST(Result, HandsItsFailureOn)
{
    const auto outer = []() -> Result<QString> {
        auto inner = half(3);
        return fail(std::move(inner).error());
    }();
    ASSERT_FALSE(outer);
    EXPECT_EQ(outer.error().detail, u"odd"_s);
}

TEST(Result, DoesNotGiveTheHalfThatIsNotThere)
{
    EXPECT_THROW(static_cast<void>(half(3).value()), std::bad_variant_access);
    EXPECT_THROW(static_cast<void>(half(4).error()), std::bad_variant_access);
    EXPECT_THROW(static_cast<void>(Result<void>().error()), std::bad_optional_access);
}

TEST(Result, OfNothingSaysOnlyWhetherItWorked)
{
    const Result<void> good;
    const Result<void> bad = fail(FailureCode::DiskFull);
    EXPECT_TRUE(good);
    EXPECT_FALSE(bad);
    EXPECT_EQ(bad.error().code, FailureCode::DiskFull);
}

TEST(Result, TellsAFailureFromAValueOfTheSameType)
{
    const Result<Failure> value(Failure{FailureCode::DiskFull, {}, {}});
    const Result<Failure> failure = fail(FailureCode::DiskFull);
    EXPECT_TRUE(value);
    EXPECT_FALSE(failure);
}

} // namespace
} // namespace planb
