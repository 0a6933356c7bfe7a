// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/id.h"

#include <QSet>

#include <gtest/gtest.h>

#include <limits>
#include <type_traits>
#include <unordered_set>

namespace planb {
namespace {

using namespace Qt::StringLiterals;

static_assert(!std::is_convertible_v<ContactId, MessageId> && !std::is_constructible_v<ContactId, MessageId>);
static_assert(!std::is_convertible_v<qint64, ContactId>);

constexpr qint64 kLargest = std::numeric_limits<qint64>::max();

TEST(Id, NamesNothingUnlessItIsGivenARow)
{
    EXPECT_FALSE(ContactId().isValid());
    EXPECT_FALSE(ContactId(0).isValid());
    EXPECT_FALSE(ContactId(-1).isValid());
    EXPECT_TRUE(ContactId(1).isValid());
}

TEST(Id, LeadsBackFromItsText)
{
    for (const qint64 row : {qint64{1}, qint64{12}, kLargest})
        EXPECT_EQ(MessageId::fromString(MessageId(row).toString()), MessageId(row));
}

TEST(Id, SaysInItsFirstLetterWhatItNames)
{
    EXPECT_EQ(ContactId(12).toString(), u"c12"_s);
    EXPECT_EQ(ConversationId(12).toString(), u"v12"_s);
    EXPECT_EQ(MessageId(12).toString(), u"m12"_s);
    EXPECT_EQ(TransportId(12).toString(), u"t12"_s);
    EXPECT_EQ(AttemptId(12).toString(), u"a12"_s);
}

TEST(Id, IsNotReadFromTheIdOfSomethingElse)
{
    EXPECT_FALSE(ContactId::fromString(u"m12"));
    EXPECT_FALSE(ContactId::fromString(u"12"));
    EXPECT_FALSE(ContactId::fromString(u"C12"));
}

TEST(Id, IsReadFromOneSpellingOnly)
{
    for (const QString &text :
         {u""_s, u"c"_s, u"c0"_s, u"c-1"_s, u"c+1"_s, u"c01"_s, u"c 1"_s, u"c1 "_s, u"c1x"_s, u"c1.0"_s, u"c0x1"_s,
          u"cc1"_s, u"c\uFF11"_s, u"c\u0661"_s, u"c9223372036854775808"_s, u"c99999999999999999999999"_s})
        EXPECT_FALSE(ContactId::fromString(text)) << text.toStdString();
    EXPECT_EQ(ContactId::fromString(u"c9223372036854775807"), ContactId(kLargest));
}

TEST(Id, IsOrderedAndHashedByItsRow)
{
    EXPECT_LT(ContactId(2), ContactId(10));
    EXPECT_EQ((QSet<ContactId>{ContactId(1), ContactId(2), ContactId(1)}).size(), 2);
    EXPECT_EQ((std::unordered_set<ContactId>{ContactId(1), ContactId(2), ContactId(1)}).size(), 2U);
}

} // namespace
} // namespace planb
