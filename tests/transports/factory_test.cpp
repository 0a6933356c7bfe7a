// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/factory.h"

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;

const QJsonObject kSettings{{u"jid"_s, u"Alice@example.org"_s}, {u"password"_s, u"pw"_s}};

} // namespace

TEST(BuiltInTransports, DescribeWhatCanBeConfigured)
{
    const auto kinds = BuiltInTransports().kinds();
    ASSERT_EQ(kinds.size(), 1);
    EXPECT_EQ(kinds[0].kind, TransportKind::Xmpp);
    EXPECT_EQ(kinds[0].fields.front().name, u"jid"_s);
}

TEST(BuiltInTransports, CheckSettingsWithoutMakingAnything)
{
    const BuiltInTransports transports;
    const auto checked = transports.checked(TransportKind::Xmpp, kSettings);
    ASSERT_TRUE(checked);
    EXPECT_EQ(checked->value(u"jid").toString(), u"alice@example.org"_s);
    EXPECT_EQ(transports.checked(TransportKind::Xmpp, {}).error().code, FailureCode::InvalidArgument);
    EXPECT_EQ(transports.checked(TransportKind::Sms, kSettings).error().code, FailureCode::NotSupported);
}

TEST(BuiltInTransports, MakeATransportThatIsOff)
{
    BuiltInTransports transports;
    const auto made = transports.create({TransportId(7), TransportKind::Xmpp, u"Home"_s, true, kSettings},
                                        u"planb-1"_s);
    ASSERT_TRUE(made);
    const auto &transport = *made;
    EXPECT_EQ(transport->id(), TransportId(7));
    EXPECT_EQ(transport->traits().kind, TransportKind::Xmpp);
    EXPECT_EQ(transport->traits().ownAddress, u"alice@example.org"_s);
    EXPECT_TRUE(transport->traits().confirmsDelivery);
    EXPECT_EQ(transport->state(), LinkState());
}

TEST(BuiltInTransports, MakeNothingOfBadSettings)
{
    BuiltInTransports transports;
    EXPECT_FALSE(transports.create({TransportId(1), TransportKind::Xmpp, {}, true, {}}, u"x"_s));
    EXPECT_FALSE(transports.create({TransportId(1), TransportKind::Lan, {}, true, {}}, u"x"_s));
}

} // namespace planb::test
