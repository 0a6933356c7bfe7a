// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/store/store_fixture.h"

namespace planb::store {
namespace {

using namespace Qt::StringLiterals;

const StreamId kStream = *StreamId::parse(u"00112233445566ff");

StreamId numbered(int number)
{
    return *StreamId::parse(QString::number(number).rightJustified(StreamId::kLength, u'0'));
}

AckRanges ranges(std::initializer_list<quint64> numbers)
{
    AckRanges made;
    for (const quint64 number : numbers)
        made.add(number);
    return made;
}

class IncomingStreams : public StoreTest
{
protected:
    StreamRepository &streams() { return store().streams(); }
    StreamRepository::Taken take(quint64 number, quint64 base = 1, const StreamId &stream = kStream)
    {
        return must(streams().take(contact.id, {stream, number, base}));
    }
    QList<StreamAck> newest(qsizetype count = kMaxStreamAcks) { return must(streams().newest(contact.id, count)); }

    Contact contact = bob();
};

TEST_F(IncomingStreams, RememberWhatHasComeOverARestart)
{
    EXPECT_EQ(newest(), QList<StreamAck>());
    for (const quint64 number : {1, 2, 5})
        EXPECT_TRUE(take(number).isNew);
    reopen();
    EXPECT_EQ(newest(), (QList<StreamAck>{{kStream, ranges({1, 2, 5})}}));
    EXPECT_FALSE(take(5).isNew);
    EXPECT_TRUE(take(3).isNew);
}

TEST_F(IncomingStreams, TellOnceThatAGapOpens)
{
    EXPECT_FALSE(take(1).opensGap);
    EXPECT_TRUE(take(4).opensGap);
    EXPECT_FALSE(take(5).opensGap) << "the same gap";
    EXPECT_FALSE(take(4).opensGap) << "a repeat";
    EXPECT_FALSE(take(2).opensGap) << "it closes one";
    EXPECT_TRUE(take(9).opensGap);
}

TEST_F(IncomingStreams, SeeAGapBeforeTheFirstMessageUnlessItsAuthorSaysThereIsNone)
{
    EXPECT_TRUE(take(3).opensGap);
    EXPECT_FALSE(take(7, 7, numbered(2)).opensGap);
    EXPECT_TRUE(take(7, 6, numbered(3)).opensGap);
}

TEST_F(IncomingStreams, ForgetWhatItsAuthorNoLongerWaitsFor)
{
    take(1);
    take(9);
    EXPECT_TRUE(newest().first().ranges.hasGap());
    EXPECT_FALSE(take(10, 9).opensGap);
    EXPECT_FALSE(newest().first().ranges.hasGap());
    EXPECT_EQ(newest().first().ranges.first(), 9u);
    EXPECT_FALSE(newest().first().ranges.covers(3));
    EXPECT_FALSE(take(3).isNew) << "given up, and it came all the same";
    EXPECT_EQ(newest().first().ranges.first(), 9u) << "what has been said is never taken back";
}

TEST_F(IncomingStreams, AreNamedWithThatOfTheLastMessageFirst)
{
    for (const int stream : {1, 2, 3, 4, 5})
        take(1, 1, numbered(stream));
    take(1, 1, numbered(2)); // a repeat, whose author must hear about it
    QList<StreamId> order;
    for (const StreamAck &ack : newest(4))
        order.append(ack.stream);
    EXPECT_EQ(order, (QList<StreamId>{numbered(2), numbered(5), numbered(4), numbered(3)}));
}

TEST_F(IncomingStreams, AreAtMostSixteenForEachContact)
{
    const Contact other = added(u"Carol"_s, u"carol@a.example"_s);
    must(streams().take(other.id, {kStream, 1, 1}));
    for (int stream = 1; stream <= 40; ++stream)
        take(1, 1, numbered(stream));
    const auto kept = newest(1'000);
    ASSERT_EQ(kept.size(), StreamRepository::kMaxStreams);
    EXPECT_EQ(kept.first().stream, numbered(40));
    EXPECT_EQ(kept.last().stream, numbered(25));
    EXPECT_EQ(must(streams().newest(other.id, 10)).size(), 1);
}

TEST_F(IncomingStreams, StandTheWorstNumbers)
{
    take(AckRanges::kMaxNumber);
    take(AckRanges::kMaxNumber, AckRanges::kMaxNumber);
    for (quint64 number = 1; number < 200; number += 2)
        take(number, 1, numbered(1));
    EXPECT_EQ(newest().first().ranges.encoded().size(), 2 + 2 * AckRanges::kMaxRanges);
}

TEST_F(IncomingStreams, BelongToAContact)
{
    EXPECT_EQ(codeOf(streams().take(ContactId(999), {kStream, 1, 1})), FailureCode::InvalidArgument);
    EXPECT_EQ(must(streams().newest(ContactId(999), 4)), QList<StreamAck>());
}

TEST_F(IncomingStreams, AreUndoneWithTheMessageTheyCameWith)
{
    take(1);
    {
        auto transaction = must(store().begin());
        take(2);
    }
    EXPECT_EQ(newest().first().ranges, ranges({1}));
}

TEST_F(IncomingStreams, AreOwedAnAcknowledgementUntilItIsGiven)
{
    const Contact other = added(u"Carol"_s, u"carol@a.example"_s);
    EXPECT_EQ(must(streams().owed()), QList<ContactId>());
    take(1);
    take(1, 1, numbered(2));
    must(streams().take(other.id, {kStream, 1, 1}));
    reopen();
    EXPECT_EQ(must(streams().owed()), (QList<ContactId>{contact.id, other.id}));
    must(streams().setAcknowledged(contact.id));
    EXPECT_EQ(must(streams().owed()), (QList<ContactId>{other.id}));
    take(1);
    EXPECT_EQ(must(streams().owed()), (QList<ContactId>{contact.id, other.id})) << "also after a repeat";
}

TEST_F(IncomingStreams, GoOnForSomebodyWhoIsAddedAgain)
{
    take(1);
    take(4);
    must(store().contacts().remove(contact.id));
    contact = bob();
    EXPECT_EQ(newest(), (QList<StreamAck>{{kStream, ranges({1, 4})}}));
    EXPECT_FALSE(take(4).isNew);
    EXPECT_TRUE(take(2).isNew);
}

TEST_F(IncomingStreams, OfAStrangerJoinThoseOfTheContact)
{
    const Contact other = stranger(u"bob@b.example"_s);
    take(1);
    take(4);
    must(streams().take(other.id, {kStream, 2, 1}));
    must(streams().take(other.id, {kStream, 7, 1}));
    must(streams().take(other.id, {numbered(2), 3, 3}));
    must(store().contacts().setAddresses(contact.id, {contact.addresses[0], other.addresses[0]}));
    AckRanges second = ranges({});
    second.forgetBelow(3);
    second.add(3);
    EXPECT_EQ(newest(), (QList<StreamAck>{{numbered(2), second}, {kStream, ranges({1, 2, 4, 7})}}));
    EXPECT_EQ(must(streams().newest(other.id, 4)), QList<StreamAck>());
}

TEST_F(IncomingStreams, OfAStrangerDoNotBringMoreThanSixteen)
{
    const Contact other = stranger(u"bob@b.example"_s);
    for (int stream = 1; stream <= 12; ++stream) {
        take(1, 1, numbered(stream));
        must(streams().take(other.id, {numbered(100 + stream), 1, 1}));
    }
    must(store().contacts().setAddresses(contact.id, {contact.addresses[0], other.addresses[0]}));
    const auto kept = newest(1'000);
    ASSERT_EQ(kept.size(), StreamRepository::kMaxStreams);
    EXPECT_EQ(kept.first().stream, numbered(112));
    EXPECT_EQ(kept.last().stream, numbered(9));
}

} // namespace
} // namespace planb::store
