// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/transports/xmpp/dialogue.h"

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;

const QByteArray kActive = "<active xmlns='urn:xmpp:csi:0'/>";
const QByteArray kInactive = "<inactive xmlns='urn:xmpp:csi:0'/>";
const QByteArray kBind = "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/><sm xmlns='urn:xmpp:sm:3'/>";
const QByteArray kCsi = "<csi xmlns='urn:xmpp:csi:0'/>";

void bind(Dialogue &talk, const QByteArray &offer)
{
    talk.logIn();
    talk.serverOpensStream(kBind + offer);
    talk.server("<iq type='result' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
                "<jid>alice@example.org/planb-1</jid></bind></iq>"
                "<enabled xmlns='urn:xmpp:sm:3' id='old-1' resume='true'/>");
}

QByteArray versionQuestion()
{
    return "<iq type='get' id='v' from='bob@example.org/x'><query xmlns='jabber:iq:version'/></iq>";
}

} // namespace

TEST(ClientState, IsToldWhenItChangesAndOnlyThen)
{
    Dialogue talk;
    bind(talk, kCsi);
    EXPECT_FALSE(talk.clientSaid("urn:xmpp:csi:0"));
    talk.session.setActive(false);
    talk.session.setActive(false);
    EXPECT_EQ(talk.client(), kInactive);
    talk.session.setActive(true);
    EXPECT_EQ(talk.client(), kActive);
}

TEST(ClientState, IsKeptToOneselfWhereTheServerDoesNotKnowIt)
{
    Dialogue talk;
    bind(talk, {});
    talk.client();
    talk.session.setActive(false);
    EXPECT_EQ(talk.client(), QByteArray());
}

TEST(ClientState, IsRememberedAcrossConnections)
{
    Dialogue talk;
    bind(talk, kCsi);
    talk.session.setActive(false);
    talk.session.finish();
    talk.client();
    bind(talk, kCsi);
    EXPECT_EQ(talk.client().count(kInactive), 1);
}

TEST(ClientState, ChosenWithoutAConnectionIsToldLater)
{
    Dialogue talk;
    talk.session.setActive(false);
    EXPECT_EQ(talk.client(), QByteArray());
    bind(talk, kCsi);
    EXPECT_EQ(talk.client().count(kInactive), 1);
}

// A server may go on with the state it knew, or begin with active.
TEST(ClientState, IsSaidAgainOnAResumedStream)
{
    for (const bool isActive : {true, false}) {
        Dialogue talk;
        bind(talk, kCsi);
        talk.session.setActive(!isActive);
        talk.client();
        talk.close(FailureCode::ConnectionLost);
        talk.session.setActive(isActive);
        talk.logIn();
        talk.serverOpensStream(kBind + kCsi);
        talk.client();
        talk.server("<resumed xmlns='urn:xmpp:sm:3' previd='old-1' h='1'/>");
        EXPECT_TRUE(talk.clientSaid(isActive ? kActive : kInactive));
    }
}

// It is no stanza: a counter that goes up by it would be wrong for good.
TEST(ClientState, IsNotCounted)
{
    Dialogue talk;
    bind(talk, kCsi);
    talk.session.setActive(false);
    talk.client();
    talk.server("<a xmlns='urn:xmpp:sm:3' h='1'/>");
    EXPECT_EQ(talk.aborted(), std::nullopt);
    talk.server("<a xmlns='urn:xmpp:sm:3' h='2'/>");
    EXPECT_NE(talk.aborted(), std::nullopt);
}

TEST(Version, IsToldToNobodyAtFirst)
{
    Dialogue talk;
    talk.settle();
    talk.server(versionQuestion());
    const QByteArray said = talk.client();
    EXPECT_TRUE(said.contains("service-unavailable"));
    EXPECT_FALSE(said.contains("jabber:iq:version"));
}

TEST(Version, IsToldWithTheNameAndNothingOfTheSystem)
{
    Dialogue talk;
    talk.session.setVersion(u"1.2"_s);
    talk.settle();
    talk.server(versionQuestion());
    EXPECT_EQ(talk.client(),
              "<iq type='result' id='v' to='bob@example.org/x'><query xmlns='jabber:iq:version'><name>PlanB</name>"
              "<version>1.2</version></query></iq>");
}

// Who knows our version of capabilities does not ask again.
TEST(Version, ChangesWhatWeSayWeCanDo)
{
    Dialogue talk;
    talk.settle();
    talk.session.setVersion(u"1.2"_s);
    const QByteArray ver = attributeIn(talk.client(), "ver");
    ASSERT_FALSE(ver.isEmpty());
    talk.server("<iq type='get' id='q' from='bob@example.org/x'><query xmlns='http://jabber.org/protocol/disco#info' "
                "node='urn:planb:client#"
                + ver + "'/></iq>");
    EXPECT_TRUE(talk.clientSaid("<feature var='jabber:iq:version'/>"));
    talk.session.setVersion(u"1.3"_s);
    EXPECT_EQ(talk.client(), QByteArray());
    talk.session.setVersion({});
    EXPECT_NE(attributeIn(talk.client(), "ver"), ver);
}

} // namespace planb::test
