// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/scene.h"

using namespace Qt::StringLiterals;

namespace planb::test {

/// Alice has PlanB; Carol has some other XMPP client.
class ForeignClient : public OneServer
{
protected:
    void SetUp() override
    {
        OneServer::SetUp();
        if (IsSkipped() || HasFatalFailure())
            return;
        ASSERT_TRUE(fine(alice->join(*primary, primaryLabel(), ca().file())));
        ASSERT_TRUE(fine(primary->addUser(u"carol"_s, personPassword())));
        carol = std::make_unique<PlainXmppClient>(PlainXmppClient::Account{
            u"carol"_s, primary->domain(), personPassword(), ca().file(), primary->directTlsPort()});
        ASSERT_TRUE(fine(carol->login()));
        ASSERT_TRUE(fine(alice->meet(u"Carol"_s, {carol->bareJid()})));
        ASSERT_TRUE(fine(alice->waitUntilReady()));
    }

    testing::AssertionResult carolReads(const QString &text)
    {
        return becomesTrue("the foreign client gets it", [&] { return carol->countOf(text) > 0; });
    }

    const PlainXmppClient::Received &lastForCarol() const { return carol->received().last(); }
    static QString aliceJid() { return u"alice@primary.test"_s; }

    std::unique_ptr<PlainXmppClient> carol;
};

TEST_F(ForeignClient, SendsPlainMessagesThatAppear)
{
    carol->send(aliceJid(), u"안녕 from elsewhere <&>"_s, u"id-1"_s);
    EXPECT_TRUE(seesOnce(*alice, u"안녕 from elsewhere <&>"_s));
    const auto history = alice->history();
    ASSERT_TRUE(fine(history));
    ASSERT_EQ(history->size(), 1);
    EXPECT_FALSE(history->first()["encrypted"_L1].toBool());
    EXPECT_EQ(history->first()["state"_L1].toString(), u"delivered"_s);
}

TEST_F(ForeignClient, GetsPlainMessages)
{
    ASSERT_TRUE(fine(alice->say(u"can you read this?"_s)));
    EXPECT_TRUE(carolReads(u"can you read this?"_s));
}

TEST_F(ForeignClient, RepeatingItselfIsShownOnce)
{
    carol->send(aliceJid(), u"said twice"_s, u"same"_s);
    carol->send(aliceJid(), u"said twice"_s, u"same"_s);
    carol->send(aliceJid(), u"the end"_s, u"other"_s);
    ASSERT_TRUE(seesOnce(*alice, u"the end"_s));
    EXPECT_EQ(alice->timesSeen(u"said twice"_s), 1);
}

TEST_F(ForeignClient, SayingTheSameWordsAgainIsShownAgain)
{
    carol->send(aliceJid(), u"yes"_s, u"first"_s);
    carol->send(aliceJid(), u"yes"_s, u"second"_s);
    EXPECT_TRUE(becomesTrue("both appear", [&] { return alice->timesSeen(u"yes"_s) == 2; }));
}

TEST_F(ForeignClient, MakesAMessageDeliveredByItsReceiptAndByNothingElse)
{
    const auto id = alice->say(u"tell me when you have it"_s);
    ASSERT_TRUE(fine(id));
    ASSERT_TRUE(carolReads(u"tell me when you have it"_s));
    ASSERT_TRUE(becomesTrue("it is sent", [&] { return alice->tickOf(*id).state == "sent"_L1; }));
    ASSERT_TRUE(lastForCarol().stanza.has(u"request"_s)) << "no receipt was asked for (XEP-0184)";
    carol->sendReceipt(lastForCarol().from, lastForCarol().stanza.attribute(u"id"_s));
    EXPECT_TRUE(learnsDelivery(*alice, {*id}));
}

TEST_F(ForeignClient, GetsAReceiptWhereItAsks)
{
    carol->send(aliceJid(), u"did you get it?"_s, u"asked"_s, u"<request xmlns='urn:xmpp:receipts'/>"_s);
    EXPECT_TRUE(becomesTrue("a receipt comes", [&] {
        return std::any_of(carol->received().begin(), carol->received().end(), [](const auto &message) {
            const XmlElement *receipt = message.stanza.child(u"received"_s);
            return receipt && receipt->attribute(u"id"_s) == "asked"_L1;
        });
    }));
}

/// Other clients show a repetition as a second message, so PlanB must not repeat what a server has taken.
TEST_F(ForeignClient, IsNeverSentTheSameTwiceInNormalUse)
{
    for (int i = 0; i < 5; ++i)
        ASSERT_TRUE(fine(alice->say(u"only once %1"_s.arg(i))));
    ASSERT_TRUE(carolReads(u"only once 4"_s));
    // Longer than the first waiting time for a word from the other end (4 s).
    const bool repeated = waitUntil(
        [&] {
            for (int i = 0; i < 5; ++i) {
                if (carol->countOf(u"only once %1"_s.arg(i)) != 1)
                    return true;
            }
            return false;
        },
        Millis(6'000));
    EXPECT_FALSE(repeated);
}

} // namespace planb::test
