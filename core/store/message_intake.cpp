// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/message_repository.h"

#include "core/store/database.h"
#include "core/store/message_sql.h"
#include "core/store/transaction.h"

#include <algorithm>

namespace planb::store {

// How what comes in becomes a row.

namespace {

constexpr std::string_view kInsertIncoming = R"sql(
    INSERT INTO messages (conversation_id, contact_id, direction, wire_id, author_order, text, sent_at, received_at,
                          state, route_transport, route_label, route_kind, unread, reply_to_wire, parents, late,
                          kind, target_wire, alias, wants_read_mark, sealed_by)
    VALUES (?1, ?2, ?14, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?14 = 0 AND ?15 = 'text', ?12, ?13,
            ?14 = 0 AND ?15 = 'text' AND EXISTS (
                SELECT 1 FROM messages
                WHERE conversation_id = ?1 AND (author_order, direction) > (?4, 0) AND kind = 'text'),
            ?15, ?16, ?17, ?18, ?19)
)sql";
qint64 orderFor(std::optional<quint64> given, qint64 largest)
{
    const auto limit = static_cast<quint64>(largest + MessageRepository::kMaxOrderStep);
    if (given && *given > 0 && *given <= limit)
        return static_cast<qint64>(*given);
    return largest + 1;
}

std::optional<QString> textOf(const std::optional<WireId> &id)
{
    return id ? std::optional(id->toString()) : std::nullopt;
}

int numberOf(Direction direction)
{
    return direction == Direction::In ? 0 : 1;
}

QString linesOf(const QList<WireId> &ids)
{
    QStringList lines;
    for (const WireId &id : ids)
        lines.append(id.toString());
    return lines.join(u'\n');
}

} // namespace

Result<std::optional<Message>> MessageRepository::addIncoming(const IncomingDraft &draft)
{
    auto transaction = Transaction::begin(m_database);
    if (!transaction)
        return fail(transaction.error());
    if (const auto known = checkConversation(draft.conversation, draft.contact); !known)
        return fail(known.error());

    const auto isKnown = isRepeat(draft);
    if (!isKnown)
        return fail(isKnown.error());
    if (*isKnown)
        return std::optional<Message>();
    const auto isShown = isShownFromAnotherStranger(draft);
    if (!isShown)
        return fail(isShown.error());

    std::optional<Message> message;
    if (!*isShown) {
        auto inserted = insertIncoming(draft);
        if (!inserted)
            return fail(inserted.error());
        message = std::move(*inserted);
    }
    if (const auto committed = transaction->commit(); !committed)
        return fail(committed.error());
    return message;
}

// Remembers it, if it is none.
Result<bool> MessageRepository::isRepeat(const IncomingDraft &draft)
{
    // Not by what was seen of the contact: they could take up our ids before our own copies come here.
    if (draft.direction == Direction::Out) {
        const auto sent = findOutgoing(draft.contact, draft.wireId);
        return sent ? Result<bool>(sent->has_value()) : Result<bool>(fail(sent.error()));
    }
    const auto added = m_database.runAndCount("INSERT OR IGNORE INTO seen (contact_id, wire_id) VALUES (?1, ?2)",
                                              draft.contact, draft.wireId.toString());
    if (!added)
        return fail(added.error());
    return *added == 0;
}

Result<bool> MessageRepository::isShownFromAnotherStranger(const IncomingDraft &draft)
{
    if (draft.direction == Direction::Out)
        return false;
    return m_database.query(kIsShownFromAnotherStranger, draft.contact, draft.wireId.toString(), draft.text)
        .value<bool>();
}

Result<std::optional<QString>> MessageRepository::canonicalTarget(const IncomingDraft &draft)
{
    if (!draft.target)
        return std::optional<QString>();
    const bool mayBothNameIt = draft.kind == ContentKind::Reaction;
    const auto author = mayBothNameIt ? std::optional<int>() : std::optional(numberOf(draft.direction));
    const auto known = m_database.query(kCanonicalTarget, draft.contact, draft.target->toString(), author)
                           .first([](Statement &s) { return s.get<QString>(0); });
    if (!known)
        return fail(known.error());
    return std::optional(known->value_or(draft.target->toString()));
}

Result<Message> MessageRepository::insertIncoming(const IncomingDraft &draft)
{
    const auto largest = largestOrder(draft.conversation);
    if (!largest)
        return fail(largest.error());
    const auto target = canonicalTarget(draft);
    if (!target)
        return fail(target.error());
    const bool isOwn = draft.direction == Direction::Out;
    const auto receivedAt = isOwn ? std::nullopt : std::optional(draft.receivedAt);
    const auto added = m_database.run(
        kInsertIncoming, draft.conversation, draft.contact, draft.wireId.toString(), orderFor(draft.order, *largest),
        draft.text, draft.sentAt, receivedAt, nameOf(isOwn ? MessageState::Sent : MessageState::Delivered),
        draft.route.transport, draft.route.label, nameOf(draft.route.kind), textOf(draft.replyTo),
        linesOf(draft.parents.first(std::min(draft.parents.size(), kMaxParents))), numberOf(draft.direction),
        nameOf(draft.kind), *target, textOf(draft.alias), draft.wantsReadMark, draft.sealedBy);
    if (!added)
        return fail(added.error());
    const MessageId id(m_database.lastInsertedId());
    if (draft.kind == ContentKind::Correction || draft.alias) {
        if (const auto adopted = m_database.run(kAdopt, id); !adopted)
            return fail(adopted.error());
    }
    return byId(id);
}

} // namespace planb::store
