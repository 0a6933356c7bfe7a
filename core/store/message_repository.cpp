// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/message_repository.h"

#include "core/store/database.h"
#include "core/store/message_sql.h"
#include "core/store/stream_sql.h"
#include "core/store/transaction.h"

#include <algorithm>

namespace planb::store {

using namespace Qt::StringLiterals;

namespace {

constexpr std::string_view kInsertOutgoing = R"sql(
    INSERT INTO messages (conversation_id, contact_id, direction, wire_id, author_order, text, sent_at, state,
                          reply_to_wire, parents, stream, stream_number, kind, target_wire, via_transport)
    VALUES (?1, ?2, 1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, iif(?10 IS NULL, NULL, (
        SELECT 1 + COALESCE(MAX(stream_number), 0) FROM messages WHERE contact_id = ?2 AND stream = ?10)), ?11, ?12, ?13)
)sql";
constexpr std::string_view kMove = R"sql(
    UPDATE messages AS m SET stream = ?2, stream_number = (
        SELECT 1 + COALESCE(MAX(stream_number), 0) FROM messages WHERE contact_id = m.contact_id AND stream = ?2)
    WHERE id = ?1
)sql";
constexpr std::string_view kSetRoute =
    "UPDATE messages SET route_transport = ?2, route_label = ?3, route_kind = ?4 WHERE id = ?1";
constexpr std::string_view kContactOfConversation =
    "SELECT k.id, k.removed FROM conversations AS c JOIN contacts AS k ON k.id = c.contact_id WHERE c.id = ?1";
// Of this conversation, and of those with contacts that held an address of this one: to the other side somebody who
// was removed and added again is the same author, whose places must go on rising.
constexpr std::string_view kLargestOrderTowards = R"sql(
    SELECT COALESCE(MAX(largest), 0) FROM (
        SELECT (SELECT MAX(author_order) FROM messages WHERE conversation_id = held.id) AS largest
        FROM (
            SELECT ?1 AS id
            UNION
            SELECT c.id FROM addresses AS a
            JOIN former_addresses AS f ON f.kind = a.kind AND f.value = a.value
            JOIN conversations AS c ON c.contact_id = f.contact_id
            WHERE a.contact_id = ?2) AS held)
)sql";
constexpr std::string_view kPlace =
    "SELECT author_order, direction FROM messages WHERE id = ?1 AND conversation_id = ?2";

std::optional<WireId> readWireId(Statement &row, int column)
{
    return WireId::parse(row.get<std::optional<QString>>(column).value_or(QString()));
}

// Of the message replied to.
constexpr std::string_view kOutgoingColumns = R"sql(
    , m.wire_id, m.author_order, m.reply_to_wire, m.parents, m.text, m.kind, m.target_wire, q.text, q.sent_at, q.direction,
    m.via_transport
)sql";
constexpr std::string_view kOutgoingById = R"sql(
    LEFT JOIN messages AS q ON q.id = (
        SELECT MIN(s.id) FROM messages AS s WHERE s.wire_id = m.reply_to_wire AND s.contact_id = m.contact_id)
    WHERE m.id = ?1 AND m.direction = 1
)sql";
constexpr int kOutgoingColumnCount = 11;

// Nothing where the row is unreadable, which the statement is told.
std::optional<MessageRepository::OutgoingRow> readOutgoing(Statement &row)
{
    constexpr int extra = kMessageColumnCount;
    const auto wireId = WireId::parse(row.get<QString>(extra));
    if (!wireId) {
        row.reportUnreadable(extra);
        return {};
    }
    QList<WireId> parents;
    for (const QString &line : row.get<QString>(extra + 3).split(u'\n', Qt::SkipEmptyParts)) {
        if (const auto parent = WireId::parse(line))
            parents.append(*parent);
    }
    MessageRepository::OutgoingRow read{readMessage(row),
                                        *wireId,
                                        row.get<quint64>(extra + 1),
                                        readWireId(row, extra + 2),
                                        readPlace(row, extra + kOutgoingColumnCount),
                                        parents,
                                        row.get<QString>(extra + 4),
                                        row.named(extra + 5, &contentKindFromName),
                                        readWireId(row, extra + 6)};
    if (!row.isNull(extra + 7)) {
        read.quoted = MessageVersion{row.get<QString>(extra + 7), row.get<WallTime>(extra + 8)};
        read.quotedDirection = row.get<int>(extra + 9) == 0 ? Direction::In : Direction::Out;
    }
    read.via = row.get<std::optional<TransportId>>(extra + 10);
    return read;
}

Unexpected<Failure> unknownMessage(MessageId id)
{
    return fail(FailureCode::UnknownMessage, id.toString());
}

} // namespace

Result<Message> MessageRepository::addOutgoing(const OutgoingDraft &draft)
{
    auto transaction = Transaction::begin(m_database);
    if (!transaction)
        return fail(transaction.error());
    if (const auto known = checkConversation(draft.conversation, draft.contact); !known)
        return fail(known.error());
    const auto replied = wireIdOf(draft.replyTo, draft.conversation);
    if (!replied)
        return fail(replied.error());
    const auto target = wireIdOf(draft.target, draft.conversation);
    if (!target)
        return fail(target.error());
    const auto largest = m_database.query(kLargestOrderTowards, draft.conversation, draft.contact).value<qint64>();
    if (!largest)
        return fail(largest.error());

    const auto parents = newestWireIds(draft.conversation);
    if (!parents)
        return fail(parents.error());
    const auto stream = draft.stream ? std::optional(draft.stream->toString()) : std::nullopt;
    const auto added = m_database.run(kInsertOutgoing, draft.conversation, draft.contact, draft.wireId.toString(),
                                      *largest + 1, draft.text, draft.sentAt, nameOf(MessageState::Queued), *replied,
                                      *parents, stream, nameOf(draft.kind), *target, draft.via);
    if (!added)
        return fail(added.error());
    const MessageId id(m_database.lastInsertedId());
    if (const auto committed = transaction->commit(); !committed)
        return fail(committed.error());
    return byId(id);
}

Result<Message> MessageRepository::byId(MessageId id)
{
    auto message = m_database.query(selectMessages("WHERE m.id = ?1"), id).first([](Statement &s) {
        return readMessage(s);
    });
    if (!message)
        return fail(message.error());
    if (!*message)
        return unknownMessage(id);
    return **message;
}

Result<MessageRepository::OutgoingRow> MessageRepository::outgoing(MessageId id)
{
    std::string extra(kOutgoingColumns);
    extra.append(kPlaceColumns);
    const auto row = m_database.query(selectMessages(kOutgoingById, extra), id).first(&readOutgoing);
    if (!row)
        return fail(row.error());
    if (!*row)
        return unknownMessage(id);
    return ***row;
}

Result<QList<Message>> MessageRepository::page(ConversationId conversation, std::optional<MessageId> before, int limit)
{
    if (limit < 1 || limit > kMaxPage)
        return fail(FailureCode::InvalidArgument, u"a page has 1 to %1 messages"_s.arg(kMaxPage));
    const auto isKnown = m_database.query("SELECT EXISTS (SELECT 1 FROM conversations WHERE id = ?1)", conversation)
                             .value<bool>();
    if (!isKnown)
        return fail(isKnown.error());
    if (!*isKnown)
        return fail(FailureCode::UnknownConversation, conversation.toString());

    const auto read = [](Statement &s) { return readMessage(s); };
    Result<QList<Message>> newestFirst = QList<Message>();
    if (before) {
        const auto place = placeOf(*before, conversation);
        if (!place)
            return fail(place.error());
        newestFirst = m_database
                          .query(selectMessages(kPageBefore), conversation, limit, place->order, place->direction,
                                 *before)
                          .all(read);
    } else {
        newestFirst = m_database.query(selectMessages(kLastPage), conversation, limit).all(read);
    }
    if (newestFirst)
        std::reverse(newestFirst->begin(), newestFirst->end());
    return newestFirst;
}

Result<StreamPlace> MessageRepository::moveTo(MessageId id, const StreamId &stream)
{
    if (const auto moved = m_database.run(kMove, id, stream.toString()); !moved)
        return fail(moved.error());
    const auto row = outgoing(id);
    if (!row)
        return fail(row.error());
    return row->place.value();
}

Result<std::optional<MessageId>> MessageRepository::findOutgoing(ContactId contact, const WireId &wireId)
{
    return m_database
        .query("SELECT id FROM messages WHERE (wire_id = ?1 OR alias = ?1) AND contact_id = ?2 AND direction = 1",
               wireId.toString(), contact)
        .first([](Statement &s) { return s.get<MessageId>(0); });
}

Result<std::optional<MessageId>> MessageRepository::targetOf(MessageId item)
{
    return m_database.query(kTarget, item).first([](Statement &s) { return s.get<MessageId>(0); });
}

Result<QList<MessageVersion>> MessageRepository::versions(MessageId id)
{
    const auto read = [](Statement &s) { return MessageVersion{s.get<QString>(0), s.get<WallTime>(1)}; };
    const auto first = m_database.query("SELECT text, sent_at FROM messages WHERE id = ?1 AND kind = 'text'", id)
                           .first(read);
    if (!first)
        return fail(first.error());
    if (!*first)
        return unknownMessage(id);
    auto versions = m_database.query(kCorrections, id).all(read);
    if (versions)
        versions->prepend(**first);
    return versions;
}

Result<bool> MessageRepository::advance(MessageId id, MessageState state, const std::optional<RouteLabel> &route)
{
    auto transaction = Transaction::begin(m_database);
    if (!transaction)
        return fail(transaction.error());
    const auto present = m_database.query("SELECT state FROM messages WHERE id = ?1 AND direction = 1", id)
                             .first([](Statement &s) { return s.named(0, &messageStateFromName); });
    if (!present)
        return fail(present.error());
    if (!*present)
        return unknownMessage(id);
    if (!mayFollow(**present, state))
        return false;
    const auto updated = m_database.run("UPDATE messages SET state = ?2 WHERE id = ?1", id, nameOf(state));
    if (!updated)
        return fail(updated.error());
    if (route) {
        const auto routed = m_database.run(kSetRoute, id, route->transport, route->label, nameOf(route->kind));
        if (!routed)
            return fail(routed.error());
    }
    if (const auto committed = transaction->commit(); !committed)
        return fail(committed.error());
    return true;
}

Result<QList<MessageId>> MessageRepository::markRead(ConversationId conversation, MessageId upTo)
{
    auto transaction = Transaction::begin(m_database);
    if (!transaction)
        return fail(transaction.error());
    const auto place = placeOf(upTo, conversation);
    if (!place)
        return fail(place.error());
    const auto unread = m_database.query(kUnreadUpTo, conversation, place->order, place->direction, upTo)
                            .all([](Statement &s) { return s.get<MessageId>(0); });
    if (!unread)
        return unread;
    for (const MessageId id : *unread) {
        const auto marked = m_database.run("UPDATE messages SET unread = 0, state = ?2 WHERE id = ?1", id,
                                           nameOf(MessageState::Read));
        if (!marked)
            return fail(marked.error());
    }
    if (const auto committed = transaction->commit(); !committed)
        return fail(committed.error());
    return unread;
}

Result<QList<MessageId>> MessageRepository::notReadUpTo(MessageId upTo)
{
    return m_database.query(kNotReadUpTo, upTo, kMaxPage).all([](Statement &s) { return s.get<MessageId>(0); });
}

Result<std::optional<WireId>> MessageRepository::readMarkFor(MessageId id)
{
    const auto name = m_database
                          .query("SELECT COALESCE(alias, wire_id) FROM messages WHERE id = ?1 AND wants_read_mark = 1",
                                 id)
                          .first([](Statement &s) { return readWireId(s, 0); });
    if (!name)
        return fail(name.error());
    return name->value_or(std::nullopt);
}

Result<qint64> MessageRepository::queuedCount()
{
    return m_database.query(kCountWaiting).value<qint64>();
}

Result<std::optional<WallTime>> MessageRepository::oldestQueuedAt()
{
    return m_database.query(kOldestWaiting).value<std::optional<WallTime>>();
}

Result<void> MessageRepository::checkConversation(ConversationId conversation, ContactId contact)
{
    struct Row {
        ContactId contact;
        bool isRemoved;
    };
    const auto row = m_database.query(kContactOfConversation, conversation).first([](Statement &s) {
        return Row{s.get<ContactId>(0), s.get<bool>(1)};
    });
    if (!row)
        return fail(row.error());
    if (!*row)
        return fail(FailureCode::UnknownConversation, conversation.toString());
    if ((*row)->contact != contact || (*row)->isRemoved)
        return fail(FailureCode::UnknownContact, contact.toString());
    return {};
}

Result<MessageRepository::Place> MessageRepository::placeOf(MessageId id, ConversationId conversation)
{
    const auto place = m_database.query(kPlace, id, conversation).first([](Statement &s) {
        return Place{s.get<qint64>(0), s.get<int>(1)};
    });
    if (!place)
        return fail(place.error());
    if (!*place)
        return unknownMessage(id);
    return **place;
}

Result<qint64> MessageRepository::largestOrder(ConversationId conversation)
{
    return m_database
        .query("SELECT COALESCE(MAX(author_order), 0) FROM messages WHERE conversation_id = ?1", conversation)
        .value<qint64>();
}

Result<QString> MessageRepository::newestWireIds(ConversationId conversation)
{
    const auto ids = m_database.query(kNewestWireIds, conversation, kMaxParents).all([](Statement &s) {
        return s.get<QString>(0);
    });
    if (!ids)
        return fail(ids.error());
    return ids->join(u'\n');
}

Result<std::optional<QString>> MessageRepository::wireIdOf(std::optional<MessageId> message,
                                                           ConversationId conversation)
{
    if (!message)
        return std::optional<QString>();
    auto wireId = m_database
                      .query("SELECT wire_id FROM messages WHERE id = ?1 AND conversation_id = ?2 AND kind = 'text'",
                             *message, conversation)
                      .first([](Statement &s) { return s.get<QString>(0); });
    if (wireId && !*wireId)
        return unknownMessage(*message);
    return wireId;
}

} // namespace planb::store
