// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/store/store_fixture.h"

namespace planb::store {
namespace {

using namespace Qt::StringLiterals;

class Contacts : public StoreTest
{
protected:
    ContactRepository &contacts() { return store().contacts(); }
};

TEST_F(Contacts, AreFoundByIdAndByEachOfTheirAddressesInOrder)
{
    const QList<Address> addresses{jid(u"bob@b.example"_s), jid(u"bob@a.example"_s)};
    const Contact contact = must(contacts().add(u"Bob"_s, addresses, true, at(1)));
    EXPECT_EQ(contact.name, u"Bob"_s);
    EXPECT_EQ(contact.addresses, addresses);
    EXPECT_TRUE(contact.isAdded);
    EXPECT_FALSE(contact.removesRepeats);
    EXPECT_EQ(must(contacts().byId(contact.id)), contact);
    for (const Address &address : addresses)
        EXPECT_EQ(must(contacts().byAddress(address)), contact);
}

TEST_F(Contacts, AreListedInTheOrderInWhichTheyWereMade)
{
    const Contact first = added(u"Zoe"_s, u"zoe@a.example"_s);
    const Contact second = stranger(u"ann@a.example"_s);
    EXPECT_EQ(must(contacts().all()), (QList<Contact>{first, second}));
}

TEST_F(Contacts, MayHaveNoAddress)
{
    const Contact contact = must(contacts().add(u"Bob"_s, {}, true, at(1)));
    EXPECT_EQ(must(contacts().byId(contact.id)).addresses, QList<Address>());
}

TEST_F(Contacts, HaveARepeatedAddressOnce)
{
    const Address address = jid(u"bob@a.example"_s);
    const Contact contact = must(contacts().add(u"Bob"_s, {address, address}, true, at(1)));
    EXPECT_EQ(contact.addresses, QList<Address>{address});
}

TEST_F(Contacts, OfOneAddressOnDifferentKindsOfNetworkAreDifferent)
{
    const Contact chat = bob();
    const Address mail = must(Address::parse(TransportKind::Email, u"bob@a.example"_s));
    EXPECT_EQ(must(contacts().byAddress(mail)), std::nullopt);
    const Contact other = must(contacts().add(u"Bob's mail"_s, {mail}, true, at(1)));
    EXPECT_NE(other.id, chat.id);
}

TEST_F(Contacts, DoNotShareAnAddress)
{
    const Contact first = bob();
    const auto second = contacts().add(u"Robert"_s, {jid(u"new@a.example"_s), first.addresses[0]}, true, at(1));
    EXPECT_EQ(codeOf(second), FailureCode::AddressInUse);
    EXPECT_EQ(must(contacts().all()), QList<Contact>{first});
    EXPECT_EQ(must(contacts().byAddress(jid(u"new@a.example"_s))), std::nullopt);
}

TEST_F(Contacts, CanBeRenamed)
{
    const Contact contact = bob();
    must(contacts().rename(contact.id, u"Robert"_s));
    EXPECT_EQ(must(contacts().byId(contact.id)).name, u"Robert"_s);
    EXPECT_EQ(must(store().conversations().byId(contact.conversation)).title, u"Robert"_s);
}

TEST_F(Contacts, CanBeGivenOtherAddresses)
{
    const Contact contact = bob();
    const QList<Address> addresses{jid(u"bob@b.example"_s), contact.addresses[0]};
    must(contacts().setAddresses(contact.id, addresses));
    EXPECT_EQ(must(contacts().byId(contact.id)).addresses, addresses);
    must(contacts().setAddresses(contact.id, {addresses[0]}));
    EXPECT_EQ(must(contacts().byAddress(addresses[1])), std::nullopt);
}

TEST_F(Contacts, KeepTheirAddressesWhenTheNewOnesCannotBeHad)
{
    const Contact contact = bob();
    const Contact other = added(u"Carol"_s, u"carol@a.example"_s);
    const auto set = contacts().setAddresses(contact.id, {jid(u"bob@b.example"_s), other.addresses[0]});
    EXPECT_EQ(codeOf(set), FailureCode::AddressInUse);
    EXPECT_EQ(must(contacts().byId(contact.id)), contact);
}

TEST_F(Contacts, LearnOnceThatTheirClientRemovesRepeats)
{
    const Contact contact = bob();
    EXPECT_TRUE(must(contacts().setRemovesRepeats(contact.id)));
    EXPECT_FALSE(must(contacts().setRemovesRepeats(contact.id)));
    EXPECT_TRUE(must(contacts().byId(contact.id)).removesRepeats);
}

TEST_F(Contacts, ThatDoNotExistAreUnknown)
{
    const ContactId nobody(99);
    EXPECT_EQ(codeOf(contacts().byId(nobody)), FailureCode::UnknownContact);
    EXPECT_EQ(codeOf(contacts().rename(nobody, u"x"_s)), FailureCode::UnknownContact);
    EXPECT_EQ(codeOf(contacts().setAddresses(nobody, {})), FailureCode::UnknownContact);
    EXPECT_EQ(codeOf(contacts().setRemovesRepeats(nobody)), FailureCode::UnknownContact);
    EXPECT_EQ(codeOf(contacts().remove(nobody)), FailureCode::UnknownContact);
}

TEST_F(Contacts, ThatWereRemovedAreUnknownButTheirConversationStaysWithItsName)
{
    const Contact contact = bob();
    outgoing(contact, u"hello"_s);
    must(contacts().remove(contact.id));
    EXPECT_EQ(codeOf(contacts().byId(contact.id)), FailureCode::UnknownContact);
    EXPECT_EQ(codeOf(contacts().rename(contact.id, u"x"_s)), FailureCode::UnknownContact);
    EXPECT_EQ(codeOf(contacts().remove(contact.id)), FailureCode::UnknownContact);
    EXPECT_EQ(must(contacts().all()), QList<Contact>());
    EXPECT_EQ(must(contacts().byAddress(contact.addresses[0])), std::nullopt);
    const auto conversations = must(store().conversations().all());
    ASSERT_EQ(conversations.size(), 1);
    EXPECT_EQ(conversations[0].title, u"Bob"_s);
    EXPECT_EQ(page(contact), QList<QString>{u"hello"_s});
}

TEST_F(Contacts, ThatWereRemovedFreeTheirAddress)
{
    const Contact first = bob();
    must(contacts().remove(first.id));
    const Contact second = bob();
    EXPECT_NE(second.id, first.id);
    EXPECT_NE(second.conversation, first.conversation);
}

TEST_F(Contacts, ThatWereRemovedTakeNoMoreMessages)
{
    const Contact contact = bob();
    must(contacts().remove(contact.id));
    EXPECT_EQ(codeOf(store().messages().addIncoming(draft(contact, u"1"_s, u"x"_s))), FailureCode::UnknownContact);
    EXPECT_EQ(
        codeOf(store().messages().addOutgoing({contact.conversation, contact.id, wire(u"1"_s), u"x"_s, at(1), {}})),
        FailureCode::UnknownContact);
}

TEST_F(Contacts, ThatWereRemovedGetNothingThatIsStillWaiting)
{
    const Contact contact = bob();
    const Contact other = added(u"Carol"_s, u"carol@a.example"_s);
    auto &messages = store().messages();
    const QList<MessageState> before{MessageState::Queued, MessageState::Sending, MessageState::Stalled,
                                     MessageState::Sent, MessageState::Delivered};
    QList<MessageId> ids;
    for (const MessageState state : before) {
        ids.append(outgoing(contact, nameOf(state)).id);
        must(messages.advance(ids.last(), state, {}));
        must(store().outbox().add({ids.last(), contact.id, {}, at(1), false, 0}));
    }
    const Message others = outgoing(other, u"other"_s);
    must(store().outbox().add({others.id, other.id, {}, at(1), false, 0}));

    EXPECT_EQ(must(contacts().remove(contact.id)), ids.first(3)) << "those that failed by it";
    QList<MessageState> after;
    for (const MessageId id : ids)
        after.append(must(messages.byId(id)).state);
    EXPECT_EQ(after,
              (QList<MessageState>{MessageState::Failed, MessageState::Failed, MessageState::Failed, MessageState::Sent,
                                   MessageState::Delivered}));
    EXPECT_EQ(must(messages.byId(others.id)).state, MessageState::Queued);
    const auto outbox = must(store().outbox().all());
    ASSERT_EQ(outbox.size(), 1);
    EXPECT_EQ(outbox[0].message, others.id);
}

} // namespace
} // namespace planb::store
