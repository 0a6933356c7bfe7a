// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/transports/xmpp/dialogue.h"

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;

QByteArray counter(const QByteArray &element, quint32 h)
{
    return "<" + element + " xmlns='urn:xmpp:sm:3' previd='old-1' h='" + QByteArray::number(h) + "'/>";
}

QByteArray message(const QByteArray &id)
{
    return "<message from='bob@example.org/x' type='chat' id='" + id + "'><body>hi</body></message>";
}

const QByteArray kBound = "<iq type='result' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
                          "<jid>alice@example.org/planb-1</jid></bind></iq>";

class Resumption : public testing::Test
{
protected:
    /// Online, presence acknowledged, nothing open.
    void comeOnline(const QByteArray &attributes = {})
    {
        talk.comeOnlineResumable(attributes);
        talk.server(counter("a", 1));
        talk.client();
        talk.events<xmpp::CameOnline>();
    }
    /// The connection is lost, the next one has come up to the request to resume, which is returned.
    QByteArray loseAndAsk()
    {
        talk.close(FailureCode::ConnectionLost);
        talk.reachResumption();
        return talk.client();
    }
    void sendThree()
    {
        for (const qint64 id : {1, 2, 3})
            talk.send(id, u"text"_s, u"bob@example.org"_s, u"w%1"_s.arg(id));
        talk.client();
    }
    std::vector<qint64> answered(bool accepted)
    {
        std::vector<qint64> ids;
        for (const auto &handed : handedOver) {
            if (handed.failure.has_value() != accepted)
                ids.push_back(handed.attempt.value());
        }
        return ids;
    }
    void takeAnswers() { handedOver = talk.events<xmpp::HandedOver>(); }

    Dialogue talk;
    std::vector<xmpp::HandedOver> handedOver;
};

} // namespace

TEST_F(Resumption, AsksForTheOldStreamBeforeAnythingIsBound)
{
    comeOnline();
    const QByteArray request = loseAndAsk();
    EXPECT_EQ(request.count("<resume xmlns='urn:xmpp:sm:3' previd='old-1' h='0'/>"), 1);
    EXPECT_FALSE(request.contains("<bind"));
    talk.server(counter("resumed", 1));
    const QByteArray after = talk.client();
    EXPECT_FALSE(after.contains("<bind"));
    EXPECT_FALSE(after.contains("<presence")) << "to the server it has never been away";
    EXPECT_FALSE(after.contains("<enable"));
    EXPECT_TRUE(after.contains("<r xmlns='urn:xmpp:sm:3'/>"));
    EXPECT_TRUE(talk.isEstablished());
    const auto online = talk.events<xmpp::CameOnline>();
    ASSERT_EQ(online.size(), 1u);
    EXPECT_TRUE(online[0].isResumed);
}

TEST_F(Resumption, BindsWhereTheServerHasForgottenTheStream)
{
    comeOnline();
    loseAndAsk();
    talk.server("<failed xmlns='urn:xmpp:sm:3'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>");
    EXPECT_TRUE(talk.clientSaid("<bind"));
    talk.server(kBound);
    EXPECT_TRUE(talk.clientSaid("<enable xmlns='urn:xmpp:sm:3' resume='true'/>"));
    talk.server("<enabled xmlns='urn:xmpp:sm:3' id='new-2' resume='1'/>");
    const auto online = talk.events<xmpp::CameOnline>();
    ASSERT_EQ(online.size(), 1u);
    EXPECT_FALSE(online[0].isResumed);
    EXPECT_TRUE(talk.clientSaid("<presence"));
    talk.close(FailureCode::ConnectionLost);
    talk.reachResumption();
    EXPECT_TRUE(talk.clientSaid("previd='new-2'")) << "the new stream can be resumed like the old one";
}

TEST_F(Resumption, EndsEveryAttemptWhenTheConnectionIsLost)
{
    comeOnline();
    sendThree();
    talk.close(FailureCode::ConnectionLost);
    takeAnswers();
    EXPECT_EQ(answered(false), (std::vector<qint64>{1, 2, 3})) << "other ways must not wait for a resumption";
}

TEST_F(Resumption, AnswersForWhatTheServerHadInsteadOfSendingItTwice)
{
    comeOnline();
    sendThree();
    loseAndAsk();
    talk.server(counter("resumed", 3)); // the presence and two messages
    talk.events<xmpp::HandedOver>();
    talk.client();
    for (const qint64 id : {11, 12, 13})
        talk.send(id, u"text"_s, u"bob@example.org"_s, u"w%1"_s.arg(id - 10));
    takeAnswers();
    EXPECT_EQ(answered(true), (std::vector<qint64>{11, 12}));
    const QByteArray written = talk.client();
    EXPECT_EQ(written.count("<message"), 1);
    EXPECT_TRUE(written.contains("w3"));
    talk.server(counter("a", 4));
    takeAnswers();
    EXPECT_EQ(answered(true), std::vector<qint64>{13});
    EXPECT_FALSE(talk.aborted());
}

TEST_F(Resumption, LearnsWhatTheServerHadFromARefusalThatSaysIt)
{
    comeOnline();
    sendThree();
    loseAndAsk();
    talk.server("<failed xmlns='urn:xmpp:sm:3' h='2'/>");
    talk.server(kBound);
    talk.server("<enabled xmlns='urn:xmpp:sm:3'/>");
    talk.events<xmpp::HandedOver>();
    talk.client();
    for (const qint64 id : {11, 12})
        talk.send(id, u"text"_s, u"bob@example.org"_s, u"w%1"_s.arg(id - 10));
    takeAnswers();
    EXPECT_EQ(answered(true), std::vector<qint64>{11});
    EXPECT_EQ(talk.client().count("<message"), 1);
}

TEST_F(Resumption, SendsAgainWhatIsSentForAnotherReason)
{
    comeOnline();
    sendThree();
    loseAndAsk();
    talk.server(counter("resumed", 4));
    talk.client();
    talk.send(11, u"text"_s, u"bob@example.org"_s, u"w1"_s);
    talk.send(12, u"text"_s, u"bob@example.org"_s, u"w1"_s);
    EXPECT_EQ(talk.client().count("<message"), 1) << "the second time it is meant";
    talk.send(13, u"text"_s, u"carol@example.org"_s, u"w2"_s);
    EXPECT_EQ(talk.client().count("<message"), 1) << "somebody else never got it";
    talk.server(counter("a", 6));
    talk.now += Millis(11'000);
    talk.client();
    talk.send(14, u"text"_s, u"bob@example.org"_s, u"w2"_s);
    EXPECT_EQ(talk.client().count("<message"), 1) << "long after the resumption";
}

TEST_F(Resumption, TellsTheServerOnlyWhatIsStored)
{
    comeOnline();
    talk.server(message("a") + message("b") + message("c"));
    const auto incoming = talk.events<Incoming>();
    ASSERT_EQ(incoming.size(), 3u);
    talk.session.handled(incoming[0].token, Disposition::Committed, talk.now);
    talk.close(FailureCode::ConnectionLost);
    talk.session.handled(incoming[1].token, Disposition::Committed, talk.now); // stored after the loss: counts too
    talk.reachResumption();
    EXPECT_TRUE(talk.clientSaid("previd='old-1' h='2'"));
    // Too late for this request: the server repeats it, and it is counted once.
    talk.session.handled(incoming[2].token, Disposition::Committed, talk.now);
    talk.server(counter("resumed", 1));
    talk.client();
    talk.server(message("c") + "<r xmlns='urn:xmpp:sm:3'/>");
    EXPECT_TRUE(talk.clientSaid("<a xmlns='urn:xmpp:sm:3' h='2'/>"));
    const auto again = talk.events<Incoming>();
    ASSERT_EQ(again.size(), 1u);
    talk.session.handled(again[0].token, Disposition::Committed, talk.now);
    EXPECT_TRUE(talk.clientSaid("<a xmlns='urn:xmpp:sm:3' h='3'/>"));
}

TEST_F(Resumption, CountsOnAcrossManyResumptionsWithoutDrift)
{
    comeOnline();
    quint32 ours = 1, theirs = 0;
    for (int round = 0; round < 20; ++round) {
        talk.send(round + 1, u"text"_s, u"bob@example.org"_s, u"r%1"_s.arg(round));
        talk.server(counter("a", ++ours));
        talk.server(message("m" + QByteArray::number(round)));
        for (const Incoming &incoming : talk.events<Incoming>())
            talk.session.handled(incoming.token, Disposition::Committed, talk.now);
        ++theirs;
        talk.client();
        EXPECT_TRUE(loseAndAsk().contains("h='" + QByteArray::number(theirs) + "'")) << round;
        talk.server(counter("resumed", ours));
        ASSERT_FALSE(talk.aborted()) << round;
    }
    takeAnswers();
    EXPECT_EQ(answered(true).size(), 20u);
}

TEST_F(Resumption, BeginsAnewWhereTheServerClaimsMoreThanWasSent)
{
    comeOnline();
    sendThree();
    loseAndAsk();
    talk.server(counter("resumed", 5));
    ASSERT_TRUE(talk.aborted());
    EXPECT_EQ(talk.aborted()->code, FailureCode::ProtocolError);
    talk.close(FailureCode::ProtocolError);
    talk.reachResumption();
    const QByteArray next = talk.client();
    EXPECT_TRUE(next.contains("<bind"));
    EXPECT_FALSE(next.contains("<resume"));
}

TEST_F(Resumption, BeginsAnewWhereTheServerTakesBackWhatItHadAcknowledged)
{
    comeOnline();
    sendThree();
    talk.server(counter("a", 4));
    loseAndAsk();
    talk.server(counter("resumed", 3));
    EXPECT_TRUE(talk.aborted());
}

TEST_F(Resumption, TakesNoResumptionWithoutACounter)
{
    comeOnline();
    loseAndAsk();
    talk.server("<resumed xmlns='urn:xmpp:sm:3' previd='old-1'/>");
    EXPECT_TRUE(talk.aborted());
}

TEST_F(Resumption, SurvivesALossInTheMiddleOfTheResumption)
{
    comeOnline();
    sendThree();
    loseAndAsk();
    EXPECT_TRUE(loseAndAsk().contains("<resume"));
    talk.server(counter("resumed", 4));
    talk.events<xmpp::HandedOver>();
    talk.send(11, u"text"_s, u"bob@example.org"_s, u"w1"_s);
    takeAnswers();
    EXPECT_EQ(answered(true), std::vector<qint64>{11});
}

TEST_F(Resumption, IsNotTriedAfterTheServersTimeForIt)
{
    comeOnline("max='60'");
    talk.close(FailureCode::ConnectionLost);
    talk.now += Millis(61'000);
    talk.reachResumption();
    EXPECT_TRUE(talk.clientSaid("<bind"));
}

TEST_F(Resumption, IsNotTriedWhereTheStreamWasEndedOrTaken)
{
    for (const auto code : {FailureCode::SessionReplaced, FailureCode::ProtocolError}) {
        Dialogue other;
        other.comeOnlineResumable();
        other.close(code);
        other.reachResumption();
        EXPECT_TRUE(other.clientSaid("<bind")) << qPrintable(nameOf(code));
    }
    comeOnline();
    talk.session.finish();
    EXPECT_TRUE(talk.clientSaid("</stream:stream>"));
    talk.reachResumption();
    EXPECT_TRUE(talk.clientSaid("<bind"));
}

TEST_F(Resumption, NeedsAServerThatAllowsIt)
{
    talk.comeOnline(); // <enabled/> without an id
    talk.close(FailureCode::ConnectionLost);
    talk.reachResumption();
    EXPECT_TRUE(talk.clientSaid("<bind"));
}

// A goodbye would reach a server that was only slow, and end what is to be resumed.
TEST_F(Resumption, GivesASilentConnectionUpWithoutAGoodbye)
{
    comeOnline();
    talk.session.probe(talk.now);
    talk.pass(Millis(60'000));
    ASSERT_TRUE(talk.aborted());
    EXPECT_EQ(talk.aborted()->code, FailureCode::HopTimeout);
    EXPECT_FALSE(talk.clientSaid("</stream:stream>"));
    talk.close(FailureCode::HopTimeout);
    talk.reachResumption();
    EXPECT_TRUE(talk.clientSaid("<resume"));
}

TEST_F(Resumption, AsksAgainAfterAServerThatWasShutDown)
{
    comeOnline();
    talk.server("<stream:error><system-shutdown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>");
    ASSERT_TRUE(talk.aborted());
    EXPECT_EQ(talk.aborted()->code, FailureCode::ServerClosed);
    talk.close(talk.aborted()->code);
    talk.reachResumption();
    EXPECT_TRUE(talk.clientSaid("<resume"));
}

TEST_F(Resumption, GoesBackToThePlaceTheServerNamed)
{
    comeOnline("location='[2001:db8::7]:5322'");
    EXPECT_FALSE(talk.session.takeHostHint()) << "nothing is lost yet";
    talk.close(FailureCode::ConnectionLost);
    EXPECT_EQ(talk.session.takeHostHint(), (xmpp::HostHint{u"2001:db8::7"_s, 5322}));
    talk.reachResumption();
    talk.server(counter("resumed", 1));
    EXPECT_FALSE(talk.session.takeHostHint());
}

TEST_F(Resumption, MovesWhereAServerSendsItWhileOnline)
{
    comeOnline();
    talk.server("<stream:error><see-other-host xmlns='urn:ietf:params:xml:ns:xmpp-streams'>other.example.org:5322"
                "</see-other-host></stream:error>");
    ASSERT_TRUE(talk.aborted());
    talk.close(talk.aborted()->code);
    EXPECT_EQ(talk.session.takeHostHint(), (xmpp::HostHint{u"other.example.org"_s, 5322}));
    EXPECT_FALSE(talk.session.takeHostHint()) << "for one try: the other host may be gone as well";
}

TEST_F(Resumption, DoesNotSendAReceiptAgainThatTheServerHad)
{
    comeOnline();
    talk.server("<message from='bob@example.org/x' type='chat' id='m1'><body>hi</body>"
                "<request xmlns='urn:xmpp:receipts'/></message>");
    const auto incoming = talk.events<Incoming>();
    ASSERT_EQ(incoming.size(), 1u);
    talk.session.handled(incoming[0].token, Disposition::Committed, talk.now);
    ASSERT_TRUE(talk.clientSaid("<received"));
    loseAndAsk();
    talk.server(counter("resumed", 2));
    EXPECT_FALSE(talk.clientSaid("<received"));
    loseAndAsk();
    talk.server(counter("resumed", 2));
    EXPECT_FALSE(talk.clientSaid("<received"));
}

TEST_F(Resumption, SendsAReceiptAgainThatWasLost)
{
    comeOnline();
    talk.server("<message from='bob@example.org/x' type='chat' id='m1'><body>hi</body>"
                "<request xmlns='urn:xmpp:receipts'/></message>");
    talk.session.handled(talk.events<Incoming>().at(0).token, Disposition::Committed, talk.now);
    talk.client();
    loseAndAsk();
    talk.server(counter("resumed", 1));
    EXPECT_TRUE(talk.clientSaid("<received"));
}

} // namespace planb::test
