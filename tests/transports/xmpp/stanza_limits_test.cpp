// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What of a stanza is passed over, and that the stream goes on behind it.
#include "tests/transports/xmpp/dialogue.h"
#include "transports/xmpp/namespaces.h"
#include "transports/xmpp/xml_stream.h"

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using xmpp::Element;
using xmpp::XmlStream;

const QByteArray kNext = "<iq id='next'/>";

// What one stanza is read as; the one behind it has to be read, too, however the bytes come.
std::optional<XmlStream::Item> read(const QByteArray &stanza, qsizetype piece)
{
    const QByteArray xml = streamHeader() + stanza + kNext;
    XmlStream stream;
    std::vector<XmlStream::Item> items;
    for (qsizetype at = 0; at < xml.size(); at += piece) {
        stream.feed(QByteArrayView(xml).sliced(at, std::min(piece, xml.size() - at)));
        for (;;) {
            auto item = stream.next();
            if (!item)
                return {};
            if (!item->has_value())
                break;
            items.push_back(**item);
        }
    }
    const auto *next = items.size() == 3 ? std::get_if<Element>(&items[2]) : nullptr;
    return next && next->attribute(u"id") == u"next" ? std::optional(items[1]) : std::nullopt;
}

// Empty where it was read whole or not at all.
QByteArray stubOf(const QByteArray &stanza)
{
    QByteArray stub;
    const qsizetype smallest = stanza.size() > 50'000 ? 997 : 1;
    for (const qsizetype piece : {qsizetype(10'000'000), qsizetype(4'099), smallest}) {
        const auto item = read(stanza, piece);
        const auto *cut = item ? std::get_if<XmlStream::Cut>(&*item) : nullptr;
        if (!cut)
            return {};
        const QByteArray xml = cut->stub.toXml(xmpp::ns::kClient);
        EXPECT_TRUE(stub.isEmpty() || stub == xml) << piece;
        stub = xml;
    }
    return stub;
}

bool isWhole(const QByteArray &stanza)
{
    const auto item = read(stanza, 4'099);
    return item && std::holds_alternative<Element>(*item);
}

QByteArray message(const QByteArray &inside)
{
    return "<message from='mallory@example.org' id='m1'>" + inside + "</message>";
}

const QByteArray kStub = "<message from='mallory@example.org' id='m1'/>";

QByteArray nested(qsizetype depth)
{
    return QByteArray("<a>").repeated(depth) + QByteArray("</a>").repeated(depth);
}

} // namespace

TEST(StanzaLimits, AreExactForTheSize)
{
    const QByteArray before = "<message from='mallory@example.org' id='m1'><body>";
    const QByteArray fits(xmpp::kMaxStanzaBytes - before.size(), 'x');
    EXPECT_TRUE(isWhole(before + fits + "</body></message>"));
    EXPECT_EQ(stubOf(before + fits + "x</body></message>"), kStub);
}

TEST(StanzaLimits, AreExactForTheDepth)
{
    EXPECT_TRUE(isWhole(message(nested(xmpp::kMaxDepth - 1))));
    EXPECT_EQ(stubOf(message(nested(xmpp::kMaxDepth))), kStub);
    EXPECT_EQ(stubOf(message(QByteArray("<a>").repeated(xmpp::kMaxDepth - 1) + "<b/>"
                             + QByteArray("</a>").repeated(xmpp::kMaxDepth - 1))),
              kStub);
}

TEST(StanzaLimits, HoldForAnyDepth)
{
    EXPECT_EQ(stubOf(message(nested(70'000))), kStub);
}

TEST(StanzaLimits, HoldForTextInAnyForm)
{
    const qsizetype much = xmpp::kMaxStanzaBytes;
    EXPECT_EQ(stubOf(message("<body>" + QByteArray("&quot;").repeated(much / 6) + "</body>")), kStub);
    EXPECT_EQ(stubOf(message("<body><![CDATA[" + QByteArray("</a>").repeated(much / 4) + "]]></body>")), kStub);
    EXPECT_EQ(stubOf(message(QByteArray("<a>x</a>").repeated(much / 6))), kStub);
    EXPECT_EQ(stubOf(message(QByteArray("<a/>").repeated(much / 3))), kStub);
    EXPECT_EQ(stubOf(message("<body>one</body>" + QByteArray(much, ' ') + "<body>two</body>")), kStub);
}

TEST(StanzaLimits, HoldForTags)
{
    const QByteArray value(xmpp::kMaxTagBytes, 'x');
    EXPECT_TRUE(isWhole(message("<a b='" + value.first(16'000) + "'/>")));
    EXPECT_EQ(stubOf(message("<a b='" + value + "'><c/>text</a><d/>")), kStub);
    EXPECT_EQ(stubOf(message("<a b='>" + value + "/>'/>")), kStub);
}

TEST(StanzaLimits, HoldForAttributesOfAnElementAndThoseAroundIt)
{
    const auto attributes = [](const QByteArray &name, int count) {
        QByteArray text;
        for (int i = 0; i < count; ++i)
            text += ' ' + name + QByteArray::number(i) + "=''";
        return text;
    };
    // Two are the message's.
    const int most = xmpp::kMaxAttributes - 2;
    EXPECT_TRUE(isWhole(message("<a" + attributes("b", most) + "/>")));
    EXPECT_EQ(stubOf(message("<a" + attributes("b", most + 1) + "/>")), kStub);
    EXPECT_EQ(stubOf(message("<a" + attributes("b", most) + "><b c='d'/></a>")), kStub);
    // Those beside it do not count.
    EXPECT_TRUE(isWhole(message(("<a" + attributes("b", most) + "></a>").repeated(20))));
    EXPECT_EQ(stubOf("<message" + attributes("xmlns:n", most + 3) + "><body>hi</body></message>"), "<message/>");
    EXPECT_EQ(stubOf("<presence" + attributes("b", most + 3) + "/>"), "<presence/>");
}

TEST(StanzaLimits, LeaveTheNameOfAStanzaWhoseOwnTagIsTooLong)
{
    const QByteArray value(xmpp::kMaxTagBytes, 'x');
    EXPECT_EQ(stubOf("<message from='a@b' id='" + value + "'><body>hi</body></message>"), "<message/>");
    EXPECT_EQ(stubOf("<presence id='" + value + "'/>"), "<presence/>");
    EXPECT_FALSE(read("<m" + value + "/>", 1'000)) << "a name of that length is for nobody to guess";
}

TEST(StanzaLimits, EndTheStreamBeforeAStanzaWithoutAnEndHasGrown)
{
    for (const QByteArray &begin : {QByteArray("<message>"), QByteArray("<message></message ")}) {
        XmlStream stream;
        stream.feed(streamHeader() + begin);
        qsizetype fed = 0;
        auto item = stream.next();
        for (; item; item = stream.next()) {
            ASSERT_LT(fed, 2 * xmpp::kMaxIgnoredBytes) << begin.constData();
            if (item->has_value())
                continue;
            stream.feed(QByteArray(100'000, 'a'));
            fed += 100'000;
        }
        EXPECT_EQ(item.error().code, FailureCode::ProtocolError);
    }
}

TEST(StanzaLimits, MakeNoShortAnswerOfALongOne)
{
    const QByteArray list = QByteArray("<item/>").repeated(xmpp::kMaxStanzaBytes / 7);
    const QByteArray stub = stubOf("<iq type='result' id='q1' from='example.org'><query xmlns='jabber:iq:roster'>"
                                   + list + "</query></iq>");
    EXPECT_TRUE(stub.contains("type='error'")) << stub.constData();
    EXPECT_TRUE(stub.contains("id='q1'"));
    EXPECT_TRUE(stub.contains("<resource-constraint"));
    EXPECT_FALSE(stub.contains("roster"));
}

} // namespace planb::test
