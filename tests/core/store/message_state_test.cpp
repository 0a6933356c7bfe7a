// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/store/store_fixture.h"

namespace planb::store {
namespace {

using namespace Qt::StringLiterals;

using enum MessageState;

class MessageStates : public StoreTest
{
protected:
    MessageRepository &messages() { return store().messages(); }
    const RouteLabel m_first{TransportId(1), u"First"_s, TransportKind::Xmpp};
    const RouteLabel m_second{TransportId(2), u"Second"_s, TransportKind::Email};
};

TEST_F(MessageStates, FollowTheTableForEveryPair)
{
    const Contact contact = bob();
    constexpr std::array all{Queued, Sending, Sent, Stalled, Failed, Delivered, Read};
    for (const MessageState from : all) {
        for (const MessageState to : all) {
            const Message message = outgoing(contact, nameOf(from) + u" to "_s + nameOf(to));
            must(messages().advance(message.id, from, {}));
            EXPECT_EQ(must(messages().advance(message.id, to, {})), mayFollow(from, to)) << message.text.toStdString();
            EXPECT_EQ(must(messages().byId(message.id)).state, mayFollow(from, to) ? to : from);
        }
    }
}

TEST_F(MessageStates, KeepTheRouteUntilThereIsAnotherOne)
{
    const Message message = outgoing(bob(), u"w"_s);
    must(messages().advance(message.id, Sending, m_first));
    EXPECT_EQ(must(messages().byId(message.id)).route, m_first);
    must(messages().advance(message.id, Sent, {}));
    EXPECT_EQ(must(messages().byId(message.id)).route, m_first);
    must(messages().advance(message.id, Delivered, m_second));
    EXPECT_EQ(must(messages().byId(message.id)).route, m_second);
}

TEST_F(MessageStates, ThatMayNotFollowLeaveTheRoute)
{
    const Message message = outgoing(bob(), u"w"_s);
    must(messages().advance(message.id, Delivered, m_first));
    EXPECT_FALSE(must(messages().advance(message.id, Sent, m_second)));
    EXPECT_EQ(must(messages().byId(message.id)).route, m_first);
}

TEST_F(MessageStates, TellHowManyMessagesWaitAndSinceWhen)
{
    const Contact contact = bob();
    const auto add = [&](const QString &id, qint64 time) {
        return must(messages().addOutgoing({contact.conversation, contact.id, wire(id), id, at(time), {}})).id;
    };
    EXPECT_EQ(must(messages().queuedCount()), 0);
    EXPECT_EQ(must(messages().oldestQueuedAt()), std::nullopt);
    const MessageId late = add(u"late"_s, 300);
    const MessageId early = add(u"early"_s, 100);
    add(u"middle"_s, 200);
    incoming(contact, u"not one of them"_s);
    EXPECT_EQ(must(messages().queuedCount()), 3);
    EXPECT_EQ(must(messages().oldestQueuedAt()), at(100));
    must(messages().advance(late, Sending, {}));
    EXPECT_EQ(must(messages().queuedCount()), 3);
    must(messages().advance(early, Sent, {}));
    EXPECT_EQ(must(messages().queuedCount()), 2);
    EXPECT_EQ(must(messages().oldestQueuedAt()), at(200));
}

TEST_F(MessageStates, AreReadUpToAPlace)
{
    const Contact contact = bob();
    const Message third = incoming(contact, u"3"_s, 3);
    const Message first = incoming(contact, u"1"_s, 1);
    const Message own = outgoing(contact, u"4"_s);
    const Message fifth = incoming(contact, u"5"_s, 5);
    // Up to an own message; the late one counts by its place and not by its arrival.
    EXPECT_EQ(must(messages().markRead(contact.conversation, own.id)), (QList<MessageId>{first.id, third.id}));
    EXPECT_EQ(must(messages().byId(first.id)).state, Read);
    EXPECT_EQ(must(messages().byId(third.id)).state, Read);
    EXPECT_EQ(must(messages().byId(fifth.id)).state, Delivered);
    EXPECT_EQ(must(messages().byId(own.id)).state, Queued);
}

TEST_F(MessageStates, AreReadOnce)
{
    const Contact contact = bob();
    const Message message = incoming(contact, u"1"_s);
    EXPECT_EQ(must(messages().markRead(contact.conversation, message.id)), QList<MessageId>{message.id});
    EXPECT_EQ(must(messages().markRead(contact.conversation, message.id)), QList<MessageId>());
}

TEST_F(MessageStates, AreReadInOneConversationOnly)
{
    const Contact contact = bob();
    const Contact other = added(u"Carol"_s, u"carol@a.example"_s);
    const Message theirs = incoming(other, u"1"_s);
    const Message last = incoming(contact, u"2"_s);
    must(messages().markRead(contact.conversation, last.id));
    EXPECT_EQ(must(messages().byId(theirs.id)).state, Delivered);
    EXPECT_EQ(codeOf(messages().markRead(contact.conversation, theirs.id)), FailureCode::UnknownMessage);
}

TEST_F(MessageStates, AreReadUpToOneOfManyInTheSamePlace)
{
    const Contact contact = bob();
    const Message first = incoming(contact, u"a"_s, 1);
    const Message second = incoming(contact, u"b"_s, 1);
    const Message third = incoming(contact, u"c"_s, 1);
    EXPECT_EQ(must(messages().markRead(contact.conversation, second.id)), (QList<MessageId>{first.id, second.id}));
    EXPECT_EQ(must(messages().byId(third.id)).state, Delivered);
}

} // namespace
} // namespace planb::store
