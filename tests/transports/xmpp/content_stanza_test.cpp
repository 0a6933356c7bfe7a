// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/transports/xmpp/dialogue.h"
#include "transports/xmpp/attention_stanza.h"
#include "transports/xmpp/fallback.h"
#include "transports/xmpp/message_stanza.h"
#include "transports/xmpp/namespaces.h"
#include "transports/xmpp/xml_stream.h"

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;
using xmpp::Element;
using xmpp::ReadMessage;

const QString kAlice = u"alice@example.org"_s;
const Address kBob{TransportKind::Xmpp, u"bob@example.org"_s};

Element parse(const QByteArray &xml)
{
    xmpp::XmlStream stream;
    stream.feed(streamHeader() + xml);
    EXPECT_TRUE(stream.next()->has_value());
    const auto item = stream.next();
    return item && item->has_value() ? std::get<Element>(**item) : Element();
}

ReadMessage readChat(const QByteArray &inside, const QByteArray &attributes = "id='s1'")
{
    return xmpp::readMessage(parse("<message from='bob@example.org/phone' to='alice@example.org' type='chat' "
                                   + attributes + ">" + inside + "</message>"),
                             kAlice, *WireId::parse(u"fallback"));
}

Payload about(ContentKind kind, const QString &text)
{
    Payload payload{*WireId::parse(u"w2"), text, 12, wallFromMillis(1'700'000'000'123), {}};
    payload.kind = kind;
    payload.target = WireId::parse(u"w1");
    return payload;
}

// As bob would get it from alice, and the other way round.
ReadMessage sent(const Payload &payload)
{
    Element stanza = parse(
        xmpp::messageStanza(payload, {TransportKind::Xmpp, kAlice}, kBob.value).toXml(xmpp::ns::kClient));
    stanza.set(u"from", u"bob@example.org/planb-2"_s);
    return xmpp::readMessage(stanza, kAlice, *WireId::parse(u"fallback"));
}

QByteArray fallback(const QByteArray &inside, const QByteArray &feature = "urn:xmpp:reply:0",
                    const QByteArray &ns = "urn:xmpp:fallback:0")
{
    return "<fallback xmlns='" + ns + "' for='" + feature + "'>" + inside + "</fallback>";
}

QString textOfReply(const QByteArray &body, const QByteArray &fallbacks)
{
    const auto message = readChat("<body>" + body + "</body><reply xmlns='urn:xmpp:reply:0' id='w1'/>" + fallbacks);
    return message.incoming ? message.incoming->text : QString();
}

} // namespace

TEST(ContentStanza, EveryKindComesBackAsItWasSent)
{
    for (const auto &[kind, text] :
         {std::pair(ContentKind::Correction, u"better 🙂\n다시"_s), std::pair(ContentKind::Retraction, QString()),
          std::pair(ContentKind::Reaction, u"👍\n👨‍👩‍👧‍👦"_s),
          std::pair(ContentKind::Reaction, QString())}) {
        const auto message = sent(about(kind, text));
        ASSERT_TRUE(message.incoming);
        EXPECT_EQ(message.incoming->kind, kind);
        EXPECT_EQ(message.incoming->text, text);
        EXPECT_EQ(message.incoming->target, WireId::parse(u"w1"));
        EXPECT_EQ(message.incoming->wireId, *WireId::parse(u"w2"));
    }
}

TEST(ContentStanza, WritesWhatOtherClientsKnow)
{
    const auto xml = [](const Payload &payload) {
        return xmpp::messageStanza(payload, kBob, kAlice).toXml(xmpp::ns::kClient);
    };
    EXPECT_TRUE(xml(about(ContentKind::Correction, u"b"_s))
                    .contains("<body>b</body><replace xmlns='urn:xmpp:message-correct:0' id='w1'/>"));
    EXPECT_TRUE(xml(about(ContentKind::Reaction, u"👍\n🎉"_s))
                    .contains("<reactions xmlns='urn:xmpp:reactions:0' id='w1'><reaction>👍</reaction>"
                              "<reaction>🎉</reaction></reactions><store xmlns='urn:xmpp:hints'/>"));
    const QByteArray retraction = xml(about(ContentKind::Retraction, {}));
    EXPECT_TRUE(retraction.contains("<retract xmlns='urn:xmpp:message-retract:1' id='w1'/>"
                                    "<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:message-retract:1'/>"
                                    "<store xmlns='urn:xmpp:hints'/>"))
        << retraction.constData();
}

TEST(ContentStanza, AReplyQuotesForOthersAndNotForOurselves)
{
    Payload payload{*WireId::parse(u"w2"), u"yes"_s, 12, wallFromMillis(1'700'000'000'123), WireId::parse(u"w1")};
    payload.quote = Quote{u"really 🙂?\nsure?"_s, Direction::In};
    const QByteArray xml = xmpp::messageStanza(payload, kBob, kAlice).toXml(xmpp::ns::kClient);
    EXPECT_TRUE(xml.contains("<body>&gt; really 🙂?\n&gt; sure?\nyes</body><reply xmlns='urn:xmpp:reply:0' "
                             "to='bob@example.org' id='w1'/><fallback xmlns='urn:xmpp:fallback:0' "
                             "for='urn:xmpp:reply:0'><body start='0' end='20'/></fallback>"))
        << xml.constData();
    const auto message = sent(payload);
    EXPECT_EQ(message.incoming->text, u"yes");
    EXPECT_EQ(message.incoming->replyTo, WireId::parse(u"w1"));
    payload.quote->direction = Direction::Out;
    EXPECT_TRUE(xmpp::messageStanza(payload, kBob, kAlice).toXml(xmpp::ns::kClient).contains("to='alice@example.org'"));
}

TEST(ContentStanza, CutsALongQuote)
{
    EXPECT_EQ(xmpp::quoteOf(u"1\n2\n3\n4\n5"_s), u"> 1\n> 2\n> 3\n> 4\n> …\n");
    EXPECT_EQ(xmpp::quoteOf(QString(300, u'x')), u"> "_s + QString(200, u'x') + u"…\n"_s);
    const QString faces = xmpp::quoteOf(u"🙂"_s.repeated(300));
    EXPECT_EQ(faces, u"> "_s + u"🙂"_s.repeated(200) + u"…\n"_s);
}

TEST(Fallback, CountsCodePointsAndNotUnits)
{
    EXPECT_EQ(textOfReply("&gt; 🙂🙂\n안녕", fallback("<body start='0' end='5'/>")), u"안녕");
    EXPECT_EQ(textOfReply("a🙂b🙂c", fallback("<body start='1' end='2'/><body start='3' end='4'/>")), u"abc");
    EXPECT_EQ(textOfReply("abc", fallback("<body end='1'/>")), u"bc");
    EXPECT_EQ(textOfReply("abc", fallback("<body start='1'/>")), u"a");
    EXPECT_EQ(textOfReply("&gt; x\nyes",
                          fallback("<body start='0' end='4'/>", "urn:xmpp:reply:0", "urn:xmpp:feature-fallback:0")),
              u"yes");
}

TEST(Fallback, LeavesTheBodyAloneWhereTheRangeMakesNoSense)
{
    for (const char *part :
         {"<body start='2' end='1'/>", "<body start='1' end='1'/>", "<body start='0' end='99'/>",
          "<body start='-1' end='1'/>", "<body start='x' end='1'/>", "<body start='0' end='18446744073709551617'/>",
          "<subject start='0' end='1'/>", "<body xmlns='urn:evil' start='0' end='1'/>"})
        EXPECT_TRUE(textOfReply("abc", fallback(part)).startsWith(u"abc") || QByteArray(part).contains("evil")) << part;
    EXPECT_EQ(textOfReply("abc", fallback("<body start='0' end='1'/>", "urn:xmpp:other:0")), u"abc");
    EXPECT_EQ(textOfReply("abc", fallback(QByteArray("<body start='0' end='1'/>").repeated(17))), u"abc");
    // Overlapping ones are taken once.
    EXPECT_EQ(textOfReply("abcdef", fallback("<body start='0' end='3'/><body start='1' end='2'/>")), u"def");
    // A message is not lost because all of it was marked.
    EXPECT_EQ(textOfReply("abc", fallback("")), u"abc");
    // Only a reply's: another message may show what it likes.
    EXPECT_EQ(readChat("<body>abc</body>" + fallback("<body start='0' end='1'/>")).incoming->text, u"abc");
}

TEST(ContentStanza, ReadsTheOlderRetraction)
{
    const auto message = readChat("<apply-to xmlns='urn:xmpp:fasten:0' id='w1'>"
                                  "<retract xmlns='urn:xmpp:message-retract:0'/></apply-to><body>gone</body>");
    EXPECT_EQ(message.incoming->kind, ContentKind::Retraction);
    EXPECT_EQ(message.incoming->target, WireId::parse(u"w1"));
    EXPECT_TRUE(message.incoming->text.isEmpty());
}

TEST(ContentStanza, WhatNamesNoMessageIsNoItem)
{
    EXPECT_FALSE(readChat("<retract xmlns='urn:xmpp:message-retract:1'/>").incoming);
    EXPECT_FALSE(readChat("<reactions xmlns='urn:xmpp:reactions:0'><reaction>x</reaction></reactions>").incoming);
    EXPECT_FALSE(readChat("<replace xmlns='urn:xmpp:message-correct:0' id='w1'/><body> </body>").incoming);
    EXPECT_FALSE(readChat("<apply-to xmlns='urn:xmpp:fasten:0' id='w1'><other xmlns='urn:x'/></apply-to>").incoming);
    // A correction of nothing says something all the same.
    EXPECT_EQ(readChat("<replace xmlns='urn:xmpp:message-correct:0'/><body>x</body>").incoming->kind,
              ContentKind::Text);
}

TEST(ContentStanza, TakesAFewShortReactions)
{
    QByteArray many;
    for (int i = 0; i < 1'000; ++i)
        many += "<reaction>" + QByteArray::number(i) + "</reaction>";
    const auto message = readChat("<reactions xmlns='urn:xmpp:reactions:0' id='w1'><reaction>" + QByteArray(5'000, 'x')
                                  + "</reaction><reaction> </reaction>" + many + "</reactions><body>fallback</body>");
    EXPECT_EQ(message.incoming->kind, ContentKind::Reaction);
    EXPECT_LE(reactionsFromLines(message.incoming->text).size(), kMaxReactions);
    EXPECT_TRUE(message.incoming->text.startsWith(u"0\n1\n"));
}

TEST(ContentStanza, KeepsWhatItCannotOpen)
{
    const auto seal = [](const QByteArray &inside) {
        const auto message = readChat(inside);
        return message.incoming ? message.incoming->sealedBy : u"nothing"_s;
    };
    const QByteArray omemo = "<encrypted xmlns='eu.siacs.conversations.axolotl'><header sid='1'/><payload>AA</payload>"
                             "</encrypted>";
    EXPECT_EQ(seal(omemo), u"OMEMO");
    EXPECT_EQ(seal(omemo + "<body>I sent you an OMEMO encrypted message</body>"), u"OMEMO");
    EXPECT_EQ(seal("<encrypted xmlns='eu.siacs.conversations.axolotl'><header sid='1'/></encrypted>"), u"nothing");
    EXPECT_EQ(seal("<encryption xmlns='urn:xmpp:eme:0' namespace='urn:xmpp:otr:0'/><body>?OTR</body>"), u"OTR");
    EXPECT_EQ(seal("<encryption xmlns='urn:xmpp:eme:0' namespace='urn:new' name='New\nSeal'/>"), u"New Seal");
    EXPECT_EQ(seal("<encryption xmlns='urn:xmpp:eme:0' namespace='urn:new'/>"), u"unknown");
    EXPECT_EQ(seal("<body>plain</body>"), QString());
}

TEST(ContentStanza, KnowsTheOtherNameOfAMessage)
{
    const auto message = readChat("<body>x</body><origin-id xmlns='urn:xmpp:sid:0' id='o1'/>");
    EXPECT_EQ(message.incoming->wireId, *WireId::parse(u"o1"));
    EXPECT_EQ(message.incoming->alias, WireId::parse(u"s1"));
    EXPECT_FALSE(readChat("<body>x</body><origin-id xmlns='urn:xmpp:sid:0' id='s1'/>").incoming->alias);
}

TEST(AttentionStanza, MarkersAreNews)
{
    const auto report = [](const QByteArray &inside) { return readChat(inside).report; };
    const QByteArray displayed = "<displayed xmlns='urn:xmpp:chat-markers:0' id='w1'/>";
    EXPECT_EQ(report(displayed)->kind, Report::Kind::Read);
    EXPECT_EQ(report(displayed)->wireId, *WireId::parse(u"w1"));
    EXPECT_EQ(report("<received xmlns='urn:xmpp:chat-markers:0' id='w1'/>")->kind, Report::Kind::Delivered);
    EXPECT_EQ(report("<received xmlns='urn:xmpp:receipts' id='w1'/>" + displayed)->kind, Report::Kind::Read);
    EXPECT_FALSE(report("<displayed xmlns='urn:xmpp:chat-markers:0'/>"));
    EXPECT_FALSE(report("<markable xmlns='urn:xmpp:chat-markers:0'/>"));
    EXPECT_TRUE(readChat("<body>x</body><markable xmlns='urn:xmpp:chat-markers:0'/>").incoming->wantsReadMark);
}

TEST(AttentionStanza, IsWrittenAsOthersReadIt)
{
    const auto id = *WireId::parse(u"r1");
    EXPECT_EQ(xmpp::displayedStanza(*WireId::parse(u"w1"), kBob.value, id).toXml(xmpp::ns::kClient),
              "<message to='bob@example.org' type='chat' id='displayed-r1'>"
              "<displayed xmlns='urn:xmpp:chat-markers:0' id='w1'/><store xmlns='urn:xmpp:hints'/></message>");
    EXPECT_EQ(xmpp::chatStateStanza(ChatState::Composing, kBob.value, id).toXml(xmpp::ns::kClient),
              "<message to='bob@example.org' type='chat' id='state-r1'>"
              "<composing xmlns='http://jabber.org/protocol/chatstates'/><no-store xmlns='urn:xmpp:hints'/></message>");
}

TEST(AttentionStanza, AnErrorAboutOneIsNoBounce)
{
    for (const char *id : {"state-1", "displayed-1"})
        EXPECT_FALSE(
            xmpp::readMessage(parse("<message from='bob@example.org' type='error' id='" + QByteArray(id) + "'/>"),
                              kAlice, *WireId::parse(u"f"))
                .report)
            << id;
}

TEST(AttentionStanza, StatesAreTold)
{
    const auto state = readChat("<composing xmlns='http://jabber.org/protocol/chatstates'/>").state;
    ASSERT_TRUE(state);
    EXPECT_EQ(state->state, ChatState::Composing);
    EXPECT_EQ(state->from, kBob);
    EXPECT_FALSE(readChat("<dancing xmlns='http://jabber.org/protocol/chatstates'/>").state);
}

TEST(AttentionStanza, StatesGoToThoseWhoShowThem)
{
    xmpp::ChatStateAudience audience;
    EXPECT_FALSE(audience.knows(kBob));
    audience.note(kBob, true, false);
    EXPECT_TRUE(audience.knows(kBob));
    audience.note(kBob, false, false); // a receipt says nothing about it
    EXPECT_TRUE(audience.knows(kBob));
    audience.note(kBob, false, true);
    EXPECT_FALSE(audience.knows(kBob));
}

} // namespace planb::test
