// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/jid.h"

#include <gtest/gtest.h>

namespace planb::test {

using namespace Qt::StringLiterals;

TEST(Jid, NamesThePersonBehindADevice)
{
    EXPECT_EQ(xmpp::addressOf(u"Alice@Example.org/Phone")->value, u"alice@example.org"_s);
    EXPECT_EQ(xmpp::addressOf(u"alice@example.org/a/b@c")->value, u"alice@example.org"_s);
    EXPECT_EQ(xmpp::addressOf(u"example.org"), std::nullopt);
}

// Otherwise what they write would be lost.
TEST(Jid, NamesPeopleWhoseServersGoByOlderRules)
{
    EXPECT_EQ(xmpp::addressOf(u"\u2665@example.org/x")->value, u"\u2665@example.org"_s);
}

TEST(Jid, HasAResourceInOneForm)
{
    EXPECT_EQ(xmpp::resourceOf(u"alice@example.org"), QString());
    EXPECT_EQ(xmpp::resourceOf(u"alice@example.org/My Phone/2"), u"My Phone/2"_s);
    EXPECT_EQ(xmpp::resourceOf(u"alice@example.org/e\u0301\u00A0x"), u"\u00E9 x"_s);
    EXPECT_EQ(xmpp::resourceOf(u"alice@example.org/\u2665"), u"\u2665"_s);
}

TEST(Jid, HasNoEmptySteeringOrEndlessResource)
{
    EXPECT_EQ(xmpp::resourceOf(u"alice@example.org/"), std::nullopt);
    EXPECT_EQ(xmpp::resourceOf(u"alice@example.org/a\u202Eb"), std::nullopt);
    EXPECT_EQ(xmpp::resourceOf(u"alice@example.org/a\tb"), std::nullopt);
    EXPECT_TRUE(xmpp::resourceOf(u"a@b/"_s + QString(1023, u'x')));
    EXPECT_EQ(xmpp::resourceOf(u"a@b/"_s + QString(1024, u'x')), std::nullopt);
}

} // namespace planb::test
