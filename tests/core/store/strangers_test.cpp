// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/store/store_fixture.h"

namespace planb::store {
namespace {

using namespace Qt::StringLiterals;

class Strangers : public StoreTest
{
protected:
    ContactRepository &contacts() { return store().contacts(); }
    Contact add(const QList<Address> &addresses) { return must(contacts().add(u"Bob"_s, addresses, true, at(2))); }
};

TEST_F(Strangers, AreContactsThatNobodyAdded)
{
    const Contact one = stranger(u"bob@a.example"_s);
    EXPECT_FALSE(one.isAdded);
    EXPECT_EQ(must(contacts().byAddress(one.addresses[0])), one);
}

TEST_F(Strangers, DoNotTakeAnybodysAddress)
{
    const Contact known = bob();
    const Contact one = stranger(u"eve@a.example"_s);
    EXPECT_EQ(codeOf(contacts().add(u"x"_s, known.addresses, false, at(1))), FailureCode::AddressInUse);
    EXPECT_EQ(codeOf(contacts().add(u"x"_s, one.addresses, false, at(1))), FailureCode::AddressInUse);
    EXPECT_EQ(codeOf(contacts().setAddresses(one.id, known.addresses)), FailureCode::AddressInUse);
}

TEST_F(Strangers, KeepTheirConversationWhenTheyAreAdded)
{
    const Contact one = stranger(u"bob@a.example"_s);
    incoming(one, u"it is me"_s);
    const Contact contact = add({jid(u"bob@b.example"_s), jid(u"bob@a.example"_s)});
    EXPECT_EQ(contact.id, one.id);
    EXPECT_EQ(contact.conversation, one.conversation);
    EXPECT_TRUE(contact.isAdded);
    EXPECT_EQ(contact.name, u"Bob"_s);
    EXPECT_EQ(contact.addresses, (QList<Address>{jid(u"bob@b.example"_s), jid(u"bob@a.example"_s)}));
    EXPECT_EQ(page(contact), QList<QString>{u"it is me"_s});
    EXPECT_EQ(must(contacts().all()).size(), 1);
}

TEST_F(Strangers, WhoAreOnePersonBecomeOneContactWithAllThatWasWritten)
{
    const Contact first = stranger(u"bob@a.example"_s);
    const Contact second = stranger(u"bob@b.example"_s);
    incoming(first, u"one"_s, 1);
    const Message answer = outgoing(second, u"who is this?"_s);
    must(store().outbox().add({answer.id, second.id, {}, at(1), false, 0}));
    incoming(second, u"two"_s, 2);
    must(contacts().setRemovesRepeats(second.id));

    const Contact contact = add({jid(u"bob@b.example"_s), jid(u"bob@a.example"_s)});
    EXPECT_EQ(contact.id, first.id);
    EXPECT_TRUE(contact.removesRepeats);
    EXPECT_EQ(page(contact), (QList<QString>{u"one"_s, u"who is this?"_s, u"two"_s}));
    EXPECT_EQ(must(store().outbox().all())[0].contact, contact.id);
    EXPECT_EQ(must(store().conversations().byId(contact.conversation)).unread, 2);

    EXPECT_EQ(codeOf(contacts().byId(second.id)), FailureCode::UnknownContact);
    EXPECT_EQ(codeOf(store().conversations().byId(second.conversation)), FailureCode::UnknownConversation);
    EXPECT_EQ(must(contacts().all()), QList<Contact>{contact});
}

TEST_F(Strangers, WhoAreMergedAreStillKnownForWhatTheySent)
{
    const Contact first = stranger(u"bob@a.example"_s);
    const Contact second = stranger(u"bob@b.example"_s);
    incoming(first, u"one"_s);
    incoming(second, u"two"_s);
    const Contact contact = add({first.addresses[0], second.addresses[0]});
    EXPECT_EQ(incoming(draft(contact, u"one"_s, u"one"_s)), std::nullopt);
    EXPECT_EQ(incoming(draft(contact, u"two"_s, u"two"_s)), std::nullopt);
}

TEST_F(Strangers, BecomePartOfAContactThatIsGivenTheirAddress)
{
    const Contact contact = bob();
    incoming(contact, u"one"_s, 1);
    const Contact other = stranger(u"bob@b.example"_s);
    incoming(other, u"two"_s, 2);
    must(contacts().setAddresses(contact.id, {contact.addresses[0], other.addresses[0]}));
    EXPECT_EQ(page(contact), (QList<QString>{u"one"_s, u"two"_s}));
    EXPECT_EQ(must(contacts().all()).size(), 1);
}

TEST_F(Strangers, BringAMessageTheContactHasAlreadyOnlyOnce)
{
    const Contact contact = bob();
    incoming(contact, u"same"_s, 1);
    const Contact other = stranger(u"bob@b.example"_s);
    incoming(other, u"same"_s, 1);
    incoming(other, u"different"_s, 2);
    must(contacts().setAddresses(contact.id, {contact.addresses[0], other.addresses[0]}));
    EXPECT_EQ(page(contact), (QList<QString>{u"same"_s, u"different"_s}));
}

TEST_F(Strangers, BringAnotherTextUnderAnIdTheContactHasUsed)
{
    const Contact contact = bob();
    incoming(draft(contact, u"w"_s, u"one"_s));
    const Contact other = stranger(u"bob@b.example"_s);
    incoming(draft(other, u"w"_s, u"two"_s));
    must(contacts().setAddresses(contact.id, {contact.addresses[0], other.addresses[0]}));
    EXPECT_EQ(page(contact), (QList<QString>{u"one"_s, u"two"_s}));
}

TEST_F(Strangers, BringWhatWasSeenFromTheirFormerAddresses)
{
    const Contact contact = bob();
    const Contact other = stranger(u"old@b.example"_s);
    incoming(other, u"w"_s);
    must(contacts().setAddresses(other.id, {jid(u"new@b.example"_s)}));
    must(contacts().setAddresses(contact.id, {contact.addresses[0], jid(u"new@b.example"_s)}));
    const Contact next = stranger(u"old@b.example"_s);
    EXPECT_EQ(incoming(draft(next, u"w"_s, u"w"_s)), std::nullopt);
}

TEST_F(Strangers, AreLeftAloneWhenTheContactCannotBeAdded)
{
    const Contact known = bob();
    const Contact one = stranger(u"eve@a.example"_s);
    incoming(one, u"hello"_s);
    const auto refused = contacts().add(u"Eve"_s, {one.addresses[0], known.addresses[0]}, true, at(1));
    EXPECT_EQ(codeOf(refused), FailureCode::AddressInUse);
    EXPECT_EQ(must(contacts().byId(one.id)), one);
    EXPECT_EQ(page(one), QList<QString>{u"hello"_s});
}

} // namespace
} // namespace planb::store
