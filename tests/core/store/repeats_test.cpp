// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/store/store_fixture.h"

namespace planb::store {
namespace {

using namespace Qt::StringLiterals;

class Repeats : public StoreTest
{};

TEST_F(Repeats, AreTakenOnceWhateverTheirTextAndRoute)
{
    const Contact contact = bob();
    incoming(contact, u"w"_s);
    auto again = draft(contact, u"w"_s, u"another text"_s);
    again.route = RouteLabel{TransportId(8), u"Other"_s, TransportKind::Email};
    EXPECT_EQ(incoming(again), std::nullopt);
    EXPECT_EQ(page(contact), QList<QString>{u"w"_s});
}

TEST_F(Repeats, AreRecognisedAfterARestart)
{
    const Contact contact = bob();
    incoming(contact, u"w"_s);
    reopen();
    EXPECT_EQ(incoming(draft(contact, u"w"_s, u"w"_s)), std::nullopt);
}

TEST_F(Repeats, AreNotRecognisedIfTheFirstOneWasNotCommitted)
{
    const Contact contact = bob();
    {
        const auto transaction = must(store().begin());
        incoming(contact, u"w"_s);
    }
    EXPECT_NE(incoming(draft(contact, u"w"_s, u"w"_s)), std::nullopt);
}

TEST_F(Repeats, AreNotMixedUpBetweenContacts)
{
    // Somebody who learned an id must not be able to make another person's message vanish.
    const Contact mallory = added(u"Mallory"_s, u"mallory@a.example"_s);
    const Contact contact = bob();
    incoming(draft(mallory, u"w"_s, u"same"_s));
    EXPECT_NE(incoming(draft(contact, u"w"_s, u"same"_s)), std::nullopt);
}

TEST_F(Repeats, AreNotMixedUpWithOwnMessages)
{
    const Contact contact = bob();
    outgoing(contact, u"w"_s);
    EXPECT_NE(incoming(draft(contact, u"w"_s, u"w"_s)), std::nullopt);
}

TEST_F(Repeats, OfAStrangerOverTwoServersAreShownOnce)
{
    const Contact first = stranger(u"bob@a.example"_s);
    const Contact second = stranger(u"bob@b.example"_s);
    EXPECT_NE(incoming(draft(first, u"w"_s, u"hello"_s)), std::nullopt);
    EXPECT_EQ(incoming(draft(second, u"w"_s, u"hello"_s)), std::nullopt);
    EXPECT_EQ(page(second), QList<QString>());
}

TEST_F(Repeats, OfStrangersWithAnotherTextAreShown)
{
    const Contact first = stranger(u"bob@a.example"_s);
    const Contact second = stranger(u"eve@b.example"_s);
    incoming(draft(first, u"w"_s, u"hello"_s));
    EXPECT_NE(incoming(draft(second, u"w"_s, u"something else"_s)), std::nullopt);
}

TEST_F(Repeats, OfAStrangerAndAnAddedContactAreBothShown)
{
    const Contact known = bob();
    const Contact unknown = stranger(u"bob@b.example"_s);
    incoming(draft(known, u"1"_s, u"hello"_s));
    EXPECT_NE(incoming(draft(unknown, u"1"_s, u"hello"_s)), std::nullopt);
    incoming(draft(unknown, u"2"_s, u"hello"_s));
    EXPECT_NE(incoming(draft(known, u"2"_s, u"hello"_s)), std::nullopt);
}

TEST_F(Repeats, AreRecognisedAfterTheContactWasRemovedAndAddedAgain)
{
    const Contact before = bob();
    incoming(before, u"w"_s);
    must(store().contacts().remove(before.id));
    const Contact after = bob();
    EXPECT_EQ(incoming(draft(after, u"w"_s, u"w"_s)), std::nullopt);
    EXPECT_NE(incoming(draft(after, u"new"_s, u"new"_s)), std::nullopt);
}

TEST_F(Repeats, AreRecognisedAfterTheAddressWentToAnotherContact)
{
    const Contact before = bob();
    incoming(before, u"w"_s);
    must(store().contacts().setAddresses(before.id, {jid(u"bob@b.example"_s)}));
    const Contact after = stranger(u"bob@a.example"_s);
    EXPECT_EQ(incoming(draft(after, u"w"_s, u"w"_s)), std::nullopt);
}

} // namespace
} // namespace planb::store
