// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The whole suite that every transport has to pass; see the fixture for how to run it.
#include "tests/testkit/transport_contract_acks.h"
#include "tests/testkit/transport_contract_fixture.h"

namespace planb::test {

// --- the connection ---

TEST_P(TransportContract, IsOffAndSilentUntilStarted)
{
    EXPECT_EQ(aliceSide().state(), LinkState());
    EXPECT_FALSE(waitUntil([&] { return !alice->states.empty(); }, Millis(20)));
}

TEST_P(TransportContract, BecomesReadyByWayOfConnecting)
{
    aliceSide().start();
    aliceSide().start(); // harmless
    ASSERT_TRUE(waitUntil([&] { return alice->isReady(); }));
    ASSERT_FALSE(alice->states.empty());
    EXPECT_EQ(alice->states.front().phase, LinkPhase::Connecting);
    EXPECT_EQ(alice->states.back(), aliceSide().state());
    EXPECT_FALSE(aliceSide().state().failure);
}

TEST_P(TransportContract, TellsItsStateOnlyWhenItChanges)
{
    startBoth();
    sendToBob(QStringLiteral("hello"));
    ASSERT_TRUE(waitUntil([&] { return !bob->received.empty(); }));
    world->cut();
    ASSERT_TRUE(waitUntil([&] { return alice->hasPhase(LinkPhase::Waiting); }));
    aliceSide().stop();
    ASSERT_FALSE(alice->states.empty());
    for (std::size_t i = 1; i < alice->states.size(); ++i)
        EXPECT_FALSE(alice->states[i] == alice->states[i - 1]) << i;
    EXPECT_EQ(alice->states.back(), LinkState());
}

TEST_P(TransportContract, WaitsWithAReasonWhenTheWayIsGoneAndComesBackByItself)
{
    startBoth();
    world->cut();
    ASSERT_TRUE(waitUntil([&] { return alice->hasPhase(LinkPhase::Waiting); }));
    EXPECT_TRUE(aliceSide().state().failure);
    EXPECT_TRUE(aliceSide().state().retryAt);
    world->restore();
    EXPECT_TRUE(waitUntil([&] { return alice->isReady(); }, 3 * kPatience));
}

TEST_P(TransportContract, SuspectsASilentLinkThenGivesItUp)
{
    startBoth();
    world->freeze();
    aliceSide().probe();
    ASSERT_TRUE(waitUntil([&] { return alice->hasPhase(LinkPhase::Suspect); }));
    ASSERT_TRUE(waitUntil([&] { return !alice->hasPhase(LinkPhase::Suspect); }));
    EXPECT_TRUE(aliceSide().state().failure);
    world->thaw();
    EXPECT_TRUE(waitUntil([&] { return alice->isReady(); }, 3 * kPatience));
}

TEST_P(TransportContract, TrustsASuspectLinkAgainOnceItAnswers)
{
    startBoth();
    const std::size_t before = alice->states.size();
    world->freeze();
    aliceSide().probe();
    ASSERT_TRUE(waitUntil([&] { return alice->hasPhase(LinkPhase::Suspect); }));
    world->thaw();
    ASSERT_TRUE(waitUntil([&] { return alice->isReady(); }));
    for (std::size_t i = before; i < alice->states.size(); ++i) {
        const LinkPhase phase = alice->states[i].phase;
        EXPECT_TRUE(phase == LinkPhase::Ready || phase == LinkPhase::Suspect) << "it is the same connection";
    }
}

TEST_P(TransportContract, TriesAtOnceWhenNudged)
{
    world->cut();
    aliceSide().start();
    ASSERT_TRUE(waitUntil([&] { return alice->hasPhase(LinkPhase::Waiting); }));
    world->restore();
    aliceSide().nudge();
    EXPECT_TRUE(waitUntil([&] { return alice->isReady(); }));
}

TEST_P(TransportContract, StandsAnyCallInAnyPhase)
{
    const auto callEverything = [&] {
        aliceSide().probe();
        aliceSide().nudge();
        aliceSide().acknowledge({ackUpTo(3)}, bobsAddress());
        aliceSide().handled(999'999, Disposition::Committed);
        sendToBob(QStringLiteral("whenever"));
    };
    callEverything();
    aliceSide().stop();
    aliceSide().start();
    callEverything();
    ASSERT_TRUE(waitUntil([&] { return alice->isReady(); }));
    callEverything();
    world->cut();
    callEverything();
    ASSERT_TRUE(waitUntil([&] { return alice->hasPhase(LinkPhase::Waiting); }));
    callEverything();
    aliceSide().stop();
    callEverything();
    expectOneAnswerEach();
}

TEST_P(TransportContract, StartsAgainAfterAStop)
{
    aliceSide().start();
    aliceSide().stop();
    EXPECT_EQ(aliceSide().state(), LinkState());
    startBoth();
    aliceSide().stop();
    startBoth();
    const AttemptId attempt = sendToBob(QStringLiteral("again"));
    ASSERT_TRUE(waitForAnswer(attempt));
    EXPECT_TRUE(alice->isAccepted(attempt));
}

// --- messages ---

TEST_P(TransportContract, CarriesAMessageUnchanged)
{
    startBoth();
    Payload sent = payload(QStringLiteral("다시 만나 반가워 🙂\n<b>&amp; ' \" ]]></b>\n  \ttab  x "));
    sent.replyTo = WireId::parse(u"earlier-message");
    const AttemptId attempt = send(sent, bobsAddress());
    ASSERT_TRUE(waitUntil([&] { return !bob->received.empty() && alice->isAnswered(attempt); }));
    EXPECT_TRUE(alice->isAccepted(attempt));
    ASSERT_EQ(bob->received.size(), 1u);
    const Incoming &got = bob->received.front();
    EXPECT_EQ(got.from.value, aliceSide().traits().ownAddress);
    EXPECT_EQ(got.from.kind, aliceSide().traits().kind);
    EXPECT_EQ(got.text, sent.text);
    EXPECT_EQ(got.wireId, sent.wireId);
    EXPECT_EQ(got.order, sent.order);
    EXPECT_EQ(got.sentAt, sent.composedAt);
    EXPECT_EQ(got.replyTo, sent.replyTo);
    EXPECT_TRUE(got.removesRepeats);
}

TEST_P(TransportContract, AnswersEachAttemptOnceAndKeepsTheOrder)
{
    startBoth();
    constexpr int kCount = 50;
    for (int i = 0; i < kCount; ++i)
        sendToBob(QString::number(i));
    ASSERT_TRUE(waitUntil([&] { return bob->received.size() == kCount && alice->handed.size() == kCount; }));
    for (int i = 0; i < kCount; ++i)
        EXPECT_EQ(bob->received[static_cast<std::size_t>(i)].text, QString::number(i));
    expectOneAnswerEach();
    for (const auto &[attempt, answers] : alice->handed)
        EXPECT_FALSE(answers.front());
}

TEST_P(TransportContract, GivesEveryMessageATokenOfItsOwn)
{
    startBoth();
    for (int i = 0; i < 5; ++i)
        sendToBob(QString::number(i));
    ASSERT_TRUE(waitUntil([&] { return bob->received.size() == 5; }));
    bobSide().stop();
    startBoth();
    sendToBob(QStringLiteral("after a new connection"));
    ASSERT_TRUE(waitUntil([&] { return bob->received.back().text == QStringLiteral("after a new connection"); }));
    std::set<quint64> tokens;
    for (const Incoming &incoming : bob->received)
        EXPECT_TRUE(tokens.insert(incoming.token).second);
    EXPECT_FALSE(tokens.contains(0));
}

TEST_P(TransportContract, ConfirmsAMessageOnceItIsStoredAndNotBefore)
{
    if (!aliceSide().traits().confirmsDelivery)
        GTEST_SKIP() << "this kind has no confirmations";
    bob->core = TransportWitness::Core::Waits;
    startBoth();
    const Payload first = payload(QStringLiteral("stored")), second = payload(QStringLiteral("dropped")),
                  third = payload(QStringLiteral("stored too"));
    for (const Payload &one : {first, second, third})
        send(one, bobsAddress());
    ASSERT_TRUE(waitUntil([&] { return bob->received.size() == 3; }));
    EXPECT_FALSE(waitUntil([&] { return !alice->reports.empty(); }, Millis(50)));
    bobSide().handled(bob->received[1].token, Disposition::Dropped);
    bobSide().handled(bob->received[0].token, Disposition::Committed);
    bobSide().handled(bob->received[2].token, Disposition::Committed);
    ASSERT_TRUE(waitUntil([&] { return alice->isDelivered(third.wireId); }));
    EXPECT_TRUE(alice->isDelivered(first.wireId));
    EXPECT_FALSE(alice->isDelivered(second.wireId));
    for (const Report &report : alice->reports) {
        EXPECT_EQ(report.from, bobsAddress());
        EXPECT_TRUE(report.removesRepeats);
    }
}

TEST_P(TransportContract, SaysThatAMessageStayedHereWhenThereIsNoConnection)
{
    const AttemptId off = sendToBob(QStringLiteral("off"));
    EXPECT_TRUE(alice->failureOf(off));
    EXPECT_NE(alice->failureOf(off), FailureCode::ConnectionLost);
    startBoth();
    aliceSide().stop();
    const AttemptId offAgain = sendToBob(QStringLiteral("off again"));
    EXPECT_NE(alice->failureOf(offAgain), FailureCode::ConnectionLost);
    startBoth();
    EXPECT_FALSE(waitUntil([&] { return !bob->received.empty(); }, Millis(50)));
    expectOneAnswerEach();
}

TEST_P(TransportContract, LeavesNoAttemptOpenWhenStopped)
{
    startBoth();
    world->freeze();
    const AttemptId attempt = sendToBob(QStringLiteral("under way"));
    aliceSide().stop();
    EXPECT_EQ(alice->failureOf(attempt), FailureCode::ConnectionLost);
    EXPECT_TRUE(alice->hasPhase(LinkPhase::Off));
    world->thaw();
    EXPECT_FALSE(waitUntil([&] { return alice->handed.at(attempt).size() > 1; }, Millis(50)));
}

TEST_P(TransportContract, LeavesNoAttemptOpenWhenTheConnectionIsLost)
{
    startBoth();
    world->freeze();
    const AttemptId attempt = sendToBob(QStringLiteral("under way"));
    aliceSide().probe();
    ASSERT_TRUE(waitForAnswer(attempt));
    EXPECT_EQ(alice->failureOf(attempt), FailureCode::ConnectionLost);
    world->thaw();
    ASSERT_TRUE(waitUntil([&] { return alice->isReady(); }, 3 * kPatience));
    expectOneAnswerEach();
}

TEST_P(TransportContract, TellsThatNobodyIsThere)
{
    startBoth();
    const Payload lost = payload(QStringLiteral("anybody?"));
    const AttemptId attempt = send(lost, world->nobody());
    const auto isTold = [&] {
        const bool byAnswer = alice->failureOf(attempt).has_value();
        const bool byReport = !alice->reports.empty() && alice->reports.front().kind == Report::Kind::Bounced;
        return byAnswer || byReport;
    };
    ASSERT_TRUE(waitUntil(isTold));
    const FailureCode code = alice->failureOf(attempt) ? *alice->failureOf(attempt)
                                                       : alice->reports.front().failure->code;
    EXPECT_EQ(traitsOf(code).blame, Blame::Recipient);
    // One bad address is nobody else's trouble.
    const AttemptId next = sendToBob(QStringLiteral("you at least"));
    ASSERT_TRUE(waitForAnswer(next));
    EXPECT_TRUE(alice->isAccepted(next));
}

TEST_P(TransportContract, RefusesATextThatIsTooLongAndCarriesTheLongest)
{
    startBoth();
    const qsizetype limit = aliceSide().traits().maxTextBytes;
    ASSERT_GT(limit, 0);
    const AttemptId longest = sendToBob(QString(limit, u'x'));
    const AttemptId tooLong = sendToBob(QString(4 * limit, u'x'));
    ASSERT_TRUE(waitForAnswer(longest) && waitForAnswer(tooLong));
    EXPECT_TRUE(alice->isAccepted(longest));
    EXPECT_EQ(alice->failureOf(tooLong), FailureCode::MessageTooLarge);
    ASSERT_TRUE(waitUntil([&] { return !bob->received.empty(); }));
    EXPECT_EQ(bob->received.front().text.size(), limit);
}

} // namespace planb::test
