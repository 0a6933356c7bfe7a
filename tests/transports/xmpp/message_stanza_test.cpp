// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/message_text.h"
#include "tests/transports/xmpp/dialogue.h"
#include "transports/xmpp/message_stanza.h"
#include "transports/xmpp/namespaces.h"
#include "transports/xmpp/xml_stream.h"

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;
using xmpp::Element;
using xmpp::ReadMessage;

Element parse(const QByteArray &xml)
{
    xmpp::XmlStream stream;
    stream.feed(streamHeader() + xml);
    EXPECT_TRUE(stream.next()->has_value());
    const auto item = stream.next();
    return item && item->has_value() ? std::get<Element>(**item) : Element();
}

const QString kAlice = u"alice@example.org"_s;

ReadMessage read(const QByteArray &xml)
{
    return xmpp::readMessage(parse(xml), kAlice, *WireId::parse(u"fallback"));
}

// A chat message from bob's phone with this inside.
ReadMessage readChat(const QByteArray &inside, const QByteArray &attributes = "id='s1'")
{
    return read("<message from='bob@example.org/phone' to='alice@example.org' type='chat' " + attributes + ">" + inside
                + "</message>");
}

QString wireIdOf(const ReadMessage &message)
{
    return message.incoming ? message.incoming->wireId.toString() : QString();
}

Payload payload(const QString &text = u"안녕 <b>&'\"</b>"_s)
{
    return {*WireId::parse(u"w1"), text, 12, wallFromMillis(1'700'000'000'123), WireId::parse(u"w0")};
}

const Address kBob{TransportKind::Xmpp, u"bob@example.org"_s};

} // namespace

TEST(MessageStanza, HoldsWhatBothPlanBAndOtherClientsNeed)
{
    EXPECT_EQ(xmpp::messageStanza(payload(), kBob, u"alice@example.org"_s).toXml(xmpp::ns::kClient).toStdString(),
              "<message to='bob@example.org' type='chat' id='w1'><body>안녕 &lt;b&gt;&amp;&apos;\"&lt;/b&gt;</body>"
              "<reply xmlns='urn:xmpp:reply:0' id='w0'/>"
              "<origin-id xmlns='urn:xmpp:sid:0' id='w1'/><request xmlns='urn:xmpp:receipts'/>"
              "<planb xmlns='urn:planb:message:0' order='12' sent='1700000000123'/></message>");
}

TEST(MessageStanza, ComesBackAsItWasSent)
{
    Element stanza = parse(xmpp::messageStanza(payload(), Address{TransportKind::Xmpp, kAlice}, u"alice@example.org"_s)
                               .toXml(xmpp::ns::kClient));
    stanza.set(u"from", u"bob@example.org/planb-2"_s);
    const ReadMessage message = xmpp::readMessage(stanza, kAlice, *WireId::parse(u"fallback"));
    ASSERT_TRUE(message.incoming);
    EXPECT_EQ(message.incoming->from, kBob);
    EXPECT_EQ(message.incoming->wireId, payload().wireId);
    EXPECT_EQ(message.incoming->text, payload().text);
    EXPECT_EQ(message.incoming->order, 12u);
    EXPECT_EQ(message.incoming->sentAt, payload().composedAt);
    EXPECT_EQ(message.incoming->replyTo, payload().replyTo);
    EXPECT_TRUE(message.incoming->removesRepeats);
    EXPECT_EQ(message.receiptFor, u"w1"_s);
}

TEST(MessageStanza, ReceiptIsKeptByServersAndSaysThatPlanBSentIt)
{
    EXPECT_EQ(xmpp::receiptStanza(u"bob@example.org"_s, u"w1"_s).toXml(xmpp::ns::kClient),
              "<message to='bob@example.org' type='chat' id='receipt-w1'><received xmlns='urn:xmpp:receipts' id='w1'/>"
              "<planb xmlns='urn:planb:message:0'/><store xmlns='urn:xmpp:hints'/></message>");
}

TEST(ReadMessage, TakesAMessageOfAnotherClientAsItIs)
{
    const ReadMessage message = readChat("<body>hello</body><active xmlns='http://jabber.org/protocol/chatstates'/>");
    ASSERT_TRUE(message.incoming);
    EXPECT_EQ(message.incoming->text, u"hello"_s);
    EXPECT_FALSE(message.incoming->order);
    EXPECT_FALSE(message.incoming->sentAt);
    EXPECT_FALSE(message.incoming->removesRepeats);
    EXPECT_FALSE(message.receiptFor);
    EXPECT_TRUE(read("<message from='bob@example.org' id='n'><body>type normal</body></message>").incoming);
}

TEST(ReadMessage, RecognisesRepeatsByTheBestIdThereIs)
{
    const QByteArray body = "<body>hi</body>", delay = "<delay xmlns='urn:xmpp:delay' stamp='2026-01-02T03:04:05Z'/>";
    const QByteArray origin = "<origin-id xmlns='urn:xmpp:sid:0' id='o1'/>",
                     archived = "<stanza-id xmlns='urn:xmpp:sid:0' by='alice@example.org' id='a1'/>";
    EXPECT_EQ(wireIdOf(readChat(body + origin + archived)), u"o1"_s);
    EXPECT_EQ(wireIdOf(readChat(body + archived)), u"s1"_s);
    const QString byArchive = wireIdOf(readChat(body + archived, ""));
    EXPECT_EQ(byArchive.size(), 32);
    EXPECT_EQ(wireIdOf(readChat(body + delay + archived, "")), byArchive);
    const QString byContent = wireIdOf(readChat(body + delay, ""));
    EXPECT_EQ(byContent.size(), 32);
    EXPECT_NE(byContent, byArchive);
    EXPECT_EQ(wireIdOf(readChat(body + delay, "")), byContent);
    EXPECT_NE(wireIdOf(readChat("<body>hi!</body>" + delay, "")), byContent);
}

TEST(ReadMessage, NeverTakesTwoEqualLiveTextsForOne)
{
    EXPECT_EQ(wireIdOf(readChat("<body>ok</body>", "")), u"fallback"_s);
}

TEST(ReadMessage, BelievesArchiveIdsOfItsOwnServerOnly)
{
    EXPECT_EQ(
        wireIdOf(readChat("<body>hi</body><stanza-id xmlns='urn:xmpp:sid:0' by='mallory@example.org' id='a1'/>", "")),
        u"fallback"_s);
}

TEST(ReadMessage, PassesOverIdsThatAreNone)
{
    EXPECT_EQ(wireIdOf(readChat("<body>hi</body><origin-id xmlns='urn:xmpp:sid:0' id=''/>")), u"s1"_s);
    EXPECT_EQ(wireIdOf(readChat("<body>hi</body>", "id='" + QByteArray(300, 'x') + "'")), u"fallback"_s);
}

TEST(ReadMessage, TakesTheTimeFromTheMarkerElseFromTheStore)
{
    const QByteArray delay = "<delay xmlns='urn:xmpp:delay' stamp='2026-01-02T03:04:05Z'/>";
    const auto sentAt = [](const QByteArray &inside) { return readChat("<body>x</body>" + inside).incoming->sentAt; };
    EXPECT_EQ(sentAt("<planb xmlns='urn:planb:message:0' sent='1700000000000'/>" + delay),
              wallFromMillis(1'700'000'000'000));
    EXPECT_EQ(sentAt(delay), wallFromMillis(1'767'323'045'000));
    for (const char *bad :
         {"<planb xmlns='urn:planb:message:0' sent='-1'/>", "<planb xmlns='urn:planb:message:0' sent='yesterday'/>",
          "<planb xmlns='urn:planb:message:0' sent='9223372036854775807'/>",
          "<delay xmlns='urn:xmpp:delay' stamp='gestern'/>"})
        EXPECT_FALSE(sentAt(bad)) << bad;
}

TEST(ReadMessage, TakesNoOrderThatIsNoNumber)
{
    for (const char *order : {"-1", "x", "18446744073709551616", ""})
        EXPECT_FALSE(readChat("<body>x</body><planb xmlns='urn:planb:message:0' order='" + QByteArray(order) + "'/>")
                         .incoming->order)
            << order;
    EXPECT_EQ(
        readChat("<body>x</body><planb xmlns='urn:planb:message:0' order='18446744073709551615'/>").incoming->order,
        UINT64_MAX);
}

TEST(ReadMessage, CutsATextThatIsTooLongAtACharacter)
{
    const QByteArray syllables = QByteArray("한").repeated(11'000); // 33,000 bytes
    const ReadMessage message = readChat("<body>" + syllables + "</body>");
    ASSERT_TRUE(message.incoming);
    const QByteArray text = message.incoming->text.toUtf8();
    EXPECT_LE(text.size(), kMaxTextBytes);
    EXPECT_GT(text.size(), kMaxTextBytes - 6);
    EXPECT_TRUE(text.endsWith("한…"));
    const ReadMessage faces = readChat("<body>" + QByteArray("🙂").repeated(9'000) + "</body>");
    EXPECT_TRUE(faces.incoming->text.endsWith(u"🙂…"_s));
}

TEST(ReadMessage, MakesNoMessageOfNothing)
{
    for (const char *inside :
         {"", "<body/>", "<body>  \n </body>", "<subject>only a subject</subject>", "<body xmlns='urn:other'>x</body>",
          "<composing xmlns='http://jabber.org/protocol/chatstates'/>"})
        EXPECT_FALSE(readChat(inside).incoming) << inside;
}

TEST(ReadMessage, IgnoresOtherTypesAndItself)
{
    for (const char *type : {"groupchat", "headline", "of-the-future"}) {
        const ReadMessage message = read("<message from='bob@example.org/x' type='" + QByteArray(type)
                                         + "' id='1'><body>x</body><request xmlns='urn:xmpp:receipts'/></message>");
        EXPECT_FALSE(message.incoming) << type;
        EXPECT_FALSE(message.receiptFor) << type;
    }
    for (const char *from : {"alice@example.org/planb-1", "alice@example.org", "ALICE@example.org/other", "example.org",
                             "", "@", "bob@exa mple"})
        EXPECT_FALSE(
            read("<message from='" + QByteArray(from) + "' type='chat' id='1'><body>x</body></message>").incoming)
            << from;
}

// CVE-2017-5589 and its relatives: a copy is believed only of one's own account, and we never ask for copies.
TEST(ReadMessage, IgnoresForgedCopiesAndArchivePages)
{
    const QByteArray inner =
        "<forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' from='boss@example.org' "
        "to='alice@example.org' type='chat' id='f'><body>pay now</body></message></forwarded>";
    const QByteArray forged[] = {
        "<received xmlns='urn:xmpp:carbons:2'>" + inner + "</received>",
        "<sent xmlns='urn:xmpp:carbons:2'>" + inner + "</sent>",
        "<received xmlns='urn:xmpp:carbons:1'>" + inner + "</received>",
        "<result xmlns='urn:xmpp:mam:2' queryid='q' id='1'>" + inner + "</result>",
        "<result xmlns='urn:xmpp:mam:tmp' id='1'>" + inner + "</result>",
        inner,
        "<body>decoy</body><result xmlns='urn:xmpp:mam:2' id='1'>" + inner + "</result>",
    };
    for (const QByteArray &inside : forged) {
        for (const char *from : {"mallory@example.org/x", "alice@example.org", "example.org"}) {
            const ReadMessage message = read("<message from='" + QByteArray(from) + "' type='chat' id='1'>" + inside
                                             + "</message>");
            EXPECT_FALSE(message.incoming) << inside.constData();
            EXPECT_FALSE(message.report);
        }
    }
}

// ejabberd marks live messages as archived; other clients ask servers not to copy a message.
TEST(ReadMessage, KeepsLiveMessagesThatServersAndClientsHaveMarked)
{
    for (const char *mark : {"<archived xmlns='urn:xmpp:mam:tmp' by='alice@example.org' id='1'/>",
                             "<private xmlns='urn:xmpp:carbons:2'/>"})
        EXPECT_TRUE(readChat("<body>x</body>" + QByteArray(mark)).incoming) << mark;
}

TEST(ReadMessage, TakesNothingFromElementsInWrongNamespaces)
{
    const ReadMessage message = readChat(
        "<body>x</body><origin-id xmlns='urn:evil' id='o1'/><planb xmlns='urn:evil' order='1'/>"
        "<request xmlns='urn:evil'/><received xmlns='urn:evil' id='w1'/><reply xmlns='urn:evil' id='r'/>");
    ASSERT_TRUE(message.incoming);
    EXPECT_EQ(wireIdOf(message), u"s1"_s);
    EXPECT_FALSE(message.incoming->removesRepeats);
    EXPECT_FALSE(message.incoming->replyTo);
    EXPECT_FALSE(message.receiptFor);
    EXPECT_FALSE(message.report);
}

TEST(ReadMessage, ConfirmsByTheStanzasIdNotByTheOrigins)
{
    const QByteArray inside =
        "<body>x</body><request xmlns='urn:xmpp:receipts'/><origin-id xmlns='urn:xmpp:sid:0' id='o1'/>";
    EXPECT_EQ(readChat(inside).receiptFor, u"s1"_s);
    EXPECT_FALSE(readChat(inside, "").receiptFor);
}

TEST(ReadMessage, TurnsAReceiptIntoNews)
{
    const ReadMessage message = readChat(
        "<received xmlns='urn:xmpp:receipts' id='w1'/><planb xmlns='urn:planb:message:0'/>");
    ASSERT_TRUE(message.report);
    EXPECT_EQ(message.report->kind, Report::Kind::Delivered);
    EXPECT_EQ(message.report->from, kBob);
    EXPECT_EQ(message.report->wireId.toString(), u"w1"_s);
    EXPECT_TRUE(message.report->removesRepeats);
    EXPECT_FALSE(message.incoming);
    EXPECT_FALSE(readChat("<received xmlns='urn:xmpp:receipts' id='w1'/>").report->removesRepeats);
    EXPECT_FALSE(readChat("<received xmlns='urn:xmpp:receipts'/>").report);
}

namespace {

QByteArray bounce(const QByteArray &condition, const QByteArray &type = "cancel")
{
    return "<message from='bob@example.org' to='alice@example.org' type='error' id='w1'><body>the text</body><error "
           "type='"
        + type + "'><" + condition
        + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/><text "
          "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>words</text></error></message>";
}

} // namespace

TEST(ReadMessage, TurnsABounceIntoNewsAndNeverIntoAMessage)
{
    const ReadMessage message = read(bounce("item-not-found"));
    EXPECT_FALSE(message.incoming);
    ASSERT_TRUE(message.report);
    EXPECT_EQ(message.report->kind, Report::Kind::Bounced);
    EXPECT_EQ(message.report->wireId.toString(), u"w1"_s);
    EXPECT_EQ(message.report->failure->detail, u"item-not-found: words"_s);
}

TEST(ReadMessage, MapsEveryErrorOfAMessage)
{
    const std::pair<QByteArray, FailureCode> table[] = {
        {"item-not-found", FailureCode::RecipientUnknown},
        {"gone", FailureCode::RecipientUnknown},
        {"jid-malformed", FailureCode::RecipientUnknown},
        {"service-unavailable", FailureCode::RecipientUnavailable},
        {"recipient-unavailable", FailureCode::RecipientUnavailable},
        {"remote-server-not-found", FailureCode::RecipientUnavailable},
        {"remote-server-timeout", FailureCode::RecipientUnavailable},
        {"redirect", FailureCode::RecipientUnavailable},
        {"resource-constraint", FailureCode::RecipientUnavailable},
        {"internal-server-error", FailureCode::RecipientUnavailable},
        {"forbidden", FailureCode::RecipientRefused},
        {"not-allowed", FailureCode::RecipientRefused},
        {"not-acceptable", FailureCode::RecipientRefused},
        {"not-authorized", FailureCode::RecipientRefused},
        {"payment-required", FailureCode::RecipientRefused},
        {"registration-required", FailureCode::RecipientRefused},
        {"subscription-required", FailureCode::RecipientRefused},
        {"policy-violation", FailureCode::MessageRejected},
        {"bad-request", FailureCode::MessageRejected},
        {"of-the-future", FailureCode::MessageRejected},
    };
    for (const auto &[condition, code] : table)
        EXPECT_EQ(read(bounce(condition)).report->failure->code, code) << condition.constData();
    EXPECT_EQ(read(bounce("policy-violation", "wait")).report->failure->code, FailureCode::ServerBusy);
}

TEST(ReadMessage, IgnoresErrorsAboutReceiptsAndErrorsWithoutAnId)
{
    EXPECT_FALSE(read(bounce("item-not-found").replace("id='w1'", "id='receipt-w1'")).report);
    EXPECT_FALSE(read(bounce("item-not-found").replace(" id='w1'", "")).report);
    EXPECT_TRUE(read("<message from='bob@example.org' type='error' id='w1'/>").report);
}

} // namespace planb::test
