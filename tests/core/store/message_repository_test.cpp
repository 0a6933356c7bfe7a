// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/store/store_fixture.h"

namespace planb::store {
namespace {

using namespace Qt::StringLiterals;

class Messages : public StoreTest
{
protected:
    MessageRepository &messages() { return store().messages(); }
};

TEST_F(Messages, ThatGoOutAreStoredAsQueued)
{
    const Contact contact = bob();
    const Message message = must(
        messages().addOutgoing({contact.conversation, contact.id, wire(u"w1"_s), u"hi"_s, at(5), {}}));
    Message expected;
    expected.id = message.id;
    expected.conversation = contact.conversation;
    expected.contact = contact.id;
    expected.direction = Direction::Out;
    expected.text = u"hi"_s;
    expected.sentAt = at(5);
    expected.state = MessageState::Queued;
    EXPECT_EQ(message, expected);
    EXPECT_EQ(must(messages().byId(message.id)), expected);
}

TEST_F(Messages, ThatComeInAreStoredAsDeliveredWithTheirRoute)
{
    const Contact contact = bob();
    const Message message = incoming(draft(contact, u"w1"_s, u"hi"_s)).value();
    Message expected;
    expected.id = message.id;
    expected.conversation = contact.conversation;
    expected.contact = contact.id;
    expected.direction = Direction::In;
    expected.text = u"hi"_s;
    expected.sentAt = at(1000);
    expected.receivedAt = at(2000);
    expected.state = MessageState::Delivered;
    expected.route = RouteLabel{TransportId(7), u"Example"_s, TransportKind::Xmpp};
    EXPECT_EQ(message, expected);
    EXPECT_EQ(must(messages().byId(message.id)), expected);
}

TEST_F(Messages, CarryTheirWireIdAndPlaceToTheTransport)
{
    const Contact contact = bob();
    const Message question = incoming(draft(contact, u"question"_s, u"?"_s)).value();
    const Message answer = must(
        messages().addOutgoing({contact.conversation, contact.id, wire(u"answer"_s), u"!"_s, at(5), question.id}));
    const auto row = must(messages().outgoing(answer.id));
    EXPECT_EQ(row.message, answer);
    EXPECT_EQ(row.wireId, wire(u"answer"_s));
    EXPECT_EQ(row.order, 2U);
    EXPECT_EQ(row.replyTo, wire(u"question"_s));
    EXPECT_EQ(answer.replyTo, question.id);
}

TEST_F(Messages, MayNotReplyToAnotherConversation)
{
    const Contact contact = bob();
    const Message elsewhere = outgoing(added(u"Carol"_s, u"carol@a.example"_s), u"secret"_s);
    const auto reply = messages().addOutgoing(
        {contact.conversation, contact.id, wire(u"w"_s), u"!"_s, at(5), elsewhere.id});
    EXPECT_EQ(codeOf(reply), FailureCode::UnknownMessage);
    EXPECT_EQ(page(contact), QList<QString>());
}

TEST_F(Messages, FindWhatTheyReplyToWhenItArrivesLater)
{
    const Contact contact = bob();
    auto reply = draft(contact, u"reply"_s, u"reply"_s);
    reply.replyTo = wire(u"question"_s);
    const Message early = incoming(reply).value();
    EXPECT_EQ(early.replyTo, std::nullopt);
    const Message question = incoming(contact, u"question"_s);
    EXPECT_EQ(must(messages().byId(early.id)).replyTo, question.id);
}

TEST_F(Messages, DoNotReplyToAMessageOfSomebodyElseWithTheSameWireId)
{
    const Contact contact = bob();
    incoming(added(u"Carol"_s, u"carol@a.example"_s), u"question"_s);
    auto reply = draft(contact, u"reply"_s, u"reply"_s);
    reply.replyTo = wire(u"question"_s);
    EXPECT_EQ(incoming(reply)->replyTo, std::nullopt);
}

TEST_F(Messages, ThatDoNotExistAreUnknown)
{
    const MessageId nothing(99);
    EXPECT_EQ(codeOf(messages().byId(nothing)), FailureCode::UnknownMessage);
    EXPECT_EQ(codeOf(messages().outgoing(nothing)), FailureCode::UnknownMessage);
    EXPECT_EQ(codeOf(messages().advance(nothing, MessageState::Sent, {})), FailureCode::UnknownMessage);
    EXPECT_EQ(codeOf(messages().markRead(bob().conversation, nothing)), FailureCode::UnknownMessage);
}

TEST_F(Messages, ThatCameInAreNoOutgoingOnes)
{
    const Message message = incoming(bob(), u"in"_s);
    EXPECT_EQ(codeOf(messages().outgoing(message.id)), FailureCode::UnknownMessage);
    EXPECT_EQ(codeOf(messages().advance(message.id, MessageState::Read, {})), FailureCode::UnknownMessage);
}

TEST_F(Messages, NeedAConversationWithTheirContact)
{
    const Contact contact = bob();
    const Contact other = added(u"Carol"_s, u"carol@a.example"_s);
    auto lost = draft(contact, u"1"_s, u"x"_s);
    lost.conversation = ConversationId(99);
    EXPECT_EQ(codeOf(messages().addIncoming(lost)), FailureCode::UnknownConversation);
    auto mixed = draft(contact, u"1"_s, u"x"_s);
    mixed.contact = other.id;
    EXPECT_EQ(codeOf(messages().addIncoming(mixed)), FailureCode::UnknownContact);
    EXPECT_EQ(codeOf(messages().addOutgoing({contact.conversation, other.id, wire(u"w"_s), u"x"_s, at(1), {}})),
              FailureCode::UnknownContact);
}

TEST_F(Messages, AreShownInPagesWithTheNewestLast)
{
    const Contact contact = bob();
    QList<MessageId> ids;
    for (int i = 0; i < 5; ++i)
        ids.append(outgoing(contact, QString::number(i)).id);
    const auto last = must(messages().page(contact.conversation, {}, 2));
    EXPECT_EQ(idsOf(last), ids.sliced(3, 2));
    EXPECT_EQ(idsOf(must(messages().page(contact.conversation, last.first().id, 2))), ids.sliced(1, 2));
    EXPECT_EQ(idsOf(must(messages().page(contact.conversation, ids[0], 2))), QList<MessageId>());
}

TEST_F(Messages, AreNotShownInPagesThatMakeNoSense)
{
    const Contact contact = bob();
    const Message elsewhere = outgoing(added(u"Carol"_s, u"carol@a.example"_s), u"x"_s);
    EXPECT_EQ(codeOf(messages().page(contact.conversation, {}, 0)), FailureCode::InvalidArgument);
    EXPECT_EQ(codeOf(messages().page(contact.conversation, {}, 501)), FailureCode::InvalidArgument);
    EXPECT_EQ(codeOf(messages().page(ConversationId(99), {}, 10)), FailureCode::UnknownConversation);
    EXPECT_EQ(codeOf(messages().page(contact.conversation, elsewhere.id, 10)), FailureCode::UnknownMessage);
}

TEST_F(Messages, AreFoundByTheirWireIdAmongThoseToOneContact)
{
    const Contact contact = bob();
    const Contact other = added(u"Carol"_s, u"carol@a.example"_s);
    const Message message = outgoing(contact, u"w"_s);
    EXPECT_EQ(must(messages().findOutgoing(contact.id, wire(u"w"_s))), message.id);
    EXPECT_EQ(must(messages().findOutgoing(other.id, wire(u"w"_s))), std::nullopt);
    incoming(contact, u"theirs"_s);
    EXPECT_EQ(must(messages().findOutgoing(contact.id, wire(u"theirs"_s))), std::nullopt);
}

TEST_F(Messages, KeepEveryCharacterOfTheirText)
{
    const Contact contact = bob();
    const QString text = u"안녕 \U0001F468‍\U0001F469‍\U0001F467 'quoted' \"; DROP TABLE messages; --\n\tend"_s;
    EXPECT_EQ(incoming(draft(contact, u"w"_s, text))->text, text);
    reopen();
    EXPECT_EQ(page(contact), QList<QString>{text});
}

} // namespace
} // namespace planb::store
