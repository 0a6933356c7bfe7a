// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/inbox.h"
#include "transports/xmpp/incoming_window.h"
#include "transports/xmpp/outgoing_queue.h"

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;
using xmpp::Inbox;
using xmpp::IncomingWindow;
using xmpp::OutgoingQueue;
using xmpp::Receipt;

constexpr quint64 kWrap = 1ULL << 32U;

xmpp::SentStanza attempt(qint64 id, const QString &wireId = u"w"_s)
{
    return {AttemptId(id), wireId, u"bob@example.org"_s, 0};
}

std::vector<qint64> attemptsOf(const std::vector<xmpp::SentStanza> &stanzas)
{
    std::vector<qint64> ids;
    for (const auto &stanza : stanzas)
        ids.push_back(stanza.attempt ? stanza.attempt->value() : 0);
    return ids;
}

} // namespace

TEST(OutgoingQueue, GivesBackExactlyWhatACounterCovers)
{
    OutgoingQueue queue;
    for (qint64 id = 1; id <= 4; ++id)
        EXPECT_EQ(queue.push(attempt(id)), static_cast<quint64>(id));
    EXPECT_EQ(attemptsOf(*queue.acknowledgeCounter(2)), (std::vector<qint64>{1, 2}));
    EXPECT_EQ(attemptsOf(*queue.acknowledgeCounter(2)), std::vector<qint64>{});
    EXPECT_EQ(attemptsOf(*queue.acknowledgeCounter(4)), (std::vector<qint64>{3, 4}));
    EXPECT_EQ(queue.acknowledged(), 4u);
}

TEST(OutgoingQueue, RefusesACounterAboveWhatWasSentOrBelowWhatWasAcknowledged)
{
    OutgoingQueue queue;
    queue.push(attempt(1));
    EXPECT_FALSE(queue.acknowledgeCounter(2));
    EXPECT_FALSE(queue.acknowledgeCounter(0xFFFFFFFF));
    ASSERT_TRUE(queue.acknowledgeCounter(1));
    const auto backwards = queue.acknowledgeCounter(0);
    ASSERT_FALSE(backwards);
    EXPECT_EQ(backwards.error().code, FailureCode::ProtocolError);
}

TEST(OutgoingQueue, GoesOnAcrossTheWrapOfTheCounter)
{
    OutgoingQueue queue(kWrap - 2);
    for (qint64 id = 1; id <= 4; ++id)
        queue.push(attempt(id));
    EXPECT_EQ(attemptsOf(*queue.acknowledgeCounter(0xFFFFFFFF)), std::vector<qint64>{1});
    EXPECT_EQ(attemptsOf(*queue.acknowledgeCounter(1)), (std::vector<qint64>{2, 3}));
    EXPECT_FALSE(queue.acknowledgeCounter(3));
    EXPECT_EQ(attemptsOf(*queue.acknowledgeCounter(2)), std::vector<qint64>{4});
}

TEST(OutgoingQueue, TakesAnAttemptOnceAndOnlyForItsRecipient)
{
    OutgoingQueue queue;
    queue.push(attempt(1, u"w1"_s));
    EXPECT_FALSE(queue.takeAttempt(u"w1"_s, u"mallory@example.org"_s));
    EXPECT_FALSE(queue.takeAttempt(u"w2"_s, u"bob@example.org"_s));
    EXPECT_EQ(queue.takeAttempt(u"w1"_s, u"bob@example.org"_s), AttemptId(1));
    EXPECT_FALSE(queue.takeAttempt(u"w1"_s, u"bob@example.org"_s));
    // It still counts for the server.
    EXPECT_EQ(attemptsOf(*queue.acknowledgeCounter(1)), std::vector<qint64>{0});
}

TEST(IncomingWindow, CountsOnlyTheLeadingRunOfWhatIsDone)
{
    IncomingWindow window;
    window.arrived();
    window.arrived(1);
    window.arrived(2);
    window.arrived();
    EXPECT_EQ(window.counter(), 1u);
    EXPECT_EQ(window.received(), 4u);
    window.handled(2);
    EXPECT_EQ(window.counter(), 1u);
    window.handled(1);
    EXPECT_EQ(window.counter(), 4u);
}

TEST(IncomingWindow, IgnoresTokensItDoesNotWaitFor)
{
    IncomingWindow window;
    window.arrived(5);
    window.handled(4);
    window.handled(0);
    EXPECT_EQ(window.counter(), 0u);
    window.handled(5);
    window.handled(5);
    EXPECT_EQ(window.counter(), 1u);
    EXPECT_EQ(window.received(), 1u);
}

TEST(IncomingWindow, WrapsLikeTheProtocolsCounter)
{
    IncomingWindow window(kWrap - 1);
    EXPECT_EQ(window.counter(), 0xFFFFFFFFu);
    window.arrived();
    EXPECT_EQ(window.counter(), 0u);
    window.arrived();
    EXPECT_EQ(window.counter(), 1u);
}

namespace {

std::vector<QString> idsOf(const std::vector<Receipt> &receipts)
{
    std::vector<QString> ids;
    for (const Receipt &receipt : receipts)
        ids.push_back(receipt.id);
    return ids;
}

} // namespace

TEST(Inbox, OwesAReceiptOnlyForWhatWasStored)
{
    Inbox inbox;
    const quint64 stored = inbox.open(Receipt{0, u"bob@example.org"_s, u"m1"_s});
    const quint64 dropped = inbox.open(Receipt{0, u"bob@example.org"_s, u"m2"_s});
    const quint64 unasked = inbox.open({});
    EXPECT_TRUE(inbox.takeDue().empty());
    inbox.handled(stored, Disposition::Committed);
    inbox.handled(dropped, Disposition::Dropped);
    inbox.handled(unasked, Disposition::Committed);
    EXPECT_EQ(idsOf(inbox.takeDue()), std::vector<QString>{u"m1"_s});
    inbox.handled(stored, Disposition::Committed);
    EXPECT_TRUE(inbox.takeDue().empty());
}

TEST(Inbox, NeverGivesOneTokenTwice)
{
    Inbox inbox;
    const quint64 first = inbox.open({});
    inbox.handled(first, Disposition::Committed);
    inbox.onConnectionLost();
    EXPECT_GT(inbox.open({}), first);
}

TEST(Inbox, SendsReceiptsAgainThatWereLostWithTheConnection)
{
    Inbox inbox;
    for (const QString &id : {u"m1"_s, u"m2"_s})
        inbox.handled(inbox.open(Receipt{0, u"bob@example.org"_s, id}), Disposition::Committed);
    const auto sent = inbox.takeDue();
    ASSERT_EQ(sent.size(), 2u);
    inbox.confirmed(sent[0].number);
    inbox.onConnectionLost();
    EXPECT_EQ(idsOf(inbox.takeDue()), std::vector<QString>{u"m2"_s});
}

TEST(Inbox, KeepsABoundedNumberOfReceipts)
{
    Inbox inbox;
    for (int i = 0; i < 1'500; ++i)
        inbox.handled(inbox.open(Receipt{0, u"bob@example.org"_s, QString::number(i)}), Disposition::Committed);
    const auto due = inbox.takeDue();
    EXPECT_EQ(due.size(), 1'000u);
    EXPECT_EQ(due.back().id, u"1499"_s);
}

} // namespace planb::test
