// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/host_hint.h"

#include <gtest/gtest.h>

namespace planb::test {

using namespace Qt::StringLiterals;
using xmpp::HostHint;

TEST(HostHint, ReadsNamesAndAddressesWithAndWithoutPort)
{
    EXPECT_EQ(HostHint::parse(u"xmpp2.example.org"), (HostHint{u"xmpp2.example.org"_s, 0}));
    EXPECT_EQ(HostHint::parse(u" xmpp2.example.org:5322 "), (HostHint{u"xmpp2.example.org"_s, 5322}));
    EXPECT_EQ(HostHint::parse(u"192.0.2.7:5222"), (HostHint{u"192.0.2.7"_s, 5222}));
    EXPECT_EQ(HostHint::parse(u"[2001:db8::1]:5222"), (HostHint{u"2001:db8::1"_s, 5222}));
    EXPECT_EQ(HostHint::parse(u"[2001:db8::1]"), (HostHint{u"2001:db8::1"_s, 0}));
    EXPECT_EQ(HostHint::parse(u"2001:db8::1"), (HostHint{u"2001:db8::1"_s, 0}));
}

TEST(HostHint, IsNothingWhereThePlaceMakesNoSense)
{
    for (const QStringView text : {u"", u"  ", u":5222", u"host:", u"host:0", u"host:99999", u"host:port", u"[::1",
                                   u"[::1]x", u"[]", u"two words", u"a/b", u"user@host", u"host\n.example"})
        EXPECT_FALSE(HostHint::parse(text)) << text.toUtf8().constData();
    EXPECT_FALSE(HostHint::parse(QString(256, u'a')));
}

} // namespace planb::test
