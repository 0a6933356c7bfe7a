// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/transports/xmpp/dialogue.h"
#include "transports/xmpp/marker.h"
#include "transports/xmpp/message_stanza.h"
#include "transports/xmpp/namespaces.h"
#include "transports/xmpp/xml_stream.h"

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;
using xmpp::Element;
using xmpp::ReadMessage;

const StreamId kStream = *StreamId::parse(u"00112233445566ff");
const StreamId kOther = *StreamId::parse(u"ffeeddccbbaa9988");
const Address kBob{TransportKind::Xmpp, u"bob@example.org"_s};
const QByteArray kPlace = "stream='00112233445566ff' number='3' base='2'";

AckRanges ranges(std::initializer_list<quint64> numbers)
{
    AckRanges made;
    for (const quint64 number : numbers)
        made.add(number);
    return made;
}

Element parse(const QByteArray &xml)
{
    xmpp::XmlStream stream;
    stream.feed(streamHeader() + xml);
    EXPECT_TRUE(stream.next()->has_value());
    const auto item = stream.next();
    return item && item->has_value() ? std::get<Element>(**item) : Element();
}

// A message from bob that holds this.
ReadMessage read(const QByteArray &inside)
{
    const Element stanza = parse("<message from='bob@example.org/phone' type='chat' id='s1'>" + inside + "</message>");
    return xmpp::readMessage(stanza, u"alice@example.org"_s, *WireId::parse(u"fallback"));
}

QByteArray marker(const QByteArray &attributes, const QByteArray &children = {})
{
    return "<planb xmlns='urn:planb:message:0' order='1' sent='5' " + attributes + ">" + children + "</planb>";
}

// The same with a text, which must come through whatever the marker holds.
Incoming readText(const QByteArray &attributes, const QByteArray &children = {})
{
    const ReadMessage message = read("<body>hello</body>" + marker(attributes, children));
    EXPECT_TRUE(message.incoming) << attributes.constData() << children.constData();
    const Incoming &incoming = message.incoming.value();
    EXPECT_EQ(incoming.text, u"hello"_s);
    EXPECT_TRUE(incoming.removesRepeats);
    EXPECT_FALSE(message.acknowledgement);
    return incoming;
}

QByteArray ack(const QByteArray &text)
{
    return "<ack stream='ffeeddccbbaa9988' ranges='" + text + "'/>";
}

} // namespace

TEST(Marker, CarriesPlaceParentsAndAcknowledgements)
{
    Payload payload{*WireId::parse(u"w1"), u"hi"_s, 12, wallFromMillis(1'700'000'000'123), {}};
    payload.place = StreamPlace{kStream, 3, 2};
    payload.parents = {*WireId::parse(u"p'1"), *WireId::parse(u"p2")};
    payload.acks = {{kOther, ranges({1, 2, 5, 6, 7})}};
    EXPECT_EQ(xmpp::markerOf(payload).toXml(u"").toStdString(),
              "<planb xmlns='urn:planb:message:0' order='12' sent='1700000000123' stream='00112233445566ff' number='3' "
              "base='2'><parent id='p&apos;1'/><parent id='p2'/><ack stream='ffeeddccbbaa9988' ranges='1 2 2 3'/>"
              "</planb>");
}

TEST(Marker, ComesBackAsItWasSent)
{
    Payload payload{*WireId::parse(u"w1"), u"hi"_s, 12, wallFromMillis(1'700'000'000'123), {}};
    payload.place = StreamPlace{kStream, AckRanges::kMaxNumber, 1};
    payload.parents = {*WireId::parse(u"p1"), *WireId::parse(u"p2")};
    AckRanges high = ranges({9});
    high.forgetBelow(AckRanges::kMaxNumber - 1);
    payload.acks = {{kOther, ranges({1, 4, 6})}, {kStream, high}};
    Element stanza = parse(xmpp::messageStanza(payload, kBob, u"alice@example.org"_s).toXml(xmpp::ns::kClient));
    stanza.set(u"from", u"bob@example.org/planb"_s);
    const auto read = xmpp::readMessage(stanza, u"alice@example.org"_s, *WireId::parse(u"fallback"));
    ASSERT_TRUE(read.incoming);
    EXPECT_EQ(read.incoming->place, payload.place);
    EXPECT_EQ(read.incoming->parents, payload.parents);
    EXPECT_EQ(read.incoming->acks, payload.acks);
    EXPECT_FALSE(read.acknowledgement) << "told once, with the message";
    EXPECT_FALSE(read.receiptFor) << "the core acknowledges what has a place";
}

TEST(Marker, TakesAPlaceOnlyIfAllOfItIsRight)
{
    EXPECT_EQ(readText(kPlace).place, (StreamPlace{kStream, 3, 2}));
    for (const char *bad : {
             "", "stream='00112233445566ff' number='3'", "stream='00112233445566ff' base='1'", "number='3' base='1'",
             "stream='00112233445566FF' number='3' base='1'", "stream='00112233445566f' number='3' base='1'",
             "stream='00112233445566ff' number='0' base='0'", "stream='00112233445566ff' number='3' base='0'",
             "stream='00112233445566ff' number='3' base='4'", "stream='00112233445566ff' number='-3' base='1'",
             "stream='00112233445566ff' number='+3' base='1'", "stream='00112233445566ff' number=' 3' base='1'",
             "stream='00112233445566ff' number='03' base='1'", "stream='00112233445566ff' number='3.0' base='1'",
             "stream='00112233445566ff' number='9007199254740992' base='1'",
             "stream='00112233445566ff' number='18446744073709551617' base='1'",
             "stream='00112233445566ff' number='\xD9\xA3' base='1'", // an Arabic three
         })
        EXPECT_FALSE(readText(bad).place) << bad;
}

TEST(Marker, LeavesTheOtherPartsAloneWhenOneIsWrong)
{
    const Incoming noPlace = readText("stream='x'", "<parent id='p1'/>" + ack("1 2"));
    EXPECT_FALSE(noPlace.place);
    EXPECT_EQ(noPlace.order, 1u);
    EXPECT_EQ(noPlace.sentAt, wallFromMillis(5));
    EXPECT_EQ(noPlace.parents.size(), 1);
    EXPECT_EQ(noPlace.acks.size(), 1);
    const Incoming oneBad = readText(kPlace, "<parent id=''/><parent id='p2'/>" + ack("garbage") + ack("1 2"));
    EXPECT_TRUE(oneBad.place);
    EXPECT_EQ(oneBad.parents, (QList<WireId>{*WireId::parse(u"p2")}));
    EXPECT_EQ(oneBad.acks, (QList<StreamAck>{{kOther, ranges({1, 2})}}));
}

TEST(Marker, TakesNoRangesThatAreNone)
{
    for (const char *bad : {"", " ", "1", "1 2 3", "1  2", " 1 2", "1 2 ",

                            "1,2", "0 1", "3 1", "1 2 0 1", "1 2 1 0", "1 -1", "1 +2", "01 2", "1 9007199254740992",
                            "1 99999999999999999999", "1 1 9007199254740991 1", "x y"})
        EXPECT_TRUE(readText({}, ack(bad)).acks.isEmpty()) << bad;
    EXPECT_TRUE(readText({}, "<ack ranges='1 2'/>").acks.isEmpty());
    EXPECT_TRUE(readText({}, "<ack stream='ffeeddccbbaa9988'/>").acks.isEmpty());
    EXPECT_TRUE(readText({}, "<ack xmlns='urn:other' stream='ffeeddccbbaa9988' ranges='1 2'/>").acks.isEmpty());
    EXPECT_EQ(readText({}, ack("1 0")).acks, (QList<StreamAck>{{kOther, AckRanges()}})) << "nothing has come yet";
}

TEST(Marker, TakesAsManyRangesAsThereMayBeAndNoneMore)
{
    const auto withRanges = [](std::size_t count) { return "1 1" + QByteArray(" 1 1").repeated(int(count)); };
    EXPECT_EQ(readText({}, ack(withRanges(AckRanges::kMaxRanges))).acks.size(), 1);
    EXPECT_TRUE(readText({}, ack(withRanges(AckRanges::kMaxRanges + 1))).acks.isEmpty());
    EXPECT_TRUE(readText({}, ack(withRanges(2'000))).acks.isEmpty());
}

TEST(Marker, BelievesNoListThatIsTooLong)
{
    const QByteArray parent = "<parent id='p'/>", oneAck = ack("1 2");
    const Incoming most = readText({}, parent.repeated(kMaxParents) + oneAck.repeated(kMaxStreamAcks));
    EXPECT_EQ(most.parents.size(), kMaxParents);
    EXPECT_EQ(most.acks.size(), kMaxStreamAcks);
    const Incoming more = readText({}, parent.repeated(kMaxParents + 1) + oneAck.repeated(kMaxStreamAcks + 1));
    EXPECT_TRUE(more.parents.isEmpty());
    EXPECT_TRUE(more.acks.isEmpty());
}

TEST(Marker, TravelsAloneAsAMessageThatServersKeep)
{
    const QList<StreamAck> acks{{kOther, ranges({1, 2, 4})}, {kStream, ranges({1})}};
    EXPECT_EQ(xmpp::ackStanza(acks, u"bob@example.org"_s, *WireId::parse(u"7")).toXml(xmpp::ns::kClient).toStdString(),
              "<message to='bob@example.org' type='chat' id='ack-7'><planb xmlns='urn:planb:message:0'>"
              "<ack stream='ffeeddccbbaa9988' ranges='1 2 1 1'/><ack stream='00112233445566ff' ranges='1 1'/></planb>"
              "<store xmlns='urn:xmpp:hints'/></message>");
    const ReadMessage message = read("<planb xmlns='urn:planb:message:0'>" + ack("1 2 1 1") + "</planb>");
    ASSERT_TRUE(message.acknowledgement);
    EXPECT_EQ(message.acknowledgement->from, kBob);
    EXPECT_EQ(message.acknowledgement->acks, (QList<StreamAck>{{kOther, ranges({1, 2, 4})}}));
    EXPECT_FALSE(message.incoming);
    EXPECT_FALSE(message.report);
}

TEST(Marker, IsNoAcknowledgementWithoutAGoodOne)
{
    for (const QByteArray &inside :
         {marker({}), marker({}, ack("nonsense")), marker({}, "<ack/>"),
          "<ack xmlns='urn:planb:message:0'/>" + ack("1 2"), "<planb xmlns='urn:evil'>" + ack("1 2") + "</planb>"})
        EXPECT_FALSE(read(inside).acknowledgement) << inside.constData();
}

TEST(Marker, IsNotBelievedInCopiesAndErrors)
{
    const QByteArray alone = marker({}, ack("1 2"));
    EXPECT_TRUE(read(alone).acknowledgement);
    EXPECT_FALSE(read("<received xmlns='urn:xmpp:carbons:2'/>" + alone).acknowledgement);
    const Element error = parse("<message from='bob@example.org' type='error' id='ack-1'>" + alone + "</message>");
    const auto read = xmpp::readMessage(error, u"alice@example.org"_s, *WireId::parse(u"fallback"));
    EXPECT_FALSE(read.acknowledgement);
    EXPECT_FALSE(read.report) << "nothing was lost that will not be said again";
}

} // namespace planb::test
