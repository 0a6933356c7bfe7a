// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/wire_id.h"

#include <QRegularExpression>

#include <gtest/gtest.h>

namespace planb {
namespace {

using namespace Qt::StringLiterals;

TEST(WireId, IsMadeOf128RandomBits)
{
    SeededRandom random(1);
    const WireId first = WireId::random(random);
    const WireId second = WireId::random(random);
    EXPECT_TRUE(QRegularExpression(u"^[0-9a-f]{32}$"_s).match(first.toString()).hasMatch())
        << first.toString().toStdString();
    EXPECT_NE(first, second);
}

TEST(WireId, IsTakenFromOtherClientsAsItIs)
{
    for (const QString &text : {u"1"_s, u"de305d54-75b4-431b-adb2-eb6b9e546013"_s, u" <&> "_s, u"\uAC00"_s,
                                QString(WireId::kMaxLength, u'x')}) {
        const auto id = WireId::parse(text);
        ASSERT_TRUE(id) << text.toStdString();
        EXPECT_EQ(id->toString(), text);
    }
}

TEST(WireId, RefusesWhatCouldNotBeToldApartOrCarried)
{
    for (const QString &text :
         {QString(), QString(WireId::kMaxLength + 1, u'x'), u"a\nb"_s, u"a\u0000b"_s, u"\u007F"_s, u"\u0085"_s})
        EXPECT_FALSE(WireId::parse(text)) << text.toUtf8().toHex().toStdString();
}

TEST(WireId, IsEqualAndOrderedByItsText)
{
    EXPECT_EQ(WireId::parse(u"a"), WireId::parse(u"a"));
    EXPECT_NE(WireId::parse(u"a"), WireId::parse(u"A"));
    EXPECT_TRUE(*WireId::parse(u"a") < *WireId::parse(u"b"));
}

} // namespace
} // namespace planb
