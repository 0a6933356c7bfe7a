// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/stream_repository.h"

#include "core/store/database.h"
#include "core/store/stream_sql.h"
#include "core/store/transaction.h"

#include <algorithm>

namespace planb::store {

namespace {

constexpr std::string_view kPut = R"sql(
    INSERT INTO incoming_streams (contact_id, stream, ranges, touched)
    VALUES (?1, ?2, ?3, (SELECT 1 + COALESCE(MAX(touched), 0) FROM incoming_streams WHERE contact_id = ?1))
    ON CONFLICT (contact_id, stream) DO UPDATE SET ranges = excluded.ranges, touched = excluded.touched, owed = 1
)sql";
constexpr std::string_view kNewest =
    "SELECT stream, ranges FROM incoming_streams WHERE contact_id = ?1 ORDER BY touched DESC LIMIT ?2";
constexpr std::string_view kPrune = R"sql(
    DELETE FROM incoming_streams
    WHERE contact_id = ?1 AND stream NOT IN (
        SELECT stream FROM incoming_streams WHERE contact_id = ?1 ORDER BY touched DESC LIMIT ?2)
)sql";

AckRanges readRanges(Statement &row, int column)
{
    const auto ranges = AckRanges::fromText(row.get<QString>(column));
    if (!ranges)
        row.reportUnreadable(column);
    return ranges.value_or(AckRanges());
}

} // namespace

Result<StreamRepository::Taken> StreamRepository::take(ContactId contact, const StreamPlace &place)
{
    auto transaction = Transaction::begin(m_database);
    if (!transaction)
        return fail(transaction.error());
    const auto known = ranges(contact, place.stream);
    if (!known)
        return fail(known.error());
    AckRanges ranges = known->value_or(AckRanges());
    ranges.forgetBelow(place.base);
    const bool wasCovered = ranges.covers(place.number);
    const quint64 highest = ranges.highest();
    ranges.add(place.number);
    Taken taken;
    taken.isNew = !wasCovered && ranges.covers(place.number);
    taken.opensGap = taken.isNew && place.number > highest + 1;
    // Also where nothing changed: whoever repeats a message of an old stream has to hear about that stream.
    if (const auto done = put(contact, {place.stream, ranges}); !done)
        return fail(done.error());
    if (const auto done = prune(contact); !done)
        return fail(done.error());
    if (const auto committed = transaction->commit(); !committed)
        return fail(committed.error());
    return taken;
}

Result<QList<StreamAck>> StreamRepository::newest(ContactId contact, qsizetype count)
{
    const auto rows = m_database.query(kNewest, contact, count).all([](Statement &s) {
        const auto stream = StreamId::parse(s.get<QString>(0));
        if (!stream)
            s.reportUnreadable(0);
        return stream ? std::optional(StreamAck{*stream, readRanges(s, 1)}) : std::nullopt;
    });
    if (!rows)
        return fail(rows.error());
    QList<StreamAck> acks;
    for (const auto &row : *rows)
        acks.append(*row);
    return acks;
}

Result<QList<ContactId>> StreamRepository::owed()
{
    return m_database.query(kOwed).all([](Statement &s) { return s.get<ContactId>(0); });
}

Result<void> StreamRepository::setAcknowledged(ContactId contact)
{
    return m_database.run("UPDATE incoming_streams SET owed = 0 WHERE contact_id = ?1 AND owed = 1", contact);
}

Result<void> StreamRepository::copy(ContactId from, ContactId into)
{
    auto transaction = Transaction::begin(m_database);
    if (!transaction)
        return fail(transaction.error());
    auto streams = newest(from, kMaxStreams);
    if (!streams)
        return fail(streams.error());
    std::reverse(streams->begin(), streams->end()); // the newest last, so that it is the newest there too
    for (const StreamAck &ack : *streams) {
        const auto known = ranges(into, ack.stream);
        if (!known)
            return fail(known.error());
        AckRanges united = known->value_or(ack.ranges);
        united.unite(ack.ranges);
        if (*known == united)
            continue;
        if (auto done = put(into, {ack.stream, united}); !done)
            return done;
    }
    if (auto done = prune(into); !done)
        return done;
    return transaction->commit();
}

Result<void> StreamRepository::join(ContactId gone, ContactId into)
{
    auto transaction = Transaction::begin(m_database);
    if (!transaction)
        return fail(transaction.error());
    if (auto done = copy(gone, into); !done)
        return done;
    if (auto done = m_database.run("DELETE FROM incoming_streams WHERE contact_id = ?1", gone); !done)
        return done;
    return transaction->commit();
}

Result<QList<MessageId>> StreamRepository::confirmedBy(ContactId contact, const StreamAck &ack)
{
    struct Row {
        MessageId message;
        quint64 number;
    };
    const auto rows = m_database
                          .query(kUnconfirmed, contact, ack.stream.toString(), ack.ranges.first(), ack.ranges.highest())
                          .all([](Statement &s) {
                              return Row{s.get<MessageId>(0), s.get<quint64>(1)};
                          });
    if (!rows)
        return fail(rows.error());
    QList<MessageId> confirmed;
    for (const Row &row : *rows) {
        if (ack.ranges.covers(row.number))
            confirmed.append(row.message);
    }
    return confirmed;
}

Result<QList<MessageId>> StreamRepository::waitingBelow(ContactId contact, const StreamAck &ack)
{
    return m_database.query(kForgotten, contact, ack.stream.toString(), ack.ranges.first()).all([](Statement &s) {
        return s.get<MessageId>(0);
    });
}

Result<std::optional<AckRanges>> StreamRepository::ranges(ContactId contact, const StreamId &stream)
{
    return m_database
        .query("SELECT ranges FROM incoming_streams WHERE contact_id = ?1 AND stream = ?2", contact, stream.toString())
        .first([](Statement &s) { return readRanges(s, 0); });
}

Result<void> StreamRepository::put(ContactId contact, const StreamAck &ack)
{
    return m_database.run(kPut, contact, ack.stream.toString(), ack.ranges.toText());
}

Result<void> StreamRepository::prune(ContactId contact)
{
    return m_database.run(kPrune, contact, kMaxStreams);
}

} // namespace planb::store
