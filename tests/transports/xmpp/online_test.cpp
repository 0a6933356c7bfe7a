// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/transports/xmpp/online_lines.h"

namespace planb::test {

using namespace Qt::StringLiterals;
using xmpp::HandedOver;

TEST(Online, BeginsWithPresenceAndARequestOnceTheServerCounts)
{
    Dialogue talk;
    talk.logIn();
    talk.serverOpensStream("<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/><sm xmlns='urn:xmpp:sm:3'/>");
    talk.client();
    talk.server("<iq type='result' id='bind'><bind "
                "xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>alice@example.org/planb-1</jid></bind></iq>");
    EXPECT_EQ(talk.client(), "<enable xmlns='urn:xmpp:sm:3' resume='true'/>");
    EXPECT_FALSE(talk.session.isOnline());
    talk.server("<enabled xmlns='urn:xmpp:sm:3'/>");
    const QByteArray said = talk.client();
    EXPECT_TRUE(said.startsWith("<presence><c xmlns='http://jabber.org/protocol/caps' hash='sha-1' node='"));
    EXPECT_TRUE(said.endsWith("</presence>" + kAsk));
    EXPECT_TRUE(talk.session.isOnline());
    EXPECT_TRUE(talk.isEstablished());
    EXPECT_EQ(talk.events<xmpp::CameOnline>().size(), 1u);
}

TEST(Online, TellsTheFirstRoundTrip)
{
    Dialogue talk;
    talk.comeOnline();
    talk.pass(Millis(30));
    EXPECT_TRUE(talk.events<xmpp::RoundTrip>().empty());
    talk.server(counter(1));
    const auto trips = talk.events<xmpp::RoundTrip>();
    ASSERT_EQ(trips.size(), 1u);
    EXPECT_EQ(trips[0].took, Millis(30));
    EXPECT_EQ(talk.session.rtt(), Millis(30));
}

TEST(Online, GoesOnWithoutCountersWhereTheServerRefusesThem)
{
    Dialogue talk;
    talk.logIn();
    talk.serverOpensStream("<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/><sm xmlns='urn:xmpp:sm:3'/>");
    talk.server("<iq type='result' id='bind'><bind "
                "xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>alice@example.org/planb-1</jid></bind></iq>");
    talk.client();
    talk.server("<failed xmlns='urn:xmpp:sm:3'/>");
    EXPECT_TRUE(talk.session.isOnline());
    EXPECT_TRUE(talk.clientSaid("urn:xmpp:ping"));
}

// --- signs of life ---

TEST(SignsOfLife, AreAskedForAfterSilence)
{
    Dialogue talk;
    talk.settle();
    talk.pass(Millis(29'999));
    EXPECT_EQ(talk.client(), "");
    talk.pass(Millis(1));
    EXPECT_EQ(talk.client(), kAsk);
    talk.server(counter(1));
    talk.pass(Millis(29'000));
    EXPECT_FALSE(talk.session.isSuspect());
    EXPECT_EQ(talk.client(), "");
}

TEST(SignsOfLife, FailToComeAndTheConnectionIsGivenUp)
{
    for (const bool streamManagement : {true, false}) {
        Dialogue talk;
        talk.settle(streamManagement);
        talk.session.probe(talk.now);
        talk.pass(Millis(499));
        EXPECT_FALSE(talk.session.isSuspect());
        talk.pass(Millis(1));
        EXPECT_TRUE(talk.session.isSuspect());
        EXPECT_FALSE(talk.aborted());
        talk.pass(Millis(500));
        EXPECT_EQ(codeOf(talk.aborted()), FailureCode::HopTimeout);
    }
}

TEST(SignsOfLife, NoticeAnIdleDeadLinkWithinThirtyFourSeconds)
{
    Dialogue talk;
    talk.settle();
    talk.pass(Millis(30'999));
    EXPECT_FALSE(talk.aborted());
    talk.pass(Millis(3'001));
    EXPECT_EQ(codeOf(talk.aborted()), FailureCode::HopTimeout);
}

TEST(SignsOfLife, ComeBackWithTheAnswer)
{
    Dialogue talk;
    talk.settle();
    talk.session.probe(talk.now);
    talk.pass(Millis(600));
    ASSERT_TRUE(talk.session.isSuspect());
    talk.server(counter(1));
    EXPECT_FALSE(talk.session.isSuspect());
    talk.pass(Millis(20'000));
    EXPECT_FALSE(talk.aborted());
}

TEST(SignsOfLife, AreNotAskedForTwice)
{
    Dialogue talk;
    talk.settle();
    talk.session.probe(talk.now);
    talk.session.probe(talk.now);
    EXPECT_EQ(talk.client(), kAsk);
}

// --- queries (RFC 6120, 8.2.3) ---

TEST(Queries, AreAllAnswered)
{
    Dialogue talk;
    talk.settle();
    talk.server("<iq type='get' id='1' from='bob@example.org/x'><query xmlns='http://jabber.org/protocol/disco#info'/>"
                "</iq>");
    const QByteArray info = talk.client();
    EXPECT_TRUE(info.contains("<feature var='urn:xmpp:receipts'/>"));
    EXPECT_FALSE(info.contains("node="));
    EXPECT_TRUE(info.contains("to='bob@example.org/x'"));
    for (const QByteArray &query :
         {QByteArray("<iq type='set' id='2' from='bob@example.org/x'><query xmlns='jabber:iq:roster'/></iq>"),
          QByteArray("<iq type='get' id='2' from='bob@example.org/x'><query xmlns='jabber:iq:version'/></iq>"),
          QByteArray("<iq type='get' id='2' from='bob@example.org/x'/>"),
          QByteArray("<iq type='set' id='2' from='bob@example.org/x'><ping xmlns='urn:xmpp:ping'/></iq>")}) {
        talk.server(query);
        EXPECT_EQ(talk.client(),
                  "<iq type='error' id='2' to='bob@example.org/x'><error type='cancel'>"
                  "<service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>")
            << query.constData();
    }
    talk.server(
        "<iq type='result' id='3' from='bob@example.org/x'/><iq type='error' id='4' from='bob@example.org/x'/>");
    EXPECT_EQ(talk.client(), "");
}

TEST(Queries, WithoutAnAuthorAreTheServers)
{
    Dialogue talk;
    talk.settle();
    talk.server("<iq type='get' id='1'><ping xmlns='urn:xmpp:ping'/></iq>");
    EXPECT_EQ(talk.client(), "<iq type='result' id='1'/>");
}

TEST(Queries, CountAsOurStanzasToo)
{
    Dialogue talk;
    talk.settle();
    talk.server("<iq type='get' id='1'><ping xmlns='urn:xmpp:ping'/></iq>");
    talk.send(1, u"hello"_s);
    talk.server(counter(2));
    EXPECT_TRUE(talk.events<HandedOver>().empty());
    talk.server(counter(3));
    EXPECT_EQ(acceptedBy(talk), std::vector<qint64>{1});
}

// --- the end ---

TEST(Ending, LeavesInGoodOrder)
{
    Dialogue talk;
    talk.settle();
    talk.server("<presence/>" + chat("m1"));
    talk.send(1, u"hello"_s);
    talk.client();
    talk.session.finish();
    EXPECT_EQ(talk.client(), counter(1) + "</stream:stream>");
    EXPECT_TRUE(talk.isFinished());
    const auto handed = talk.events<HandedOver>();
    ASSERT_EQ(handed.size(), 1u);
    EXPECT_EQ(codeOf(handed[0].failure), FailureCode::ConnectionLost);
    EXPECT_FALSE(talk.session.isOnline());
}

TEST(Ending, OfTheStreamByTheServerIsAFailureOfItsOwn)
{
    Dialogue talk;
    talk.settle();
    talk.server("</stream:stream>");
    EXPECT_EQ(codeOf(talk.aborted()), FailureCode::ServerClosed);
    EXPECT_TRUE(talk.clientSaid("</stream:stream>"));
}

TEST(Ending, ByAStreamErrorSilencesTheSession)
{
    Dialogue talk;
    talk.settle();
    talk.server("<stream:error><conflict xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error></stream:stream>");
    EXPECT_EQ(codeOf(talk.aborted()), FailureCode::SessionReplaced);
    talk.client();
    talk.server(chat("m1"));
    talk.pass(Millis(60'000));
    EXPECT_EQ(talk.client(), "");
    EXPECT_TRUE(talk.events<Incoming>().empty());
}

TEST(Ending, ThenBeginsAnewWithFreshCounters)
{
    Dialogue talk;
    talk.settle();
    talk.send(1, u"one"_s, u"bob@example.org"_s, u"w1"_s);
    talk.server(chat("m1"));
    const quint64 first = talk.events<Incoming>().at(0).token;
    talk.close(FailureCode::ConnectionLost);
    talk.events<HandedOver>();
    talk.settle();
    talk.send(2, u"two"_s, u"bob@example.org"_s, u"w2"_s);
    talk.server(counter(2));
    EXPECT_EQ(acceptedBy(talk), std::vector<qint64>{2});
    talk.server(chat("m2"));
    EXPECT_GT(talk.events<Incoming>().at(0).token, first);
}

TEST(Online, SurvivesBytesOneByOne)
{
    Dialogue talk;
    talk.settle();
    for (const char byte : chat("m1", "한 글자씩") + kAsk)
        talk.server(QByteArray(1, byte));
    ASSERT_EQ(talk.events<Incoming>().size(), 1u);
    EXPECT_EQ(talk.client(), counter(0));
}

} // namespace planb::test
