// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/transports/xmpp/dialogue.h"
#include "transports/xmpp/own_features.h"

#include <gtest/gtest.h>

#include <QSet>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;

QByteArray question(const QByteArray &node)
{
    return "<iq type='get' id='q' from='bob@example.org/x'><query xmlns='http://jabber.org/protocol/disco#info' "
        + (node.isEmpty() ? QByteArray() : "node='" + node + "'") + "/></iq>";
}

} // namespace

TEST(Capabilities, HaveTheVersionOfTheDocumentsExample)
{
    // XEP-0115, section 5.2; the order in which features are given must not matter.
    EXPECT_EQ(xmpp::capabilityVersion(u"client"_s, u"pc"_s, u"Exodus 0.9.1"_s,
                                      {u"http://jabber.org/protocol/muc"_s, u"http://jabber.org/protocol/caps"_s,
                                       u"http://jabber.org/protocol/disco#items"_s,
                                       u"http://jabber.org/protocol/disco#info"_s}),
              u"QgayPKawpkPSDYmwT/WM94uAlu0="_s);
}

// A changed list without a changed version would be believed for ever by those who know the version.
TEST(Capabilities, OfOurPresenceAreThoseOfTheAnswer)
{
    const xmpp::Element presence = xmpp::ownCapabilities(false);
    const QString ver = presence.attribute(u"ver");
    const auto answer = xmpp::ownFeatures(presence.attribute(u"node") + u'#' + ver, false);
    ASSERT_TRUE(answer);
    QStringList features;
    for (const xmpp::Element &child : answer->children()) {
        if (child.name() == u"feature")
            features.append(child.attribute(u"var"));
    }
    EXPECT_GT(features.size(), 5);
    EXPECT_EQ(xmpp::capabilityVersion(u"client"_s, u"pc"_s, u"PlanB"_s, features), ver);
    EXPECT_EQ(QSet<QString>(features.begin(), features.end()).size(), features.size());
}

TEST(Capabilities, AreTheSameForEverybodyAndNothingElseIsThere)
{
    Dialogue talk;
    talk.settle();
    talk.server(question({}));
    const QByteArray all = talk.client();
    EXPECT_TRUE(all.contains("type='result'"));
    EXPECT_TRUE(all.contains("<identity category='client' type='pc' name='PlanB'/>"));
    EXPECT_TRUE(all.contains("<feature var='urn:xmpp:avatar:metadata+notify'/>"));
    const xmpp::Element caps = xmpp::ownCapabilities(false);
    const QByteArray node = (caps.attribute(u"node") + u'#' + caps.attribute(u"ver")).toUtf8();
    talk.server(question(node));
    EXPECT_TRUE(talk.clientSaid("node='" + node + "'"));
    for (const QByteArray &other :
         {QByteArray("urn:planb:client#old"), QByteArray("urn:planb:client"), QByteArray("x")}) {
        talk.server(question(other));
        EXPECT_TRUE(talk.clientSaid("<item-not-found")) << other.constData();
    }
}

} // namespace planb::test
