// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/message_sql.h"

#include "core/model/content.h"
#include "core/store/statement.h"

namespace planb::store {

namespace {

constexpr std::string_view kHead = R"sql(
    SELECT c.id, c.contact_id, k.name,
           (SELECT COUNT(*) FROM messages AS u WHERE u.conversation_id = c.id AND u.unread = 1),
           (SELECT u.id FROM messages AS u WHERE u.conversation_id = c.id AND u.unread = 1
            ORDER BY u.author_order, u.direction, u.id LIMIT 1),
)sql";
constexpr std::string_view kFrom = R"sql(
    FROM conversations AS c
    JOIN contacts AS k ON k.id = c.contact_id
    LEFT JOIN messages AS m ON m.id = (
        SELECT l.id FROM messages AS l WHERE l.conversation_id = c.id AND l.kind = 'text'
        ORDER BY l.author_order DESC, l.direction DESC, l.id DESC LIMIT 1)
)sql";

std::optional<RouteLabel> readRoute(Statement &row, int first)
{
    if (row.isNull(first))
        return {};
    return RouteLabel{row.get<TransportId>(first), row.get<QString>(first + 1),
                      row.named(first + 2, &transportKindFromName)};
}

QStringList readReactions(Statement &row, int column)
{
    return reactionsFromLines(row.get<std::optional<QString>>(column).value_or(QString()));
}

} // namespace

std::string selectMessages(std::string_view rest, std::string_view extra)
{
    std::string sql = "SELECT ";
    sql.append(kMessageColumns).append(extra).append(" FROM messages AS m ").append(rest);
    return sql;
}

std::string selectConversations(std::string_view rest)
{
    std::string sql(kHead);
    sql.append(kMessageColumns).append(kFrom).append(rest);
    return sql;
}

Message readMessage(Statement &row, int first)
{
    Message message;
    message.id = row.get<MessageId>(first);
    message.conversation = row.get<ConversationId>(first + 1);
    message.contact = row.get<ContactId>(first + 2);
    message.direction = row.get<int>(first + 3) == 0 ? Direction::In : Direction::Out;
    message.text = row.get<QString>(first + 4);
    message.sentAt = row.get<WallTime>(first + 5);
    message.receivedAt = row.get<std::optional<WallTime>>(first + 6);
    message.state = row.named(first + 7, &messageStateFromName);
    message.route = readRoute(row, first + 8);
    message.encrypted = row.get<bool>(first + 11);
    message.verified = row.get<bool>(first + 12);
    message.replyTo = row.get<std::optional<MessageId>>(first + 13);
    message.late = row.get<bool>(first + 14);
    message.missing = row.get<bool>(first + 15);
    if (!row.isNull(first + 16)) {
        message.text = row.get<QString>(first + 16);
        message.correctedAt = row.get<WallTime>(first + 17);
    }
    message.retracted = row.get<bool>(first + 18);
    if (message.retracted)
        message.text.clear();
    message.reactions.mine = readReactions(row, first + 19);
    message.reactions.theirs = readReactions(row, first + 20);
    message.sealedBy = row.get<QString>(first + 21);
    return message;
}

} // namespace planb::store
