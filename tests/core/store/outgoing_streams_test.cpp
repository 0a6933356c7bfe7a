// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/migrations.h"
#include "tests/core/store/store_fixture.h"

namespace planb::store {
namespace {

using namespace Qt::StringLiterals;

const StreamId kStream = *StreamId::parse(u"00112233445566ff");
const StreamId kNextRun = *StreamId::parse(u"ffeeddccbbaa9988");

AckRanges ranges(std::initializer_list<quint64> numbers)
{
    AckRanges made;
    for (const quint64 number : numbers)
        made.add(number);
    return made;
}

class OutgoingStreams : public StoreTest
{
protected:
    MessageId queue(const Contact &to, const StreamId &stream = kStream)
    {
        const QString id = QString::number(++m_count);
        return must(store().messages().addOutgoing({to.conversation, to.id, wire(id), id, at(1000), {}, {stream}})).id;
    }
    /// Queued and tried.
    MessageId send(const Contact &to, const StreamId &stream = kStream)
    {
        const MessageId id = queue(to, stream);
        attempt(id);
        return id;
    }
    void attempt(MessageId id)
    {
        must(store().attempts().add(Attempt{AttemptId(++m_lastAttempt),
                                            id,
                                            {TransportId(1), u"Example"_s, TransportKind::Xmpp},
                                            jid(u"bob@a.example"_s),
                                            at(1),
                                            AttemptState::Started,
                                            {}}));
    }
    void advance(MessageId id, MessageState state) { must(store().messages().advance(id, state, {})); }
    MessageRepository::OutgoingRow row(MessageId id) { return must(store().messages().outgoing(id)); }
    std::optional<StreamPlace> place(MessageId id) { return row(id).place; }
    QList<MessageId> confirmedBy(const AckRanges &ranges, const StreamId &stream = kStream)
    {
        return must(store().streams().confirmedBy(contact.id, {stream, ranges}));
    }

    Contact contact = bob();

private:
    int m_count = 0;
    qint64 m_lastAttempt = 0;
};

TEST_F(OutgoingStreams, NumberTheMessagesToEachContactFromOne)
{
    const Contact other = added(u"Carol"_s, u"carol@a.example"_s);
    const MessageId one = queue(contact), toOther = queue(other), two = queue(contact);
    EXPECT_EQ(place(one), (StreamPlace{kStream, 1, 1}));
    EXPECT_EQ(place(two), (StreamPlace{kStream, 2, 1}));
    EXPECT_EQ(place(toOther), (StreamPlace{kStream, 1, 1}));
}

TEST_F(OutgoingStreams, BeginAnewWithARunAndLeaveOldMessagesTheirPlace)
{
    const MessageId old = queue(contact);
    reopen();
    const MessageId fresh = queue(contact, kNextRun);
    EXPECT_EQ(place(old), (StreamPlace{kStream, 1, 1}));
    EXPECT_EQ(place(fresh), (StreamPlace{kNextRun, 1, 1}));
    EXPECT_EQ(must(store().outbox().all()).size(), 0);
}

TEST_F(OutgoingStreams, NeverGiveANumberTwiceAlsoAfterAFailure)
{
    advance(queue(contact), MessageState::Failed);
    EXPECT_EQ(place(queue(contact))->number, 2u);
}

TEST_F(OutgoingStreams, RaiseTheBaseAboveWhatIsDeliveredOrFailed)
{
    const MessageId one = send(contact), two = send(contact), three = send(contact), four = send(contact);
    const auto base = [&](MessageId id) { return place(id)->base; };
    EXPECT_EQ(base(four), 1u);
    advance(two, MessageState::Delivered);
    EXPECT_EQ(base(four), 1u) << "the first one still waits";
    advance(one, MessageState::Failed);
    EXPECT_EQ(base(four), 3u);
    EXPECT_EQ(base(three), 3u);
    EXPECT_EQ(base(two), 2u) << "never above the message itself";
    advance(three, MessageState::Stalled);
    EXPECT_EQ(base(four), 3u) << "a question to the user is not the end";
    advance(three, MessageState::Read);
    advance(four, MessageState::Delivered);
    EXPECT_EQ(base(four), 4u);
    EXPECT_EQ(base(queue(contact)), 5u);
}

TEST_F(OutgoingStreams, AreToldWithWhatIsInTheOutbox)
{
    const MessageId id = queue(contact);
    const MessageId old = outgoing(contact, u"without a stream"_s).id;
    for (const MessageId one : {id, old})
        must(store().outbox().add({one, contact.id, {}, at(1), false, 0}));
    const auto rows = must(store().outbox().all());
    EXPECT_EQ(rows[0].place, (StreamPlace{kStream, 1, 1}));
    EXPECT_EQ(rows[1].place, std::nullopt);
    EXPECT_EQ(place(old), std::nullopt);
}

TEST_F(OutgoingStreams, AreConfirmedByRanges)
{
    const MessageId one = send(contact), two = send(contact), three = send(contact), four = send(contact);
    advance(two, MessageState::Delivered);
    EXPECT_EQ(confirmedBy(ranges({1, 2, 4})), (QList<MessageId>{one, four}));
    EXPECT_EQ(confirmedBy(ranges({3})), (QList<MessageId>{three}));
    EXPECT_EQ(confirmedBy(ranges({})), QList<MessageId>());
    EXPECT_EQ(confirmedBy(ranges({1, 2, 3, 4}), kNextRun), QList<MessageId>());
    EXPECT_EQ(confirmedBy(ranges({5, AckRanges::kMaxNumber})), QList<MessageId>());
    AckRanges later;
    later.forgetBelow(3);
    later.add(3);
    EXPECT_EQ(confirmedBy(later), (QList<MessageId>{three})) << "nothing is claimed below the first";
}

TEST_F(OutgoingStreams, AreConfirmedEvenWhereTheyFailed)
{
    const MessageId one = send(contact);
    advance(one, MessageState::Failed);
    EXPECT_EQ(confirmedBy(ranges({1})), (QList<MessageId>{one}));
}

TEST_F(OutgoingStreams, AreNotConfirmedByPeopleTheyDidNotGoTo)
{
    const Contact other = added(u"Mallory"_s, u"mallory@a.example"_s);
    send(contact);
    EXPECT_EQ(must(store().streams().confirmedBy(other.id, {kStream, ranges({1})})), QList<MessageId>());
}

TEST_F(OutgoingStreams, AreNotConfirmedBeforeTheyHaveLeft)
{
    const MessageId one = queue(contact);
    EXPECT_EQ(confirmedBy(ranges({1})), QList<MessageId>());
    attempt(one);
    EXPECT_EQ(confirmedBy(ranges({1})), (QList<MessageId>{one}));
}

TEST_F(OutgoingStreams, TellWhatWaitsForANumberThatWasToBeForgotten)
{
    const MessageId arrived = send(contact), waiting = send(contact), given = send(contact), later = send(contact);
    for (const MessageId message : {arrived, waiting, later})
        must(store().outbox().add({message, contact.id, {}, at(1), false, 1}));
    advance(arrived, MessageState::Delivered);
    AckRanges told;
    told.forgetBelow(4);
    EXPECT_EQ(must(store().streams().waitingBelow(contact.id, {kStream, told})), QList<MessageId>{waiting})
        << given.toString().toStdString() << " is not in the outbox";
    EXPECT_EQ(must(store().streams().waitingBelow(contact.id, {kNextRun, told})), QList<MessageId>{});
}

TEST_F(OutgoingStreams, GiveAMessageTheNextNumberOfAnother)
{
    const MessageId old = send(contact);
    send(contact, kNextRun);
    EXPECT_EQ(must(store().messages().moveTo(old, kNextRun)), (StreamPlace{kNextRun, 2, 1}));
    EXPECT_EQ(place(old), (StreamPlace{kNextRun, 2, 1}));
    EXPECT_EQ(place(send(contact, kNextRun)), (StreamPlace{kNextRun, 3, 1}));
    EXPECT_EQ(store().messages().moveTo(MessageId(999), kNextRun).error().code, FailureCode::UnknownMessage);
}

TEST_F(OutgoingStreams, OfAStrangerComeAlong)
{
    const Contact other = stranger(u"bob@b.example"_s);
    const MessageId one = send(contact), toStranger = send(other, kNextRun);
    must(store().contacts().setAddresses(contact.id, {contact.addresses[0], other.addresses[0]}));
    EXPECT_EQ(place(one), (StreamPlace{kStream, 1, 1}));
    EXPECT_EQ(place(toStranger), (StreamPlace{kNextRun, 1, 1}));
    EXPECT_EQ(confirmedBy(ranges({1}), kNextRun), (QList<MessageId>{toStranger}));
}

TEST_F(OutgoingStreams, NameTheNewestMessagesThatWereThere)
{
    const MessageId first = queue(contact);
    EXPECT_EQ(row(first).parents, QList<WireId>());
    for (const char16_t *id : {u"a", u"b", u"c"})
        incoming(contact, QString::fromUtf16(id));
    const MessageId second = queue(contact);
    const QList<WireId> seen{wire(u"c"_s), wire(u"b"_s), wire(u"a"_s), wire(u"1"_s)};
    EXPECT_EQ(row(second).parents, seen);
    incoming(contact, u"d"_s);
    EXPECT_EQ(row(second).parents, seen) << "a repeat says the same";
    advance(first, MessageState::Failed);
    advance(second, MessageState::Failed);
    EXPECT_EQ(row(queue(contact)).parents, (QList<WireId>{wire(u"d"_s), wire(u"c"_s), wire(u"b"_s), wire(u"a"_s)}))
        << "what will never arrive is nobody's parent";
}

TEST_F(OutgoingStreams, NameParentsWhateverOtherClientsPutIntoTheirIds)
{
    incoming(contact, u" a 'b\",; "_s);
    EXPECT_EQ(row(queue(contact)).parents, (QList<WireId>{wire(u" a 'b\",; "_s)}));
}

TEST_F(OutgoingStreams, AreMissingInAStoreOfAnOlderVersion)
{
    close();
    const QString old = path(u"old.db"_s);
    {
        const auto database = must(Database::open(old, testKey(), Database::Mode::ReadWrite, Database::Create::Yes));
        must(migrate(*database, migrations().first(1)));
        must(database->execute(R"sql(
            INSERT INTO contacts (id, name, is_added, created_at) VALUES (1, 'Bob', 1, 0);
            INSERT INTO conversations (id, contact_id) VALUES (1, 1);
            INSERT INTO messages (id, conversation_id, contact_id, direction, wire_id, author_order, text, sent_at,
                                  state)
            VALUES (1, 1, 1, 1, 'w1', 1, 'hello', 0, 'sending');
            INSERT INTO outbox (message_id, contact_id, queued_at) VALUES (1, 1, 0);
        )sql"));
    }
    const auto upgraded = must(Store::open(old, testKey()));
    const auto row = must(upgraded->messages().outgoing(MessageId(1)));
    EXPECT_EQ(row.message.text, u"hello"_s);
    EXPECT_EQ(row.place, std::nullopt);
    EXPECT_EQ(row.parents, QList<WireId>());
    EXPECT_EQ(must(upgraded->outbox().all())[0].place, std::nullopt);
    const Message next = must(upgraded->messages().addOutgoing(
        {ConversationId(1), ContactId(1), wire(u"w2"_s), u"again"_s, at(1), {}, {kStream}}));
    EXPECT_EQ(must(upgraded->messages().outgoing(next.id)).place, (StreamPlace{kStream, 1, 1}));
    EXPECT_EQ(must(upgraded->messages().outgoing(next.id)).parents, (QList<WireId>{wire(u"w1"_s)}));
    must(upgraded->streams().take(ContactId(1), {kNextRun, 1, 1}));
}

} // namespace
} // namespace planb::store
