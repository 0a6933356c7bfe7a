// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/conversation_repository.h"

#include "core/store/database.h"
#include "core/store/message_sql.h"

namespace planb::store {

namespace {

constexpr std::string_view kHead = R"sql(
    SELECT c.id, c.contact_id, k.name,
           (SELECT COUNT(*) FROM messages AS u WHERE u.conversation_id = c.id AND u.unread = 1),
)sql";
constexpr std::string_view kFrom = R"sql(
    FROM conversations AS c
    JOIN contacts AS k ON k.id = c.contact_id
    LEFT JOIN messages AS m ON m.id = (
        SELECT l.id FROM messages AS l WHERE l.conversation_id = c.id
        ORDER BY l.author_order DESC, l.direction DESC, l.id DESC LIMIT 1)
)sql";

std::string selectConversations(std::string_view rest)
{
    std::string sql(kHead);
    sql.append(kMessageColumns).append(kFrom).append(rest);
    return sql;
}

ConversationRow readConversation(Statement &row)
{
    constexpr int message = 4;
    ConversationRow read{
        row.get<ConversationId>(0), row.get<ContactId>(1), row.get<QString>(2), row.get<qint64>(3), {}};
    if (!row.isNull(message))
        read.last = readMessage(row, message);
    return read;
}

} // namespace

Result<QList<ConversationRow>> ConversationRepository::all()
{
    // By row id and not by time: clocks of others must not decide what stands on top.
    return m_database.query(selectConversations("ORDER BY m.id DESC NULLS LAST, c.id DESC")).all(&readConversation);
}

Result<ConversationRow> ConversationRepository::byId(ConversationId id)
{
    const auto row = m_database.query(selectConversations("WHERE c.id = ?1"), id).first(&readConversation);
    if (!row)
        return fail(row.error());
    if (!*row)
        return fail(FailureCode::UnknownConversation, id.toString());
    return **row;
}

Result<ConversationId> ConversationRepository::ofContact(ContactId contact)
{
    const auto id = m_database.query("SELECT id FROM conversations WHERE contact_id = ?1", contact)
                        .first([](Statement &s) { return s.get<ConversationId>(0); });
    if (!id)
        return fail(id.error());
    if (!*id)
        return fail(FailureCode::UnknownContact, contact.toString());
    return **id;
}

} // namespace planb::store
