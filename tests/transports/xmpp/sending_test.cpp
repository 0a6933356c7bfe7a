// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/transports/xmpp/online_lines.h"

namespace planb::test {

using namespace Qt::StringLiterals;
using xmpp::HandedOver;

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

} // namespace planb::test
