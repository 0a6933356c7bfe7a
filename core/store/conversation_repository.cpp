// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/conversation_repository.h"

#include "core/store/database.h"
#include "core/store/message_sql.h"

namespace planb::store {

namespace {

ConversationRow readConversation(Statement &row)
{
    constexpr int message = 5;
    ConversationRow read{row.get<ConversationId>(0),
                         row.get<ContactId>(1),
                         row.get<QString>(2),
                         row.get<qint64>(3),
                         row.get<std::optional<MessageId>>(4),
                         {}};
    if (!row.isNull(message))
        read.last = readMessage(row, message);
    return read;
}

} // namespace

Result<QList<ConversationRow>> ConversationRepository::all()
{
    return m_database.query(selectConversations(kByLastMessage)).all(&readConversation);
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
