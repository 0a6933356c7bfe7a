// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/messenger/profile_at_work.h"

#include <gtest/gtest.h>

namespace planb::test {

using namespace Qt::StringLiterals;

namespace {

const StreamId kTheirs = *StreamId::parse(u"ffeeddccbbaa9988");
const QString kBob = u"bob@primary.test"_s;

Address at(const QString &jid)
{
    return Address::parse(TransportKind::Xmpp, jid).value();
}

AckRanges ranges(std::initializer_list<quint64> numbers)
{
    AckRanges made;
    for (const quint64 number : numbers)
        made.add(number);
    return made;
}

/// What bob's PlanB would send as the `number`-th of its run.
Incoming fromBob(quint64 number, quint64 base = 1, const QString &jid = kBob)
{
    Incoming incoming = ProfileAtWork::incoming(jid, u"text %1"_s.arg(number), u"b%1"_s.arg(number), number);
    incoming.place = StreamPlace{kTheirs, number, base};
    return incoming;
}

class Streams : public testing::Test
{
protected:
    Streams()
    {
        primary().becomeReady();
        alice.transport(1).becomeReady();
    }

    FakeTransport &primary() { return alice.transport(0); }
    FakeTransport &backup() { return alice.transport(1); }
    MessageId send(const QString &text = u"hello"_s)
    {
        return alice.profile().send(bob.contact, text, {}, {}).value().message;
    }
    /// Sent, and taken by the server.
    MessageId sendAway()
    {
        const MessageId id = send();
        primary().acceptAll();
        return id;
    }
    Payload lastSent() { return primary().sent.constLast().payload; }
    StreamId stream() { return lastSent().place.value().stream; }
    Message message(MessageId id) { return alice.profile().message(id).value(); }
    MessageState state(MessageId id) { return message(id).state; }
    void acknowledge(const StreamId &stream, const AckRanges &ranges, const QString &jid = kBob)
    {
        primary().receiveAcks({at(jid), {{stream, ranges}}});
    }

    ProfileAtWork alice;
    AddedContact bob = alice.addBob();
};

} // namespace

// --- what we send ---

TEST_F(Streams, NumberWhatGoesToAContact)
{
    send();
    EXPECT_EQ(lastSent().place, (StreamPlace{stream(), 1, 1}));
    send();
    EXPECT_EQ(lastSent().place, (StreamPlace{stream(), 2, 1}));
    const StreamId toBob = stream();
    const auto carol = alice.profile().addContact(u"Carol"_s, {at(u"carol@primary.test"_s)}).value();
    EXPECT_TRUE(alice.profile().send(carol.contact, u"hello"_s, {}, {}));
    EXPECT_EQ(lastSent().place, (StreamPlace{stream(), 1, 1}));
    EXPECT_NE(stream(), toBob);
}

TEST_F(Streams, BeginAnewWithEveryRunWhileOldMessagesKeepTheirPlace)
{
    send();
    const Payload before = lastSent();
    alice.restart();
    primary().becomeReady();
    ASSERT_EQ(primary().sent.size(), 1);
    EXPECT_EQ(lastSent().place, before.place);
    EXPECT_EQ(lastSent().parents, before.parents);
    EXPECT_EQ(lastSent().wireId, before.wireId);
    send();
    EXPECT_NE(stream(), before.place->stream);
    EXPECT_EQ(lastSent().place->number, 1u);
}

TEST_F(Streams, SayFromWhereOnWeStillWait)
{
    sendAway();
    const MessageId second = sendAway();
    acknowledge(stream(), ranges({1}));
    send();
    EXPECT_EQ(lastSent().place, (StreamPlace{stream(), 3, 2}));
    EXPECT_EQ(state(second), MessageState::Sent);
}

TEST_F(Streams, NameTheNewestMessagesOfTheConversation)
{
    primary().receive(fromBob(1));
    send();
    EXPECT_EQ(lastSent().parents, (QList<WireId>{*WireId::parse(u"b1")}));
    const WireId own = lastSent().wireId;
    send();
    EXPECT_EQ(lastSent().parents, (QList<WireId>{own, *WireId::parse(u"b1")}));
}

TEST_F(Streams, CarryAcknowledgementsToThoseWhoUnderstandThem)
{
    Incoming plain = fromBob(1);
    plain.removesRepeats = false;
    primary().receive(plain);
    send();
    EXPECT_TRUE(lastSent().acks.isEmpty());
    primary().receive(fromBob(2));
    send();
    EXPECT_EQ(lastSent().acks, (QList<StreamAck>{{kTheirs, ranges({1, 2})}}));
}

// --- what they acknowledge ---

TEST_F(Streams, DeliverWhatAnAcknowledgementCovers)
{
    const MessageId one = sendAway(), two = sendAway(), three = sendAway();
    acknowledge(stream(), ranges({1, 3}));
    EXPECT_EQ(state(one), MessageState::Delivered);
    EXPECT_EQ(state(two), MessageState::Sent);
    EXPECT_EQ(state(three), MessageState::Delivered);
    ASSERT_TRUE(message(one).route);
    EXPECT_EQ(message(one).route->label, u"primary"_s);
    EXPECT_TRUE(alice.updated.contains(std::pair(one, MessageState::Delivered)));
    const auto before = alice.updated;
    acknowledge(stream(), ranges({1, 3}));
    EXPECT_EQ(alice.updated, before) << "told once";
}

TEST_F(Streams, DeliverWhatAMessagesOwnAcknowledgementsCover)
{
    const MessageId one = sendAway();
    Incoming answer = fromBob(1);
    answer.acks = {{stream(), ranges({1})}};
    primary().receive(answer);
    EXPECT_EQ(state(one), MessageState::Delivered);
    EXPECT_EQ(alice.profile().messages(bob.conversation, {}, 10).value().size(), 2);
}

TEST_F(Streams, SayNothingOfTheWayIfTheMessageDidNotGoTheWayTheAcknowledgementCame)
{
    const MessageId one = sendAway();
    backup().receiveAcks({at(u"bob@backup.test"_s), {{stream(), ranges({1})}}});
    EXPECT_EQ(state(one), MessageState::Delivered);
    EXPECT_EQ(alice.profile().messageWay(one).value().attempts.size(), 1);
    EXPECT_NE(message(one).route.value_or(RouteLabel()).label, u"backup"_s);
}

TEST_F(Streams, DoNotSendAgainAfterARestartWhatWasAcknowledged)
{
    sendAway();
    acknowledge(stream(), ranges({1}));
    alice.restart();
    primary().becomeReady();
    EXPECT_TRUE(primary().sent.isEmpty());
}

TEST_F(Streams, TellThatTheOtherSideIsPlanB)
{
    sendAway();
    EXPECT_FALSE(alice.profile().contacts().value().first().removesRepeats);
    acknowledge(stream(), ranges({1}));
    EXPECT_TRUE(alice.profile().contacts().value().first().removesRepeats);
}

TEST_F(Streams, ChangeNothingOnTheWordOfSomebodyElse)
{
    const MessageId one = sendAway();
    const StreamId mine = stream();
    acknowledge(mine, ranges({1}), u"mallory@primary.test"_s);
    primary().receive(fromBob(1, 1, u"mallory@primary.test"_s));
    acknowledge(mine, ranges({1}), u"mallory@primary.test"_s);
    Incoming withAck = fromBob(2, 1, u"mallory@primary.test"_s);
    withAck.acks = {{mine, ranges({1})}};
    primary().receive(withAck);
    EXPECT_EQ(state(one), MessageState::Sent);
    EXPECT_EQ(alice.profile().contacts().value().size(), 2) << "Mallory wrote, so there is a conversation";
}

TEST_F(Streams, ChangeNothingWhereNothingWasSent)
{
    primary().lose();
    backup().lose();
    const MessageId waiting = send();
    primary().becomeReady();
    const MessageId sent = alice.profile().send(bob.contact, u"another"_s, {}, {}).value().message;
    const auto before = alice.updated;
    acknowledge(kTheirs, ranges({1, 2, 3}));
    acknowledge(stream(), ranges({3, 4, AckRanges::kMaxNumber}));
    EXPECT_EQ(alice.updated, before);
    EXPECT_EQ(state(waiting), MessageState::Sending);
    EXPECT_EQ(state(sent), MessageState::Sending);
}

// To Bob nothing has changed: he has the numbers of before, and says so.
TEST_F(Streams, DoNotTakeOldAcknowledgementsForNewMessagesToSomebodyAddedAgain)
{
    sendAway();
    const StreamId before = stream();
    ASSERT_TRUE(alice.profile().removeContact(bob.contact));
    bob = alice.addBob();
    const MessageId fresh = sendAway();
    acknowledge(before, ranges({1}));
    EXPECT_EQ(state(fresh), MessageState::Sent);
    acknowledge(stream(), ranges({1}));
    EXPECT_EQ(state(fresh), MessageState::Delivered);
}

TEST_F(Streams, KeepAMessageThatSomebodyAcknowledgesInAdvance)
{
    sendAway();
    const StreamId mine = stream();
    primary().lose();
    backup().lose();
    const MessageId waiting = send();
    acknowledge(mine, ranges({1, 2}));
    EXPECT_EQ(state(waiting), MessageState::Queued);
    primary().becomeReady();
    EXPECT_EQ(lastSent().place->number, 2u);
}

// --- what we acknowledge ---

TEST_F(Streams, AreAcknowledgedAtOnceWhenAGapOpens)
{
    primary().receive(fromBob(1));
    EXPECT_TRUE(primary().sentAcks.isEmpty()) << "an answer may carry it";
    primary().receive(fromBob(3));
    ASSERT_EQ(primary().sentAcks.size(), 1);
    EXPECT_EQ(primary().sentAcks.first().acks, (QList<StreamAck>{{kTheirs, ranges({1, 3})}}));
    EXPECT_EQ(primary().sentAcks.first().to, at(kBob));
}

TEST_F(Streams, AreAcknowledgedTheWayTheRepeatCame)
{
    primary().receive(fromBob(1));
    backup().receive(fromBob(1, 1, u"bob@backup.test"_s));
    EXPECT_EQ(alice.added.size(), 1);
    EXPECT_TRUE(primary().sentAcks.isEmpty());
    ASSERT_EQ(backup().sentAcks.size(), 1);
    EXPECT_EQ(backup().sentAcks.first().acks, (QList<StreamAck>{{kTheirs, ranges({1})}}));
    EXPECT_EQ(backup().sentAcks.first().to, at(u"bob@backup.test"_s));
}

TEST_F(Streams, AreRememberedOverARestart)
{
    for (const quint64 number : {1, 2, 3})
        primary().receive(fromBob(number));
    alice.restart();
    primary().becomeReady();
    primary().receive(fromBob(2));
    EXPECT_EQ(alice.added.size(), 3);
    ASSERT_FALSE(primary().sentAcks.isEmpty());
    EXPECT_EQ(primary().sentAcks.last().acks, (QList<StreamAck>{{kTheirs, ranges({1, 2, 3})}}));
}

TEST_F(Streams, AreAcknowledgedByTheNextRunIfThisOneDidNotComeToIt)
{
    primary().receive(fromBob(1));
    ASSERT_TRUE(primary().sentAcks.isEmpty());
    alice.restart();
    EXPECT_TRUE(primary().sentAcks.isEmpty());
    primary().becomeReady();
    ASSERT_EQ(primary().sentAcks.size(), 1);
    EXPECT_EQ(primary().sentAcks.first().acks, (QList<StreamAck>{{kTheirs, ranges({1})}}));
    EXPECT_EQ(primary().sentAcks.first().to, at(kBob));
}

TEST_F(Streams, AreNotAcknowledgedByEveryRunAnew)
{
    const auto sendAndHearOfIt = [this] {
        sendAway();
        acknowledge(stream(), ranges({lastSent().place->number}));
    };
    primary().receive(fromBob(1));
    sendAndHearOfIt(); // carries it
    alice.restart();
    primary().becomeReady();
    EXPECT_TRUE(primary().sentAcks.isEmpty());

    primary().receive(fromBob(2));
    sendAndHearOfIt();
    primary().receive(fromBob(3));
    alice.restart();
    primary().becomeReady();
    EXPECT_EQ(primary().sentAcks.size(), 1) << "the third one came after what was carried";
}

TEST_F(Streams, ForgetWhatTheAuthorGaveUp)
{
    primary().receive(fromBob(1));
    primary().receive(fromBob(5, 4));
    ASSERT_EQ(primary().sentAcks.size(), 1);
    AckRanges expected;
    expected.forgetBelow(4);
    expected.add(5);
    EXPECT_EQ(primary().sentAcks.first().acks, (QList<StreamAck>{{kTheirs, expected}}));
}

TEST_F(Streams, AreNotAcknowledgedToThoseWhoGaveNoPlace)
{
    for (int i = 0; i < 40; ++i)
        primary().receive(ProfileAtWork::incoming(kBob, u"x"_s, u"w1"_s));
    EXPECT_TRUE(primary().sentAcks.isEmpty());
    send();
    EXPECT_TRUE(lastSent().acks.isEmpty());
}

TEST_F(Streams, OfAStrangerGoOnWhenTheyAreAdded)
{
    const QString carol = u"carol@primary.test"_s;
    primary().receive(fromBob(1, 1, carol));
    const auto known = alice.profile().addContact(u"Carol"_s, {at(carol)}).value();
    primary().receive(fromBob(2, 1, carol));
    EXPECT_TRUE(alice.profile().send(known.contact, u"hello"_s, {}, {}));
    EXPECT_EQ(lastSent().acks, (QList<StreamAck>{{kTheirs, ranges({1, 2})}}));
}

// --- receipts and bounces beside them ---

TEST_F(Streams, LeaveReceiptsTheirWord)
{
    const MessageId one = sendAway();
    primary().report({Report::Kind::Delivered, at(kBob), lastSent().wireId, {}, false});
    EXPECT_EQ(state(one), MessageState::Delivered);
    EXPECT_FALSE(alice.profile().contacts().value().first().removesRepeats);
}

// The server's word was the last there was; its bounce takes the message up again, and so does the next run.
TEST(Bounces, LeaveAPlainMessageInHandOverARestart)
{
    ProfileAtWork alice({u"alice@primary.test"_s});
    const auto bob = alice.profile().addContact(u"Bob"_s, {at(kBob)}).value();
    alice.transport(0).becomeReady();
    const auto sent = alice.profile().send(bob.contact, u"hello"_s, {}, {}).value();
    const auto attempt = alice.transport(0).sent.first();
    alice.transport(0).accept(attempt.attempt);
    alice.transport(0).report({Report::Kind::Bounced, at(kBob), attempt.payload.wireId,
                               Failure{FailureCode::RecipientUnavailable, {}, {}}, false});
    const auto rows = alice.anotherHandle()->outbox().all().value();
    ASSERT_EQ(rows.size(), 1);
    EXPECT_FALSE(rows.first().accepted);

    alice.restart();
    alice.transport(0).becomeReady();
    ASSERT_EQ(alice.transport(0).sent.size(), 1);
    EXPECT_EQ(alice.transport(0).sent.first().payload.wireId, attempt.payload.wireId);
    EXPECT_EQ(alice.transport(0).sent.first().payload.place, attempt.payload.place);
    EXPECT_EQ(alice.profile().messageWay(sent.message).value().attempts.size(), 2);
}

} // namespace planb::test
