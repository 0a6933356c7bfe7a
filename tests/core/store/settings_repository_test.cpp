// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/store/store_fixture.h"

namespace planb::store {
namespace {

using namespace Qt::StringLiterals;

using Settings = StoreTest;

TEST_F(Settings, AreAbsentUntilTheyAreSet)
{
    EXPECT_EQ(must(store().settings().get(u"name"_s)), std::nullopt);
}

TEST_F(Settings, KeepTheLastValue)
{
    must(store().settings().set(u"name"_s, u"one"_s));
    must(store().settings().set(u"name"_s, u""_s));
    must(store().settings().set(u"other"_s, u"two"_s));
    reopen();
    EXPECT_EQ(must(store().settings().get(u"name"_s)), u""_s);
    EXPECT_EQ(must(store().settings().get(u"other"_s)), u"two"_s);
}

} // namespace
} // namespace planb::store
