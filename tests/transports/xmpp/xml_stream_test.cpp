// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/transports/xmpp/dialogue.h"
#include "transports/xmpp/xml_stream.h"

#include <gtest/gtest.h>

#include <string>

namespace planb::test {

namespace {

using xmpp::Element;
using xmpp::XmlStream;

struct Read {
    std::vector<XmlStream::Item> items;
    std::optional<Failure> failure;

    std::vector<Element> elements() const
    {
        std::vector<Element> found;
        for (const auto &item : items) {
            if (const auto *element = std::get_if<Element>(&item))
                found.push_back(*element);
        }
        return found;
    }
    bool hasEnded() const { return !items.empty() && std::holds_alternative<XmlStream::End>(items.back()); }
};

// Reads all there is, fed in pieces of this size.
Read readAll(const QByteArray &xml, qsizetype piece = 1'000'000)
{
    XmlStream stream;
    Read read;
    for (qsizetype at = 0; at < xml.size(); at += piece) {
        stream.feed(QByteArrayView(xml).sliced(at, std::min(piece, xml.size() - at)));
        for (;;) {
            auto item = stream.next();
            if (!item) {
                read.failure = item.error();
                return read;
            }
            if (!item->has_value())
                break;
            read.items.push_back(**item);
        }
    }
    return read;
}

QByteArray streamWith(const QByteArray &stanzas)
{
    return streamHeader() + stanzas;
}

} // namespace

TEST(XmlStream, ReadsHeaderStanzasAndEnd)
{
    const Read read = readAll(
        streamWith("<message from='a@b'><body>Hi &amp; bye</body></message><iq/></stream:stream>"));
    ASSERT_EQ(read.items.size(), 4u);
    EXPECT_EQ(std::get<XmlStream::Header>(read.items[0]).id, QStringLiteral("s1"));
    EXPECT_EQ(std::get<XmlStream::Header>(read.items[0]).version, QStringLiteral("1.0"));
    const auto &message = std::get<Element>(read.items[1]);
    EXPECT_TRUE(message.is(u"message", u"jabber:client"));
    EXPECT_EQ(message.attribute(u"from"), QStringLiteral("a@b"));
    EXPECT_EQ(message.child(u"body", u"jabber:client")->text(), QStringLiteral("Hi & bye"));
    EXPECT_TRUE(read.hasEnded());
}

TEST(XmlStream, ReadsTheSameWhateverThePiecesBytesComeIn)
{
    const QByteArray xml = streamWith(
        "<message><body>다시 만나 반가워 🙂 &lt;a&gt; <![CDATA[x > y]]></body></message> \n <presence/>");
    for (const qsizetype piece : {1, 2, 3, 7, 64}) {
        const Read read = readAll(xml, piece);
        ASSERT_FALSE(read.failure) << piece;
        const auto elements = read.elements();
        ASSERT_EQ(elements.size(), 2u) << piece;
        EXPECT_EQ(elements[0].child(u"body", u"jabber:client")->text(),
                  QStringLiteral("다시 만나 반가워 🙂 <a> x > y"));
    }
}

TEST(XmlStream, TreatsWhitespaceBetweenStanzasAsNothingHoweverMuchThereIs)
{
    XmlStream stream;
    stream.feed(streamHeader());
    ASSERT_TRUE(stream.next()->has_value());
    for (int i = 0; i < 100; ++i) {
        stream.feed(QByteArray(10'000, ' '));
        const auto item = stream.next();
        ASSERT_TRUE(item);
        ASSERT_FALSE(item->has_value());
    }
    stream.feed("<iq/>");
    EXPECT_TRUE(stream.next()->has_value());
}

TEST(XmlStream, ForgetsTheRestOfThePlainStreamWhenCleared)
{
    XmlStream stream;
    stream.feed(streamWith("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/><message "
                           "from='mallory@evil'><body>slipped in</body></message>"));
    ASSERT_TRUE(stream.next()->has_value());
    ASSERT_TRUE(stream.next()->has_value());
    stream.clear();
    EXPECT_FALSE(stream.next()->has_value());
    stream.feed(streamWith("<iq/>"));
    ASSERT_TRUE(stream.next()->has_value());
    EXPECT_EQ(std::get<Element>(**stream.next()).name(), QStringLiteral("iq"));
}

TEST(XmlStream, CountsTheLimitForEachStanzaAnew)
{
    const QByteArray half = "<message><body>" + QByteArray(xmpp::kMaxStanzaBytes / 2, 'x') + "</body></message>";
    const Read read = readAll(streamWith(half + half + half + half), 4'096);
    EXPECT_FALSE(read.failure);
    EXPECT_EQ(read.elements().size(), 4u);
}

TEST(XmlStream, IgnoresWhatFollowsTheEnd)
{
    const Read read = readAll(streamWith("</stream:stream><stream:stream><message/>"));
    EXPECT_FALSE(read.failure);
    EXPECT_EQ(read.items.size(), 2u);
    EXPECT_TRUE(read.hasEnded());
}

TEST(XmlStream, LimitsTheHeaderToo)
{
    const Read read = readAll("<?xml version='1.0'?>" + QByteArray(xmpp::kMaxHeaderBytes, ' '));
    EXPECT_TRUE(read.failure);
}

TEST(XmlStream, StaysBrokenUntilCleared)
{
    XmlStream stream;
    stream.feed(streamWith("<a></b>"));
    ASSERT_TRUE(stream.next()->has_value());
    EXPECT_FALSE(stream.next());
    stream.feed("<iq/>");
    EXPECT_FALSE(stream.next());
    stream.clear();
    stream.feed(streamHeader());
    EXPECT_TRUE(stream.next()->has_value());
}

namespace {

struct Hostile {
    const char *name;
    QByteArray xml;
};

QByteArray billionLaughs()
{
    QByteArray xml = "<?xml version='1.0'?><!DOCTYPE lolz [<!ENTITY lol 'lol'>";
    for (int i = 1; i < 10; ++i)
        xml += "<!ENTITY lol" + QByteArray::number(i) + " '&lol" + QByteArray::number(i - 1) + ";&lol"
            + QByteArray::number(i - 1) + ";'>";
    return xml
        + "]><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' "
          "version='1.0'><message><body>&lol9;</body></message>";
}

std::vector<Hostile> corpus()
{
    const QByteArray message = "<message><body>";
    return {
        {"BillionLaughs", billionLaughs()},
        {"DocumentTypeAlone", "<!DOCTYPE x><stream:stream xmlns:stream='http://etherx.jabber.org/streams'>"},
        {"DocumentTypeInTheStream", streamWith("<!DOCTYPE x><message/>")},
        {"DocumentTypeInAStanza", streamWith("<message><!DOCTYPE x></message>")},
        {"HalfACDataSection", streamWith("<message><![CDAT[x]]></message>")},
        {"ExternalEntity", "<?xml version='1.0'?><!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><r>&x;</r>"},
        {"UndeclaredEntity", streamWith(message + "&lol;</body></message>")},
        {"CommentBeforeTheRoot", "<!-- x -->" + streamHeader()},
        {"Comment", streamWith("<message><!-- x --></message>")},
        {"ProcessingInstruction", streamWith("<?php evil() ?><message/>")},
        {"OverlongUtf8", streamWith(message + "\xC0\xAF</body></message>")},
        {"HalfAUtf8Character", streamWith(message + "\xED\x95</body></message>")},
        {"SurrogateInUtf8", streamWith(message + "\xED\xA0\x80</body></message>")},
        {"NulByte", streamWith(message + QByteArray("x\0y", 3) + "</body></message>")},
        {"NulReference", streamWith(message + "&#0;</body></message>")},
        {"SurrogateReference", streamWith(message + "&#xD800;</body></message>")},
        {"ControlCharacter", streamWith(message + "\x01</body></message>")},
        {"OtherEncoding",
         "<?xml version='1.0' encoding='ISO-8859-1'?><stream:stream xmlns='jabber:client' "
         "xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>"},
        {"Utf16", QByteArray("\xFF\xFE<\0s\0>\0", 8)},
        {"WrongRoot", "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>"},
        {"WrongStreamNamespace",
         "<?xml version='1.0'?><stream:stream xmlns:stream='http://example.org/streams' version='1.0'>"},
        {"HttpAnswer", "HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\n\r\n<html></html>"},
        {"SmtpBanner", "220 mail.example.org ESMTP <ready>\r\n"},
        {"UnknownPrefix", streamWith("<evil:message/>")},
        {"MismatchedTags", streamWith("<message></presence>")},
        {"DuplicateAttribute", streamWith("<message to='a' to='b'/>")},
        {"TextBetweenStanzas", streamWith("<message/>hello<message/>")},
        {"UnquotedAttribute", streamWith("<message to=bob/>")},
    };
}

class HostileStream : public testing::TestWithParam<Hostile>
{};

} // namespace

TEST_P(HostileStream, IsRefusedInOnePieceAndByteByByte)
{
    for (const qsizetype piece : {1'000'000, 1}) {
        const Read read = readAll(GetParam().xml, piece);
        ASSERT_TRUE(read.failure) << piece;
        EXPECT_EQ(read.failure->code, FailureCode::ProtocolError);
        EXPECT_LE(read.elements().size(), 1u);
    }
}

INSTANTIATE_TEST_SUITE_P(Corpus, HostileStream, testing::ValuesIn(corpus()),
                         [](const auto &test) { return std::string(test.param.name); });

} // namespace planb::test
