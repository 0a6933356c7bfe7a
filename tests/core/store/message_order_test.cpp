// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/store/store_fixture.h"

#include <algorithm>
#include <array>
#include <limits>

namespace planb::store {
namespace {

using namespace Qt::StringLiterals;

class MessageOrder : public StoreTest
{
protected:
    quint64 orderOf(const Message &message) { return must(store().messages().outgoing(message.id)).order; }
};

TEST_F(MessageOrder, OfOneAuthorIsTheOrderOfSendingWhateverTheOrderOfArrival)
{
    std::array<quint64, 4> orders{1, 2, 3, 4};
    int permutation = 0;
    do {
        const Contact contact = added(u"x"_s, u"bob%1@a.example"_s.arg(++permutation));
        for (const quint64 order : orders)
            incoming(contact, QString::number(order), order);
        EXPECT_EQ(page(contact), (QList<QString>{u"1"_s, u"2"_s, u"3"_s, u"4"_s}));
    } while (std::next_permutation(orders.begin(), orders.end()));
}

TEST_F(MessageOrder, PutsALateMessageWhereItBelongsAndKeepsItUnread)
{
    const Contact contact = bob();
    const Message second = incoming(contact, u"second"_s, 2);
    must(store().messages().markRead(contact.conversation, second.id));
    const Message first = incoming(contact, u"first"_s, 1);
    EXPECT_EQ(page(contact), (QList<QString>{u"first"_s, u"second"_s}));
    const auto conversation = must(store().conversations().byId(contact.conversation));
    EXPECT_EQ(conversation.unread, 1);
    EXPECT_EQ(conversation.oldestUnread, first.id);
}

TEST_F(MessageOrder, CallsAMessageLateThatComesToStandAboveAnother)
{
    const Contact contact = bob();
    EXPECT_FALSE(incoming(contact, u"second"_s, 2).late);
    EXPECT_FALSE(incoming(contact, u"third"_s, 3).late);
    const Message first = incoming(contact, u"first"_s, 1);
    EXPECT_TRUE(first.late);
    EXPECT_FALSE(incoming(contact, u"third as well"_s, 3).late) << "it stands below the other one";
    reopen();
    EXPECT_TRUE(must(store().messages().byId(first.id)).late);
}

TEST_F(MessageOrder, CallsAMessageLateThatComesToStandAboveAnOwnOne)
{
    const Contact contact = bob();
    outgoing(contact, u"out"_s);
    EXPECT_TRUE(incoming(contact, u"in"_s, 1).late);
    EXPECT_FALSE(incoming(contact, u"next"_s, 2).late);
}

TEST_F(MessageOrder, CallsNothingLateThatComesWithoutAPlace)
{
    const Contact contact = bob();
    incoming(contact, u"far down"_s, 500);
    EXPECT_FALSE(incoming(contact, u"from another client"_s).late);
    EXPECT_FALSE(must(store().messages().byId(outgoing(contact, u"out"_s).id)).late);
}

TEST_F(MessageOrder, LetsTheUnreadBeFoundWhereverTheyStand)
{
    const Contact contact = bob();
    const auto oldestUnread = [&] { return must(store().conversations().byId(contact.conversation)).oldestUnread; };
    EXPECT_EQ(oldestUnread(), std::nullopt);
    const Message fifth = incoming(contact, u"5"_s, 5);
    const Message third = incoming(contact, u"3"_s, 3);
    const Message fourth = incoming(contact, u"4"_s, 4);
    EXPECT_EQ(oldestUnread(), third.id);
    must(store().messages().markRead(contact.conversation, fourth.id));
    EXPECT_EQ(oldestUnread(), fifth.id) << "what stands above the mark is read, what stands below is not";
    must(store().messages().markRead(contact.conversation, fifth.id));
    EXPECT_EQ(oldestUnread(), std::nullopt);
    const Message first = incoming(contact, u"1"_s, 1);
    EXPECT_EQ(oldestUnread(), first.id);
}

TEST_F(MessageOrder, PutsAnAnswerBelowWhatItAnswers)
{
    const Contact contact = bob();
    incoming(contact, u"question"_s, 41);
    const Message answer = outgoing(contact, u"answer"_s);
    EXPECT_EQ(orderOf(answer), 42U);
    EXPECT_EQ(page(contact), (QList<QString>{u"question"_s, u"answer"_s}));
}

TEST_F(MessageOrder, GoesOnRisingForSomebodyWhoWasRemovedAndAddedAgain)
{
    const Contact before = bob();
    incoming(before, u"question"_s, 41);
    const quint64 last = orderOf(outgoing(before, u"answer"_s));
    must(store().contacts().remove(before.id));
    const Contact again = bob();
    ASSERT_NE(again.conversation, before.conversation);
    EXPECT_EQ(orderOf(outgoing(again, u"later"_s)), last + 1);
}

TEST_F(MessageOrder, PutsIncomingBeforeOutgoingWhereBothHaveTheSamePlace)
{
    const Contact contact = bob();
    outgoing(contact, u"out"_s);
    incoming(contact, u"in"_s, 1);
    EXPECT_EQ(page(contact), (QList<QString>{u"in"_s, u"out"_s}));
}

TEST_F(MessageOrder, IsTheOrderOfArrivalForClientsThatGiveNone)
{
    const Contact contact = bob();
    incoming(contact, u"first"_s);
    outgoing(contact, u"second"_s);
    incoming(contact, u"third"_s);
    EXPECT_EQ(page(contact), (QList<QString>{u"first"_s, u"second"_s, u"third"_s}));
}

TEST_F(MessageOrder, IgnoresTimes)
{
    const Contact contact = bob();
    auto first = draft(contact, u"1"_s, u"first"_s);
    first.sentAt = at(9'000'000'000'000);
    incoming(first);
    auto second = draft(contact, u"2"_s, u"second"_s);
    second.sentAt = at(-1);
    incoming(second);
    EXPECT_EQ(page(contact), (QList<QString>{u"first"_s, u"second"_s}));
}

class HostileOrder
    : public MessageOrder
    , public ::testing::WithParamInterface<quint64>
{};

TEST_P(HostileOrder, DoesNotStandAboveEverythingWrittenAfterwards)
{
    const Contact contact = bob();
    incoming(contact, u"before"_s, 5);
    incoming(contact, u"hostile"_s, GetParam());
    const Message after = outgoing(contact, u"after"_s);
    incoming(contact, u"and after"_s, 8);
    EXPECT_EQ(orderOf(after), 7U);
    EXPECT_EQ(page(contact), (QList<QString>{u"before"_s, u"hostile"_s, u"after"_s, u"and after"_s}));
}

INSTANTIATE_TEST_SUITE_P(Values, HostileOrder,
                         ::testing::Values(0U, 5U + MessageRepository::kMaxOrderStep + 1U,
                                           quint64(std::numeric_limits<qint64>::max()),
                                           quint64(std::numeric_limits<qint64>::max()) + 1U,
                                           std::numeric_limits<quint64>::max()));

TEST_F(MessageOrder, TakesTheLargestStepThatIsAllowed)
{
    const Contact contact = bob();
    incoming(contact, u"before"_s, 5);
    incoming(contact, u"far"_s, 5 + MessageRepository::kMaxOrderStep);
    EXPECT_EQ(orderOf(outgoing(contact, u"after"_s)), 5U + MessageRepository::kMaxOrderStep + 1U);
}

TEST_F(MessageOrder, OfPagesHasNoGapAndNoRepeatWhereManyHaveTheSamePlace)
{
    const Contact contact = bob();
    for (int i = 0; i < 23; ++i) {
        incoming(contact, u"in %1"_s.arg(i), 1 + i % 3);
        if (i % 4 == 0)
            outgoing(contact, u"out %1"_s.arg(i));
    }
    const auto all = idsOf(must(store().messages().page(contact.conversation, {}, 500)));
    ASSERT_EQ(all.size(), 29);
    for (const int limit : {1, 2, 5, 28, 29, 30}) {
        QList<MessageId> collected;
        std::optional<MessageId> before;
        while (collected.size() <= all.size()) {
            const auto part = idsOf(must(store().messages().page(contact.conversation, before, limit)));
            if (part.isEmpty())
                break;
            EXPECT_LE(part.size(), limit);
            collected = part + collected;
            before = part.first();
        }
        EXPECT_EQ(collected, all) << "limit " << limit;
    }
}

} // namespace
} // namespace planb::store
