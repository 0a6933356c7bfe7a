// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/transports/xmpp/dialogue.h"

#include <gtest/gtest.h>

#include <array>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;
using xmpp::HandedOver;

const QByteArray kAsk = "<r xmlns='urn:xmpp:sm:3'/>";

QByteArray counter(quint32 h)
{
    return "<a xmlns='urn:xmpp:sm:3' h='" + QByteArray::number(h) + "'/>";
}

QByteArray chat(const QByteArray &id, const QByteArray &text = "hi", const QByteArray &from = "bob@example.org/phone")
{
    return "<message from='" + from + "' to='alice@example.org' type='chat' id='" + id + "'><body>" + text
        + "</body><request xmlns='urn:xmpp:receipts'/></message>";
}

QByteArray bounce(const QByteArray &id, const QByteArray &from = "bob@example.org")
{
    return "<message from='" + from + "' type='error' id='" + id
        + "'><error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>";
}

QByteArray pong(const QByteArray &id, const QByteArray &from = "example.org")
{
    return "<iq type='result' id='" + id + "' from='" + from + "'/>";
}

std::vector<qint64> acceptedBy(Dialogue &talk)
{
    std::vector<qint64> ids;
    for (const HandedOver &handed : talk.events<HandedOver>()) {
        EXPECT_FALSE(handed.failure);
        ids.push_back(handed.attempt.value());
    }
    return ids;
}

FailureCode codeOf(const std::optional<Failure> &failure)
{
    return failure ? failure->code : FailureCode::Cancelled;
}

} // namespace

// --- coming online ---

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

// --- hop acknowledgement by counters (XEP-0198) ---

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

// --- sending ---

TEST(Sending, SaysThatNothingLeftWithoutAConnection)
{
    Dialogue talk;
    talk.send(1, u"hello"_s);
    talk.connect();
    talk.send(2, u"hello"_s);
    const auto handed = talk.events<HandedOver>();
    ASSERT_EQ(handed.size(), 2u);
    for (const HandedOver &one : handed)
        EXPECT_EQ(codeOf(one.failure), FailureCode::NetworkUnreachable);
    EXPECT_FALSE(talk.clientSaid("<message"));
}

TEST(Sending, LosesOpenAttemptsWithTheConnection)
{
    for (const bool streamManagement : {true, false}) {
        Dialogue talk;
        talk.settle(streamManagement);
        talk.send(1, u"hello"_s);
        talk.close(FailureCode::HopTimeout);
        const auto handed = talk.events<HandedOver>();
        ASSERT_EQ(handed.size(), 1u);
        EXPECT_EQ(codeOf(handed[0].failure), FailureCode::ConnectionLost);
        EXPECT_FALSE(talk.session.isOnline());
    }
}

TEST(Sending, RefusesWhatServersWouldNotTake)
{
    Dialogue talk;
    talk.settle();
    talk.send(1, QString(30'000, u'&')); // five bytes each in XML
    const auto handed = talk.events<HandedOver>();
    ASSERT_EQ(handed.size(), 1u);
    EXPECT_EQ(codeOf(handed[0].failure), FailureCode::MessageTooLarge);
    EXPECT_EQ(talk.client(), "");
    talk.send(2, QString(10'000, u'한'));
    EXPECT_TRUE(talk.clientSaid("<message"));
}

TEST(Sending, TakesAnErrorThatOvertakesTheCounterAsTheAnswer)
{
    Dialogue talk;
    talk.settle();
    talk.send(1, u"hello"_s);
    talk.server(bounce("w1"));
    const auto handed = talk.events<HandedOver>();
    ASSERT_EQ(handed.size(), 1u);
    EXPECT_EQ(codeOf(handed[0].failure), FailureCode::RecipientUnavailable);
    EXPECT_TRUE(talk.events<Report>().empty());
    talk.server(counter(2));
    EXPECT_TRUE(talk.events<HandedOver>().empty());
}

TEST(Sending, ReportsAnErrorThatComesLater)
{
    Dialogue talk;
    talk.settle();
    talk.send(1, u"hello"_s);
    talk.server(counter(2) + bounce("w1"));
    EXPECT_EQ(acceptedBy(talk), std::vector<qint64>{1});
    const auto reports = talk.events<Report>();
    ASSERT_EQ(reports.size(), 1u);
    EXPECT_EQ(reports[0].kind, Report::Kind::Bounced);
}

TEST(Sending, DoesNotLetOthersRefuseAMessage)
{
    Dialogue talk;
    talk.settle();
    talk.send(1, u"hello"_s);
    talk.server(bounce("w1", "mallory@example.org"));
    EXPECT_TRUE(talk.events<HandedOver>().empty());
    const auto reports = talk.events<Report>();
    ASSERT_EQ(reports.size(), 1u);
    EXPECT_EQ(reports[0].from.value, u"mallory@example.org"_s);
}

// --- receipts ---

TEST(Receipts, AreSentWhenAMessageIsStored)
{
    Dialogue talk;
    talk.settle();
    talk.server(chat("m1"));
    const auto incoming = talk.events<Incoming>();
    EXPECT_FALSE(talk.clientSaid("urn:xmpp:receipts"));
    talk.session.handled(incoming.at(0).token, Disposition::Committed, talk.now);
    const QByteArray said = talk.client();
    EXPECT_TRUE(said.startsWith(
        "<message to='bob@example.org' type='chat' id='receipt-m1'><received xmlns='urn:xmpp:receipts' id='m1'/>"));
    EXPECT_TRUE(said.endsWith(kAsk));
}

TEST(Receipts, AreSentAgainWhenTheConnectionIsLostBeforeTheServerHasThem)
{
    Dialogue talk;
    talk.settle();
    talk.server(chat("m1"));
    talk.session.handled(talk.events<Incoming>().at(0).token, Disposition::Committed, talk.now);
    talk.client();
    talk.close(FailureCode::ConnectionLost);
    talk.comeOnline();
    EXPECT_TRUE(talk.clientSaid("receipt-m1"));
    talk.server(counter(2));
    talk.close(FailureCode::ConnectionLost);
    talk.comeOnline();
    EXPECT_FALSE(talk.clientSaid("receipt-m1"));
}

TEST(Receipts, WaitForAConnectionWhenTheMessageIsStoredLater)
{
    Dialogue talk;
    talk.settle();
    talk.server(chat("m1"));
    const auto incoming = talk.events<Incoming>();
    talk.close(FailureCode::ConnectionLost);
    talk.session.handled(incoming.at(0).token, Disposition::Committed, talk.now);
    talk.comeOnline();
    EXPECT_TRUE(talk.clientSaid("receipt-m1"));
    talk.server(kAsk);
    EXPECT_EQ(talk.client(), counter(0)); // the old token is none of this connection's
}

TEST(Receipts, AreNoAnswerToReceipts)
{
    Dialogue talk;
    talk.settle();
    talk.server("<message from='bob@example.org/phone' type='chat' id='x'><received xmlns='urn:xmpp:receipts' "
                "id='w1'/><request xmlns='urn:xmpp:receipts'/></message>");
    ASSERT_EQ(talk.events<Report>().size(), 1u);
    EXPECT_TRUE(talk.events<Incoming>().empty());
    EXPECT_EQ(talk.client(), "");
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
