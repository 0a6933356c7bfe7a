// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/transport_kind.h"

#include <gtest/gtest.h>

namespace planb {
namespace {

using namespace Qt::StringLiterals;

TEST(TransportKind, KeepsItsPublicName)
{
    EXPECT_EQ(nameOf(TransportKind::Xmpp), u"xmpp"_s);
    EXPECT_EQ(nameOf(TransportKind::Email), u"email"_s);
    EXPECT_EQ(nameOf(TransportKind::Lan), u"lan"_s);
    EXPECT_EQ(nameOf(TransportKind::Sms), u"sms"_s);
}

TEST(TransportKind, IsFoundByThatNameOnly)
{
    for (const auto kind : {TransportKind::Xmpp, TransportKind::Email, TransportKind::Lan, TransportKind::Sms})
        EXPECT_EQ(transportKindFromName(nameOf(kind)), kind);
    EXPECT_FALSE(transportKindFromName(u"XMPP"));
    EXPECT_FALSE(transportKindFromName(u"fax"));
    EXPECT_FALSE(transportKindFromName(u""));
}

} // namespace
} // namespace planb
