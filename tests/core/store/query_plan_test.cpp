// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/message_sql.h"
#include "core/store/stream_sql.h"
#include "tests/core/store/store_fixture.h"

namespace planb::store {
namespace {

using namespace Qt::StringLiterals;

// What a growing history must not slow down is found through an index: the plans do not depend on what is stored.
class QueryPlan : public StoreTest
{
protected:
    QString planOf(std::string_view sql)
    {
        close();
        const auto database = must(Database::open(path(), testKey(), Database::Mode::ReadOnly));
        auto steps = must(database->query("EXPLAIN QUERY PLAN " + std::string(sql)).all([](Statement &s) {
            return s.get<QString>(3);
        }));
        // A message's parents, which are four at most.
        steps.removeIf([](const QString &step) { return step.startsWith(u"SCAN p VIRTUAL TABLE"_s); });
        return steps.join(u'\n');
    }
    static void expectIndexed(const QString &plan, const QString &index)
    {
        EXPECT_TRUE(plan.contains(index)) << plan.toStdString();
        EXPECT_FALSE(plan.contains(u"SCAN"_s)) << plan.toStdString();
        EXPECT_FALSE(plan.contains(u"TEMP B-TREE"_s)) << plan.toStdString();
    }
};

TEST_F(QueryPlan, OfTheLastPageUsesThePlace)
{
    expectIndexed(planOf(selectMessages(kLastPage)), u"messages_by_place"_s);
}

TEST_F(QueryPlan, OfAnEarlierPageSeeksItsPlace)
{
    const QString plan = planOf(selectMessages(kPageBefore));
    expectIndexed(plan, u"messages_by_place"_s);
    // The place and not only the conversation: the tenth page costs what the first one does.
    EXPECT_TRUE(plan.contains(u"(author_order,direction)<"_s)) << plan.toStdString();
}

TEST_F(QueryPlan, OfWhatAMessageRepliesToUsesTheWireId)
{
    EXPECT_TRUE(planOf(selectMessages(kLastPage)).contains(u"messages_by_wire (wire_id=? AND contact_id=?)"_s));
}

TEST_F(QueryPlan, OfWhatIsAboutAMessageSeeksTheLastOne)
{
    const QString plan = planOf(selectMessages(kLastPage));
    EXPECT_EQ(plan.count(
                  u"SEARCH c USING INDEX messages_about (contact_id=? AND target_wire=? AND kind=? AND direction=?)"_s),
              4)
        << plan.toStdString();
    EXPECT_TRUE(planOf(kTarget).contains(u"messages_by_wire (wire_id=? AND contact_id=?)"_s));
    expectIndexed(planOf(kCorrections), u"messages_about"_s);
    for (const std::string_view sql : {kCanonicalTarget, kAdopt})
        EXPECT_FALSE(planOf(sql).contains(u"SCAN"_s)) << planOf(sql).toStdString();
}

TEST_F(QueryPlan, OfWhatAMessageIsMissingUsesTheWireId)
{
    const QString plan = planOf(selectMessages("WHERE m.id = ?1"));
    EXPECT_TRUE(plan.contains(u"SEARCH h USING COVERING INDEX messages_by_wire (wire_id=? AND contact_id=?)"_s))
        << plan.toStdString();
    EXPECT_TRUE(plan.contains(u"SEARCH s USING PRIMARY KEY (contact_id=? AND wire_id=?)"_s)) << plan.toStdString();
}

TEST_F(QueryPlan, OfTheListOfConversationsUsesIndicesForEveryMessage)
{
    const QString plan = planOf(selectConversations(kByLastMessage));
    EXPECT_TRUE(plan.contains(u"messages_unread"_s)) << plan.toStdString();
    EXPECT_TRUE(plan.contains(u"messages_by_place"_s)) << plan.toStdString();
    for (const QString &step : plan.split(u'\n'))
        EXPECT_FALSE(step.startsWith(u"SCAN"_s) && !step.startsWith(u"SCAN c"_s)) << plan.toStdString();
}

TEST_F(QueryPlan, OfWaitingMessagesReadsOnlyThose)
{
    for (const std::string_view sql : {kCountWaiting, kOldestWaiting}) {
        const QString plan = planOf(sql);
        EXPECT_TRUE(plan.contains(u"INDEX messages_waiting"_s)) << plan.toStdString();
    }
}

TEST_F(QueryPlan, OfUnreadMessagesReadsOnlyThose)
{
    expectIndexed(planOf(kUnreadUpTo), u"messages_unread"_s);
}

TEST_F(QueryPlan, OfRepeatsOfStrangersUsesTheWireId)
{
    EXPECT_TRUE(planOf(kIsShownFromAnotherStranger).contains(u"messages_by_wire (wire_id=?)"_s));
}

TEST_F(QueryPlan, OfTheNewestMessagesUsesThePlace)
{
    expectIndexed(planOf(kNewestWireIds), u"messages_by_place"_s);
}

TEST_F(QueryPlan, OfWhatAnAcknowledgementCoversReadsOnlyWhatIsUnconfirmed)
{
    const QString plan = planOf(kUnconfirmed);
    expectIndexed(plan, u"messages_unconfirmed"_s);
    EXPECT_TRUE(plan.contains(u"stream_number>?"_s)) << plan.toStdString();
}

TEST_F(QueryPlan, OfAPlaceInAStreamReadsOnlyWhatIsUnconfirmed)
{
    const QString plan = planOf(selectMessages("WHERE m.id = ?1", kPlaceColumns));
    expectIndexed(plan, u"SEARCH w USING INDEX messages_unconfirmed (contact_id=? AND stream=?)"_s);
}

TEST_F(QueryPlan, OfOwedAcknowledgementsReadsOnlyThose)
{
    const QString plan = planOf(kOwed);
    EXPECT_TRUE(plan.contains(u"INDEX incoming_streams_owed"_s)) << plan.toStdString();
    EXPECT_FALSE(plan.contains(u"TEMP B-TREE"_s)) << plan.toStdString();
}

TEST_F(QueryPlan, ServesTenThousandMessages)
{
    const Contact contact = bob();
    auto transaction = must(store().begin());
    QList<MessageId> all;
    for (quint64 i = 1; i <= 10'000; ++i)
        all.append(incoming(contact, QString::number(i), i).id);
    must(transaction.commit());
    QList<MessageId> paged;
    std::optional<MessageId> before;
    while (paged.size() <= all.size()) {
        const auto page = idsOf(must(store().messages().page(contact.conversation, before, 500)));
        if (page.isEmpty())
            break;
        before = page.first();
        paged = page + paged;
    }
    EXPECT_EQ(paged, all);
    EXPECT_EQ(must(store().conversations().byId(contact.conversation)).unread, 10'000);
}

} // namespace
} // namespace planb::store
