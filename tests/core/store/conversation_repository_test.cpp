// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/store/store_fixture.h"

namespace planb::store {
namespace {

using namespace Qt::StringLiterals;

class Conversations : public StoreTest
{
protected:
    QList<QString> titles()
    {
        QList<QString> titles;
        for (const ConversationRow &row : must(store().conversations().all()))
            titles.append(row.title);
        return titles;
    }
};

TEST_F(Conversations, BeginWithTheContact)
{
    const Contact contact = bob();
    const ConversationRow row = must(store().conversations().byId(contact.conversation));
    EXPECT_EQ(row.id, contact.conversation);
    EXPECT_EQ(row.contact, contact.id);
    EXPECT_EQ(row.title, u"Bob"_s);
    EXPECT_EQ(row.unread, 0);
    EXPECT_EQ(row.last, std::nullopt);
    EXPECT_EQ(must(store().conversations().ofContact(contact.id)), contact.conversation);
}

TEST_F(Conversations, ThatDoNotExistAreUnknown)
{
    EXPECT_EQ(codeOf(store().conversations().byId(ConversationId(9))), FailureCode::UnknownConversation);
    EXPECT_EQ(codeOf(store().conversations().ofContact(ContactId(9))), FailureCode::UnknownContact);
}

TEST_F(Conversations, AreListedByTheirLastMessage)
{
    const Contact first = added(u"first"_s, u"a@a.example"_s);
    const Contact second = added(u"second"_s, u"b@a.example"_s);
    added(u"silent"_s, u"c@a.example"_s);
    outgoing(first, u"1"_s);
    outgoing(second, u"2"_s);
    EXPECT_EQ(titles(), (QList<QString>{u"second"_s, u"first"_s, u"silent"_s}));
    incoming(first, u"3"_s);
    EXPECT_EQ(titles(), (QList<QString>{u"first"_s, u"second"_s, u"silent"_s}));
}

TEST_F(Conversations, AreNotPutOnTopByAClockThatIsWrong)
{
    const Contact first = added(u"first"_s, u"a@a.example"_s);
    const Contact second = added(u"second"_s, u"b@a.example"_s);
    auto future = draft(first, u"1"_s, u"x"_s);
    future.sentAt = at(4'000'000'000'000);
    incoming(future);
    incoming(second, u"2"_s);
    EXPECT_EQ(titles(), (QList<QString>{u"second"_s, u"first"_s}));
}

TEST_F(Conversations, ShowTheLastMessageInTheOrderOfThePage)
{
    const Contact contact = bob();
    incoming(contact, u"later"_s, 10);
    incoming(contact, u"earlier, but late"_s, 5);
    EXPECT_EQ(must(store().conversations().byId(contact.conversation)).last->text, u"later"_s);
}

TEST_F(Conversations, CountWhatIsUnread)
{
    const Contact contact = bob();
    const Contact other = added(u"Carol"_s, u"carol@a.example"_s);
    const Message first = incoming(contact, u"1"_s);
    incoming(contact, u"2"_s);
    outgoing(contact, u"3"_s);
    incoming(other, u"4"_s);
    EXPECT_EQ(must(store().conversations().byId(contact.conversation)).unread, 2);
    must(store().messages().markRead(contact.conversation, first.id));
    EXPECT_EQ(must(store().conversations().byId(contact.conversation)).unread, 1);
    EXPECT_EQ(must(store().conversations().byId(other.conversation)).unread, 1);
}

} // namespace
} // namespace planb::store
