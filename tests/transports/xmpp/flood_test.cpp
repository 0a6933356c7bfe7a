// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/transports/xmpp/dialogue.h"
#include "transports/xmpp/intake_brake.h"

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;

const Address kBob{TransportKind::Xmpp, u"bob@example.org"_s};
constexpr int kFlood = 100'000;

QByteArray message(const QByteArray &from, int number, const QByteArray &inside = "<body>x</body>")
{
    return "<message from='" + from + "' type='chat' id='m" + QByteArray::number(number) + "'>" + inside + "</message>";
}

QByteArray carbon(const QByteArray &stanza)
{
    return "<message from='alice@example.org' to='alice@example.org/planb-1'><received xmlns='urn:xmpp:carbons:2'>"
           "<forwarded xmlns='urn:xmpp:forward:0'>"
        + QByteArray(stanza).replace("<message ", "<message xmlns='jabber:client' ")
        + "</forwarded></received></message>";
}

// Alice online, with Bob as her contact; what comes in is stored at once, as the core does it.
class Flooded
{
public:
    explicit Flooded(bool knowsPeople = true)
    {
        talk.settle();
        if (knowsPeople)
            talk.session.people().start({u"Alice"_s, {}, {kBob}}, talk.now);
        talk.client();
    }

    /// Many stanzas, in pieces as a socket brings them.
    template<class Stanza>
    void pour(int count, const Stanza &stanza)
    {
        QByteArray piece;
        for (int i = 0; i < count; ++i) {
            piece += stanza(i);
            if (piece.size() < 64 * 1024 && i + 1 < count)
                continue;
            talk.server(std::exchange(piece, {}));
            store();
        }
    }

    // Until nothing is left: what is stored may let more in.
    void store()
    {
        for (;;) {
            const auto together = talk.events<Incoming>();
            mostAtOnce = std::max(mostAtOnce, together.size());
            stored += static_cast<int>(together.size());
            for (const Incoming &one : together)
                talk.session.handled(one.token, Disposition::Committed, talk.now);
            if (together.empty())
                return;
        }
    }

    /// The counter the server is told when it asks (XEP-0198).
    QByteArray counter()
    {
        talk.client();
        talk.server("<r xmlns='urn:xmpp:sm:3'/>");
        return attributeIn(talk.client(), "h");
    }

    int news()
    {
        int count = 0;
        for (const RosterNews &one : talk.events<RosterNews>())
            count += std::holds_alternative<PresenceAsked>(one) || std::holds_alternative<PresenceChanged>(one);
        return count;
    }

    void listBob()
    {
        talk.session.people().start({u"Alice"_s, {}, {}}, talk.now);
        const QByteArray said = talk.client();
        const qsizetype at = said.lastIndexOf("<iq", said.indexOf("jabber:iq:roster"));
        talk.server(
            "<iq type='result' id='" + attributeIn(said.sliced(at), "id")
            + "'><query xmlns='jabber:iq:roster'><item jid='bob@example.org' subscription='both'/></query></iq>");
        talk.events<RosterNews>();
    }

    Dialogue talk;
    int stored = 0;
    std::size_t mostAtOnce = 0;
};

} // namespace

TEST(Flood, OfAContactIsReadWholeAndOnlyAsFastAsItIsStored)
{
    Flooded alice;
    alice.pour(kFlood, [](int i) { return message("bob@example.org/x", i); });
    EXPECT_EQ(alice.stored, kFlood);
    EXPECT_LE(alice.mostAtOnce, static_cast<std::size_t>(xmpp::IntakeBrake::kMost));
    EXPECT_EQ(alice.counter(), QByteArray::number(kFlood));
    EXPECT_EQ(alice.talk.aborted(), std::nullopt);
}

TEST(Flood, OfAStrangerIsRefusedToThemAndCounted)
{
    Flooded alice;
    alice.pour(kFlood, [](int i) { return message("eve@example.net/x", i); });
    EXPECT_EQ(alice.stored, 50);
    const QByteArray said = alice.talk.client();
    EXPECT_EQ(said.count("<resource-constraint"), 50);
    EXPECT_EQ(said.count("to='eve@example.net/x'"), said.count("<message"));
    EXPECT_TRUE(said.contains("id='m50'")); // the first that was too much
    EXPECT_EQ(alice.counter(), QByteArray::number(kFlood));
    EXPECT_LE(alice.talk.session.floodMemory(), 1);
}

TEST(Flood, OfManyStrangersIsBoundedAsAWhole)
{
    Flooded alice;
    alice.pour(kFlood, [](int i) { return message("eve" + QByteArray::number(i) + "@example.net/x", i); });
    EXPECT_EQ(alice.stored, 500);
    EXPECT_EQ(alice.talk.client().count("<resource-constraint"), 50);
    EXPECT_LE(alice.talk.session.floodMemory(), 500);
    EXPECT_EQ(alice.counter(), QByteArray::number(kFlood));
}

// Who only tries a connection stores nothing, and still waits for the answers behind the messages.
TEST(Flood, DoesNotStopAStreamOnWhichNobodyStoresAnything)
{
    Dialogue talk;
    talk.settle();
    QByteArray all;
    for (int i = 0; i < 600; ++i)
        all += message("bob@example.org/x", i);
    talk.server(all);
    EXPECT_TRUE(talk.session.wantsBytes());
    EXPECT_EQ(talk.events<Incoming>().size(), 600);
}

TEST(Flood, OfALostConnectionHoldsUpNothingOnTheNext)
{
    Flooded alice;
    QByteArray all;
    for (int i = 0; i < 600; ++i)
        all += message("bob@example.org/x", i);
    alice.talk.server(all);
    EXPECT_FALSE(alice.talk.session.wantsBytes());
    EXPECT_EQ(alice.talk.events<Incoming>().size(), 500);
    alice.talk.close(FailureCode::ConnectionLost);
    alice.talk.comeOnline();
    EXPECT_TRUE(alice.talk.session.wantsBytes());
}

TEST(Flood, OfOneStrangerLeavesRoomForAnother)
{
    Flooded alice;
    alice.pour(1'000, [](int i) { return message("eve@example.net/x", i); });
    alice.pour(1, [](int i) { return message("carol@example.com/x", i); });
    EXPECT_EQ(alice.stored, 51);
}

TEST(Flood, EndsAndTheStrangerIsHeardAgain)
{
    Flooded alice;
    alice.pour(100, [](int i) { return message("eve@example.net/x", i); });
    ASSERT_EQ(alice.stored, 50);
    alice.talk.now += Micros(Millis(9'999));
    alice.pour(100, [](int i) { return message("eve@example.net/x", 100 + i); });
    EXPECT_EQ(alice.stored, 51);
    alice.talk.now += Micros(Millis(250'000));
    alice.pour(100, [](int i) { return message("eve@example.net/x", 200 + i); });
    EXPECT_EQ(alice.stored, 101);
}

TEST(Flood, IsNothingThatSomebodyWeWroteToCanMake)
{
    Flooded alice;
    alice.talk.send(1, u"hello"_s, u"carol@example.com"_s);
    alice.pour(200, [](int i) { return message("carol@example.com/x", i); });
    EXPECT_EQ(alice.stored, 200);
}

TEST(Flood, IsNothingThatANewContactCanMake)
{
    Flooded alice;
    alice.talk.session.people().setContacts({kBob, {TransportKind::Xmpp, u"carol@example.com"_s}});
    alice.pour(200, [](int i) { return message("carol@example.com/x", i); });
    EXPECT_EQ(alice.stored, 200);
}

TEST(Flood, IsNothingThatSomebodyOnTheListCanMake)
{
    Flooded alice;
    alice.listBob();
    alice.pour(200, [](int i) { return message("bob@example.org/x", i); });
    EXPECT_EQ(alice.stored, 200);
}

TEST(Flood, IsUnknownBeforeItIsKnownWhoTheContactsAre)
{
    Flooded alice(false);
    alice.pour(200, [](int i) { return message("eve@example.net/x", i); });
    EXPECT_EQ(alice.stored, 200);
}

TEST(Flood, OfCopiesIsBoundedAndNotAnsweredASecondTime)
{
    Flooded alice;
    alice.talk.session.setArchiveMark(ArchiveMark{u"m0"_s, {}});
    alice.pour(200, [](int i) { return carbon(message("eve@example.net/x", i)); });
    EXPECT_EQ(alice.stored, 50);
    alice.pour(200, [](int i) {
        return message("eve@example.net/x", 500 + i, "<composing xmlns='http://jabber.org/protocol/chatstates'/>");
    });
    EXPECT_FALSE(alice.talk.clientSaid("resource-constraint"));
}

TEST(Flood, OfErrorsIsNeverAnswered)
{
    Flooded alice;
    alice.pour(200, [](int i) {
        return QByteArray("<message type='error' from='eve@example.net' id='e") + QByteArray::number(i)
            + "'><body>x</body><error type='cancel'><item-not-found "
              "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"
              "</message>";
    });
    EXPECT_FALSE(alice.talk.clientSaid("<message"));
}

TEST(Flood, OfRequestsToSeeUsIsLeftToTheServer)
{
    Flooded alice;
    alice.pour(1'000, [](int) { return QByteArray("<presence type='subscribe' from='eve@example.net'/>"); });
    EXPECT_EQ(alice.news(), 3);
    alice.pour(1'000,
               [](int i) { return "<presence type='subscribe' from='e" + QByteArray::number(i) + "@example.net'/>"; });
    EXPECT_EQ(alice.news(), 47);
    EXPECT_EQ(alice.counter(), "2000");
}

TEST(Flood, OfPresenceChangesTheListOnlySoOften)
{
    Flooded alice;
    alice.listBob();
    alice.pour(1'000, [](int) { return QByteArray("<presence from='bob@example.org/x'/>"); });
    EXPECT_EQ(alice.news(), 60);
    alice.talk.now += Micros(Millis(5'000));
    alice.pour(1'000, [](int) { return QByteArray("<presence from='bob@example.org/x'/>"); });
    EXPECT_EQ(alice.news(), 5);
}

TEST(Flood, OfEventsIsBoundedLikePresence)
{
    Flooded alice;
    alice.listBob();
    alice.pour(1'000, [](int i) {
        return message(
            "bob@example.org", i,
            "<event xmlns='http://jabber.org/protocol/pubsub#event'><items "
            "node='http://jabber.org/protocol/nick'><item><nick xmlns='http://jabber.org/protocol/nick'>B</nick>"
            "</item></items></event>");
    });
    EXPECT_EQ(alice.talk.events<RosterNews>().size(), 60);
}

TEST(Flood, OfQuestionsIsAnsweredOnlySoOften)
{
    Flooded alice;
    const auto ask = [](const QByteArray &from) {
        return [from](int i) {
            return "<iq type='get' from='" + from + "' id='q" + QByteArray::number(i)
                + "'><ping xmlns='urn:xmpp:ping'/></iq>";
        };
    };
    alice.pour(kFlood, ask("eve@example.net/x"));
    EXPECT_EQ(alice.talk.client().count("type='result'"), 20);
    alice.pour(100, ask("eve@example.net/another"));
    EXPECT_EQ(alice.talk.client().count("type='result'"), 0);
    alice.pour(300, ask("example.org"));
    EXPECT_EQ(alice.talk.client().count("type='result'"), 300);
    EXPECT_EQ(alice.counter(), QByteArray::number(kFlood + 400));
}

TEST(IntakeBrake, IsOnUntilMostIsStored)
{
    xmpp::IntakeBrake brake;
    for (quint64 token = 1; token < 500; ++token)
        brake.opened(token);
    EXPECT_FALSE(brake.isOn());
    brake.opened(500);
    EXPECT_TRUE(brake.isOn());
    for (quint64 token = 1; token < 400; ++token)
        brake.handled(token);
    EXPECT_TRUE(brake.isOn());
    brake.handled(400);
    EXPECT_FALSE(brake.isOn());
}

TEST(IntakeBrake, IsReleasedWithTheConnection)
{
    xmpp::IntakeBrake brake;
    for (quint64 token = 1; token <= 500; ++token)
        brake.opened(token);
    brake.release();
    EXPECT_FALSE(brake.isOn());
}

} // namespace planb::test
