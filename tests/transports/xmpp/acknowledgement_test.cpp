// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/transports/xmpp/dialogue.h"
#include "transports/xmpp/message_stanza.h"

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;
using xmpp::HandedOver;

const Address kBob{TransportKind::Xmpp, u"bob@example.org"_s};

QList<StreamAck> acks()
{
    StreamAck ack{*StreamId::parse(u"ffeeddccbbaa9988"), {}};
    ack.ranges.add(1);
    return {ack};
}

QByteArray counter(quint32 h)
{
    return "<a xmlns='urn:xmpp:sm:3' h='" + QByteArray::number(h) + "'/>";
}

} // namespace

TEST(Acknowledging, IsAStanzaThatTheServerCountsAndNobodyWaitsFor)
{
    Dialogue talk;
    talk.settle();
    talk.session.acknowledge(acks(), kBob);
    const QByteArray said = talk.client();
    EXPECT_TRUE(said.startsWith("<message to='bob@example.org' type='chat' id='ack-")) << said.constData();
    EXPECT_TRUE(said.endsWith("</message>")) << "nothing is asked for";
    talk.send(1, u"hello"_s);
    talk.server(counter(3));
    EXPECT_EQ(talk.events<HandedOver>().size(), 1u);
    EXPECT_FALSE(talk.aborted());
}

TEST(Acknowledging, DoesNothingOnALinkThatDoesNotAnswer)
{
    Dialogue talk;
    talk.session.acknowledge(acks(), kBob);
    talk.settle();
    EXPECT_TRUE(talk.client().isEmpty());
    talk.session.probe(talk.now);
    talk.client();
    while (!talk.session.isSuspect())
        talk.pass(Millis(100));
    talk.session.acknowledge(acks(), kBob);
    EXPECT_FALSE(talk.clientSaid("<ack"));
    EXPECT_TRUE(talk.events<HandedOver>().empty());
}

TEST(Acknowledging, IsToldWhenTheOtherSideDoesIt)
{
    Dialogue talk;
    talk.settle();
    talk.server("<message from='bob@example.org/x' type='chat' id='ack-1'><planb xmlns='urn:planb:message:0'>"
                "<ack stream='ffeeddccbbaa9988' ranges='1 1'/></planb></message>");
    const auto told = talk.events<Acknowledgement>();
    ASSERT_EQ(told.size(), 1u);
    EXPECT_EQ(told[0].from, kBob);
    EXPECT_EQ(told[0].acks, acks());
    EXPECT_TRUE(talk.events<Incoming>().empty());
    talk.server("<r xmlns='urn:xmpp:sm:3'/>");
    EXPECT_TRUE(talk.clientSaid("h='1'")) << "nothing has to be stored before the server may forget it";
}

TEST(Acknowledging, MakesRoomForALongText)
{
    Dialogue talk;
    talk.settle();
    Payload payload{*WireId::parse(u"w1"), QString(xmpp::kMaxSentBytes - 300, u'x'), 12, wallFromMillis(1), {}};
    payload.acks = acks();
    for (quint64 number = 3; number < 60; number += 2)
        payload.acks[0].ranges.add(number);
    talk.session.send(AttemptId(1), payload, kBob, talk.now);
    const QByteArray said = talk.client();
    EXPECT_TRUE(said.contains("xxx")) << "the text goes";
    EXPECT_FALSE(said.contains("<ack")) << "the acknowledgement is said again later";
    EXPECT_TRUE(talk.events<HandedOver>().empty());
}

} // namespace planb::test
