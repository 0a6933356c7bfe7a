// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/inbox.h"

#include <QTemporaryDir>

#include <gtest/gtest.h>

namespace planb::test {

using namespace Qt::StringLiterals;

namespace {

const StreamId kStream = *StreamId::parse(u"00112233445566ff");
const Address kBob{TransportKind::Xmpp, u"bob@primary.test"_s};
const RouteLabel kWay{TransportId(1), u"primary"_s, TransportKind::Xmpp};
constexpr WallTime kNow = wallFromMillis(1'700'000'000'000);

/// An inbox with nothing around it: what a crash right after it would leave.
class InboxAlone : public testing::Test
{
protected:
    MessageId sendAway(const StreamId &stream = kStream)
    {
        const QString id = QString::number(++m_count);
        const MessageId message = store->messages()
                                      .addOutgoing(
                                          {bob.conversation, bob.id, *WireId::parse(id), id, kNow, {}, {stream}})
                                      .value()
                                      .id;
        EXPECT_TRUE(store->outbox().add({message, bob.id, {}, kNow, false, 1}));
        EXPECT_TRUE(store->attempts().add(
            Attempt{AttemptId(m_count), message, kWay, kBob, kNow, AttemptState::Accepted, {}, {}}));
        return message;
    }
    QList<MessageId> inOutbox()
    {
        QList<MessageId> ids;
        const auto rows = store->outbox().all().value();
        for (const auto &row : rows)
            ids.append(row.message);
        return ids;
    }
    static AckRanges upTo(quint64 number)
    {
        AckRanges ranges;
        for (quint64 one = 1; one <= number; ++one)
            ranges.add(one);
        return ranges;
    }

    QTemporaryDir folder;
    std::unique_ptr<store::Store> store = std::move(
        store::Store::create(folder.filePath(u"history.db"_s), QByteArray(32, 'k')).value());
    Contact bob = store->contacts().add(u"Bob"_s, {kBob}, true, kNow).value();
    SeededRandom random{1};
    OwnStreams streams{random};
    Inbox inbox{*store, streams};

private:
    int m_count = 0;
};

} // namespace

TEST_F(InboxAlone, TakesWhatIsAcknowledgedOutOfTheOutboxInTheSameStep)
{
    const MessageId one = sendAway(), two = sendAway(), three = sendAway();
    const auto news = inbox.take(Acknowledgement{kBob, {{kStream, upTo(2)}}}, kWay).value();
    ASSERT_TRUE(news);
    ASSERT_EQ(news->confirmed.size(), 2);
    EXPECT_EQ(news->confirmed[0].message, one);
    EXPECT_EQ(news->confirmed[1].message, two);
    EXPECT_EQ(news->confirmed[0].via, kWay.transport);
    EXPECT_TRUE(news->confirmed[0].isNews);
    EXPECT_EQ(inOutbox(), (QList<MessageId>{three}));
    EXPECT_EQ(store->messages().byId(one).value().state, MessageState::Delivered);
}

TEST_F(InboxAlone, TakesWhatAReceiptConfirmsOutOfTheOutboxInTheSameStep)
{
    const MessageId one = sendAway();
    const auto news = inbox.confirm(bob, one, {Report::Kind::Delivered, kBob, *WireId::parse(u"any"), {}}, kWay)
                          .value();
    EXPECT_EQ(news.confirmed.size(), 1);
    EXPECT_FALSE(news.contactChanged);
    EXPECT_EQ(inOutbox(), QList<MessageId>());
}

TEST_F(InboxAlone, GivesANewNumberToWhatARestoredProfileWaitsForInVain)
{
    const MessageId waiting = sendAway(), answered = sendAway();
    AckRanges told = upTo(2);
    told.forgetBelow(2);
    const auto news = inbox.take(Acknowledgement{kBob, {{kStream, told}}}, kWay).value();
    ASSERT_TRUE(news);
    ASSERT_EQ(news->confirmed.size(), 1);
    EXPECT_EQ(news->confirmed[0].message, answered);
    ASSERT_EQ(news->moved.size(), 1);
    EXPECT_EQ(news->moved[0].message, waiting);
    EXPECT_EQ(news->moved[0].place, (StreamPlace{streams.to(bob.id), 1, 1}));
    EXPECT_EQ(inOutbox(), QList<MessageId>{waiting});
}

TEST_F(InboxAlone, GivesNoNewNumbersInTheStreamOfThisRun)
{
    sendAway(streams.to(bob.id));
    AckRanges told;
    told.forgetBelow(2);
    for (int i = 0; i < 3; ++i) {
        const auto news = inbox.take(Acknowledgement{kBob, {{streams.to(bob.id), told}}}, kWay).value();
        EXPECT_TRUE(news->moved.isEmpty()) << "somebody could have it sent again and again";
    }
}

TEST_F(InboxAlone, BelievesNobodyWhoWasNotWrittenTo)
{
    const MessageId one = sendAway();
    const Address mallory{TransportKind::Xmpp, u"mallory@primary.test"_s};
    EXPECT_FALSE(inbox.take(Acknowledgement{mallory, {{kStream, upTo(1)}}}, kWay).value());
    ASSERT_TRUE(store->contacts().add(u"Mallory"_s, {mallory}, true, kNow));
    const auto news = inbox.take(Acknowledgement{mallory, {{kStream, upTo(1)}}}, kWay).value();
    ASSERT_TRUE(news);
    EXPECT_TRUE(news->confirmed.isEmpty());
    EXPECT_EQ(inOutbox(), (QList<MessageId>{one}));
}

} // namespace planb::test
