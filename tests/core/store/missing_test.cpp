// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/store/store_fixture.h"

namespace planb::store {
namespace {

using namespace Qt::StringLiterals;

class Missing : public StoreTest
{
protected:
    Message after(const Contact &from, const QString &id, const QStringList &parents)
    {
        auto message = draft(from, id, id);
        for (const QString &parent : parents)
            message.parents.append(wire(parent));
        return incoming(message).value();
    }
    bool isMissingOne(const Message &message) { return must(store().messages().byId(message.id)).missing; }
};

TEST_F(Missing, IsNothingWhereTheAuthorSaysNothing)
{
    EXPECT_FALSE(after(bob(), u"alone"_s, {}).missing);
}

TEST_F(Missing, IsAParentThatHasNotComeUntilItComes)
{
    const Contact contact = bob();
    const Message second = after(contact, u"second"_s, {u"first"_s});
    EXPECT_TRUE(second.missing);
    EXPECT_TRUE(must(store().messages().page(contact.conversation, {}, 10)).first().missing);
    EXPECT_TRUE(must(store().conversations().byId(contact.conversation)).last->missing);
    incoming(contact, u"first"_s);
    EXPECT_FALSE(isMissingOne(second));
}

TEST_F(Missing, IsAnyOneOfSeveralParents)
{
    const Contact contact = bob();
    outgoing(contact, u"mine"_s);
    const Message answer = after(contact, u"answer"_s, {u"mine"_s, u"theirs"_s});
    EXPECT_TRUE(answer.missing);
    incoming(contact, u"theirs"_s);
    EXPECT_FALSE(isMissingOne(answer));
}

TEST_F(Missing, IsNotMadeUpByAMessageOfSomebodyElse)
{
    const Contact contact = bob();
    incoming(added(u"Carol"_s, u"carol@a.example"_s), u"first"_s);
    EXPECT_TRUE(after(contact, u"second"_s, {u"first"_s}).missing);
}

TEST_F(Missing, IsNotWhatWasTakenInAsARepeatOfAStrangersMessage)
{
    const Contact first = stranger(u"bob@a.example"_s);
    const Contact second = stranger(u"bob@b.example"_s);
    incoming(draft(first, u"hello"_s, u"hello"_s));
    ASSERT_FALSE(incoming(draft(second, u"hello"_s, u"hello"_s)));
    EXPECT_FALSE(after(second, u"more"_s, {u"hello"_s}).missing);
}

TEST_F(Missing, IsFoundWhateverAnIdIsMadeOf)
{
    const Contact contact = bob();
    const QString odd = uR"(a"b\c','d],[{}😀)"_s;
    incoming(contact, odd);
    EXPECT_FALSE(after(contact, u"second"_s, {odd}).missing);
    EXPECT_TRUE(after(contact, u"third"_s, {odd + u'"'}).missing);
    EXPECT_TRUE(after(contact, u"fourth"_s, {u"\\"_s}).missing);
}

TEST_F(Missing, IsLookedForAmongAFewParentsOnly)
{
    const Contact contact = bob();
    QStringList parents;
    for (int i = 0; i < 4; ++i) {
        parents.append(QString::number(i));
        incoming(contact, parents.last());
    }
    EXPECT_FALSE(after(contact, u"next"_s, parents + QStringList{u"one too many"_s}).missing);
}

TEST_F(Missing, IsNeverAQuestionForOwnMessages)
{
    const Contact contact = bob();
    incoming(contact, u"first"_s);
    EXPECT_FALSE(outgoing(contact, u"mine"_s).missing);
}

} // namespace
} // namespace planb::store
