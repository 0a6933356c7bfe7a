// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/transports/xmpp/online_lines.h"

namespace planb::test {

using namespace Qt::StringLiterals;
using xmpp::HandedOver;

TEST(StreamManagement, AsksRightBehindAMessage)
{
    Dialogue talk;
    talk.settle();
    talk.send(1, u"hello"_s);
    const QByteArray said = talk.client();
    EXPECT_TRUE(said.startsWith("<message to='bob@example.org'"));
    EXPECT_TRUE(said.endsWith(kAsk));
    EXPECT_TRUE(talk.events<HandedOver>().empty());
    talk.server(counter(2));
    EXPECT_EQ(acceptedBy(talk), std::vector<qint64>{1});
}

// The presence is the first stanza counted; <enable/>, <r/> and <a/> are not stanzas.
TEST(StreamManagement, CountsStanzasOnlyAndFromEnableOn)
{
    Dialogue talk;
    talk.settle();
    talk.send(1, u"hello"_s);
    talk.server(counter(1));
    EXPECT_TRUE(talk.events<HandedOver>().empty());
    talk.server("<r xmlns='urn:xmpp:sm:3'/>");
    talk.server(counter(2));
    EXPECT_EQ(acceptedBy(talk), std::vector<qint64>{1});
}

TEST(StreamManagement, HandsOverExactlyOnce)
{
    Dialogue talk;
    talk.settle();
    talk.send(1, u"one"_s, u"bob@example.org"_s, u"w1"_s);
    talk.send(2, u"two"_s, u"bob@example.org"_s, u"w2"_s);
    talk.server(counter(2) + counter(2));
    EXPECT_EQ(acceptedBy(talk), std::vector<qint64>{1});
    talk.server(counter(3) + counter(3));
    EXPECT_EQ(acceptedBy(talk), std::vector<qint64>{2});
    talk.close(FailureCode::ConnectionLost);
    EXPECT_TRUE(talk.events<HandedOver>().empty());
}

TEST(StreamManagement, GathersRequestsWhileAnAnswerIsOpen)
{
    Dialogue talk;
    talk.settle();
    talk.send(1, u"one"_s, u"bob@example.org"_s, u"w1"_s);
    talk.client();
    talk.send(2, u"two"_s, u"bob@example.org"_s, u"w2"_s);
    talk.send(3, u"three"_s, u"bob@example.org"_s, u"w3"_s);
    EXPECT_FALSE(talk.clientSaid(kAsk));
    talk.pass(Millis(99));
    EXPECT_FALSE(talk.clientSaid(kAsk));
    talk.pass(Millis(1));
    EXPECT_EQ(talk.client(), kAsk);
}

TEST(StreamManagement, AsksForTheRestWhenTheAnswerComes)
{
    Dialogue talk;
    talk.settle();
    talk.send(1, u"one"_s, u"bob@example.org"_s, u"w1"_s);
    talk.send(2, u"two"_s, u"bob@example.org"_s, u"w2"_s);
    talk.client();
    talk.server(counter(2));
    EXPECT_EQ(talk.client(), kAsk);
}

TEST(StreamManagement, GivesUpOnAServerThatClaimsMoreThanItGot)
{
    for (const quint32 h : {2U, 0xFFFFFFFFU}) {
        Dialogue talk;
        talk.settle();
        talk.server(counter(h));
        EXPECT_EQ(codeOf(talk.aborted()), FailureCode::ProtocolError) << h;
    }
    for (const char *h : {"-1", "x", "4294967296", ""}) {
        Dialogue talk;
        talk.settle();
        talk.server("<a xmlns='urn:xmpp:sm:3' h='" + QByteArray(h) + "'/>");
        EXPECT_EQ(codeOf(talk.aborted()), FailureCode::ProtocolError) << h;
    }
}

TEST(StreamManagement, DoesNotStartAnewOnASecondConsent)
{
    Dialogue talk;
    talk.settle();
    talk.server(
        "<enabled xmlns='urn:xmpp:sm:3'/><failed xmlns='urn:xmpp:sm:3'/><resumed xmlns='urn:xmpp:sm:3' h='0'/>");
    EXPECT_TRUE(talk.events<xmpp::CameOnline>().empty());
    talk.send(1, u"hello"_s);
    talk.server(counter(2));
    EXPECT_EQ(acceptedBy(talk), std::vector<qint64>{1});
}

TEST(StreamManagement, IgnoresCountersWhereNobodyAskedForThem)
{
    Dialogue talk;
    talk.settle(false);
    talk.server(counter(7) + "<r xmlns='urn:xmpp:sm:3'/><enabled xmlns='urn:xmpp:sm:3'/>");
    EXPECT_FALSE(talk.aborted());
    EXPECT_EQ(talk.client(), "");
}

TEST(StreamManagement, TellsTheServerOnlyOfWhatIsStored)
{
    Dialogue talk;
    talk.settle();
    talk.server("<presence from='bob@example.org'/>" + chat("m1") + chat("m2") + kAsk);
    EXPECT_EQ(talk.client(), counter(1));
    const auto incoming = talk.events<Incoming>();
    ASSERT_EQ(incoming.size(), 2u);
    talk.session.handled(incoming[1].token, Disposition::Committed, talk.now);
    EXPECT_FALSE(talk.clientSaid("<a "));
    talk.session.handled(incoming[0].token, Disposition::Committed, talk.now);
    EXPECT_TRUE(talk.clientSaid(counter(3)));
    talk.server(kAsk);
    EXPECT_EQ(talk.client(), counter(3));
}

TEST(StreamManagement, TellsTheServerOfNewsOnlyWhenThoseWhoStoreThemHaveBeenTold)
{
    Dialogue talk;
    talk.settle();
    talk.server(bounce("m1") + kAsk);
    EXPECT_EQ(talk.client(), counter(0));
    EXPECT_EQ(talk.events<Report>().size(), 1u);
    const auto told = talk.events<xmpp::NewsTold>();
    ASSERT_EQ(told.size(), 1u);
    talk.session.handled(told[0].token, Disposition::Committed, talk.now);
    EXPECT_EQ(talk.client(), counter(1));
}

TEST(StreamManagement, CountsWhatWasDroppedOnPurpose)
{
    Dialogue talk;
    talk.settle();
    talk.server(chat("m1") + kAsk);
    talk.client();
    talk.session.handled(talk.events<Incoming>().at(0).token, Disposition::Dropped, talk.now);
    const QByteArray said = talk.client();
    EXPECT_EQ(said, counter(1));
}

// The counters begin at <enabled/>: what came before is in neither side's count (dino #1882 is the opposite mistake).
TEST(StreamManagement, DoesNotCountWhatCameBeforeTheConsent)
{
    Dialogue talk;
    talk.logIn();
    talk.serverOpensStream("<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/><sm xmlns='urn:xmpp:sm:3'/>");
    talk.server("<iq type='result' id='bind'><bind "
                "xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>alice@example.org/planb-1</jid></bind></iq>"
                + chat("early") + "<presence from='bob@example.org'/><enabled xmlns='urn:xmpp:sm:3'/>");
    EXPECT_EQ(talk.events<Incoming>().size(), 1u);
    talk.client();
    talk.server(kAsk);
    EXPECT_EQ(talk.client(), counter(0));
    talk.server("<presence from='bob@example.org'/>" + kAsk);
    EXPECT_EQ(talk.client(), counter(1));
}

TEST(StreamManagement, CountsIgnoredStanzasToo)
{
    Dialogue talk;
    talk.settle();
    talk.server("<message from='room@muc.example.org/x' type='groupchat'><body>x</body></message>"
                "<message from='mallory@example.org'><received xmlns='urn:xmpp:carbons:2'/></message>"
                "<iq type='result' id='unknown'/><presence/><unknown xmlns='urn:x'/>"
                + kAsk);
    EXPECT_TRUE(talk.clientSaid(counter(4)));
}

TEST(StreamManagement, AnswersQueriesWhileAMessageIsPending)
{
    Dialogue talk;
    talk.settle();
    talk.server(chat("m1") + "<iq type='get' id='q' from='example.org'><ping xmlns='urn:xmpp:ping'/></iq>" + kAsk);
    EXPECT_EQ(talk.client(), "<iq type='result' id='q' to='example.org'/>" + counter(0));
}

// --- hop acknowledgement by pings ---

TEST(PingBehind, IsTheAcknowledgementWithoutStreamManagement)
{
    Dialogue talk;
    talk.settle(false);
    talk.send(1, u"hello"_s);
    const QByteArray said = talk.client();
    EXPECT_TRUE(said.endsWith("<iq type='get' id='ping-2' to='example.org'><ping xmlns='urn:xmpp:ping'/></iq>"));
    talk.server(pong("ping-1"));
    EXPECT_TRUE(talk.events<HandedOver>().empty());
    talk.server(pong("ping-2"));
    EXPECT_EQ(acceptedBy(talk), std::vector<qint64>{1});
}

TEST(PingBehind, CountsAnErrorAsAnAnswer)
{
    Dialogue talk;
    talk.settle(false);
    talk.send(1, u"hello"_s);
    talk.server("<iq type='error' id='ping-2'><error type='cancel'><service-unavailable "
                "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
    EXPECT_EQ(acceptedBy(talk), std::vector<qint64>{1});
}

TEST(PingBehind, BelievesTheServerOnly)
{
    Dialogue talk;
    talk.settle(false);
    talk.send(1, u"hello"_s);
    talk.server(pong("ping-2", "mallory@example.org/x") + pong("ping-2", "evil.example") + pong("ping-99"));
    EXPECT_TRUE(talk.events<HandedOver>().empty());
    talk.server(pong("ping-2", "alice@example.org"));
    EXPECT_EQ(acceptedBy(talk), std::vector<qint64>{1});
}

TEST(PingBehind, CoversOnlyWhatWasSentBeforeIt)
{
    Dialogue talk;
    talk.settle(false);
    talk.send(1, u"one"_s, u"bob@example.org"_s, u"w1"_s);
    talk.send(2, u"two"_s, u"bob@example.org"_s, u"w2"_s);
    talk.client();
    talk.server(pong("ping-2"));
    EXPECT_EQ(acceptedBy(talk), std::vector<qint64>{1});
    EXPECT_TRUE(talk.clientSaid("id='ping-3'"));
    talk.server(pong("ping-3"));
    EXPECT_EQ(acceptedBy(talk), std::vector<qint64>{2});
}

} // namespace planb::test
