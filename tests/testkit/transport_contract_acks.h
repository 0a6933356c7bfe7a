// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/testkit/transport_contract_fixture.h"

namespace planb::test {

// Acknowledgements, and what belongs to them.

TEST_P(TransportContract, CarriesPlaceParentsAndAcknowledgementsWithAMessage)
{
    startBoth();
    Payload sent = payload(QStringLiteral("numbered"));
    sent.place = StreamPlace{ackUpTo(1).stream, AckRanges::kMaxNumber, 7};
    for (qsizetype i = 0; i < kMaxParents; ++i)
        sent.parents.append(payload({}).wireId);
    for (qsizetype i = 0; i < kMaxStreamAcks; ++i)
        sent.acks.append(ackUpTo(static_cast<quint64>(i)));
    for (quint64 number = 10; number < 10 + 3 * AckRanges::kMaxRanges; number += 3)
        sent.acks.last().ranges.add(number);
    send(sent, bobsAddress());
    send(payload(QStringLiteral("plain")), bobsAddress());
    ASSERT_TRUE(waitUntil([&] { return bob->received.size() == 2; }));
    EXPECT_EQ(bob->received[0].place, sent.place);
    EXPECT_EQ(bob->received[0].parents, sent.parents);
    EXPECT_EQ(bob->received[0].acks, sent.acks);
    EXPECT_FALSE(bob->received[1].place);
    EXPECT_TRUE(bob->received[1].parents.isEmpty());
    EXPECT_TRUE(bob->received[1].acks.isEmpty());
    EXPECT_TRUE(bob->acknowledgements.empty());
}

TEST_P(TransportContract, CarriesAcknowledgementsAlone)
{
    startBoth();
    const QList<StreamAck> acks{ackUpTo(5), ackUpTo(2)};
    aliceSide().acknowledge(acks, bobsAddress());
    ASSERT_TRUE(waitUntil([&] { return !bob->acknowledgements.empty(); }));
    ASSERT_EQ(bob->acknowledgements.size(), 1u);
    EXPECT_EQ(bob->acknowledgements.front().acks, acks);
    EXPECT_EQ(bob->acknowledgements.front().from.value, aliceSide().traits().ownAddress);
    EXPECT_EQ(bob->acknowledgements.front().from.kind, aliceSide().traits().kind);
    EXPECT_TRUE(bob->received.empty());
    EXPECT_TRUE(alice->handed.empty());
}

TEST_P(TransportContract, ForgetsAcknowledgementsThatCannotLeaveNow)
{
    aliceSide().acknowledge({ackUpTo(1)}, bobsAddress());
    startBoth();
    const QList<StreamAck> later{ackUpTo(2)};
    aliceSide().acknowledge(later, bobsAddress());
    ASSERT_TRUE(waitUntil([&] { return !bob->acknowledgements.empty(); }));
    EXPECT_EQ(bob->acknowledgements.front().acks, later);
    EXPECT_TRUE(alice->handed.empty());
}

TEST_P(TransportContract, TellsNobodysAbsenceWhenOnlyAnAcknowledgementWasMeantForThem)
{
    startBoth();
    aliceSide().acknowledge({ackUpTo(1)}, world->nobody());
    const AttemptId attempt = sendToBob(QStringLiteral("still working"));
    ASSERT_TRUE(waitUntil([&] { return alice->isAnswered(attempt) && !bob->received.empty(); }));
    EXPECT_FALSE(
        waitUntil([&] { return !alice->reports.empty() && !alice->isDelivered(bob->received[0].wireId); }, Millis(50)));
}

TEST_P(TransportContract, LeavesItToTheCoreToConfirmAMessageThatHasAPlace)
{
    startBoth();
    Payload numbered = payload(QStringLiteral("numbered"));
    numbered.place = StreamPlace{ackUpTo(1).stream, 1, 1};
    const Payload plain = payload(QStringLiteral("plain"));
    send(numbered, bobsAddress());
    send(plain, bobsAddress());
    ASSERT_TRUE(waitUntil([&] { return bob->received.size() == 2; }));
    const bool confirms = aliceSide().traits().confirmsDelivery;
    ASSERT_TRUE(!confirms || waitUntil([&] { return alice->isDelivered(plain.wireId); }));
    EXPECT_FALSE(alice->isDelivered(numbered.wireId));
}

} // namespace planb::test
