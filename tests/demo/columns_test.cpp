// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/demo/columns.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;
using namespace planb::demo;

TEST(Columns, CountTwoForASyllableAndOneForALetter)
{
    EXPECT_EQ(displayWidth(u"Alice"_s), 5);
    EXPECT_EQ(displayWidth(u"안녕"_s), 4);
    EXPECT_EQ(displayWidth(u"냉면 🍜"_s), 7);
}

TEST(Columns, CountNothingForACombiningMark)
{
    EXPECT_EQ(displayWidth(u"e\u0301"_s), 1);
}

TEST(Columns, FillUpToTheWidthAsked)
{
    EXPECT_EQ(fitted(u"안녕"_s, 6), u"안녕  "_s);
}

TEST(Columns, NeverCutThroughADoubleWidthCharacter)
{
    const QString cut = fitted(u"안녕하세요"_s, 6);
    EXPECT_EQ(cut, u"안녕… "_s);
    EXPECT_EQ(displayWidth(cut), 6);
}
