// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/message_sql.h"

#include "core/store/statement.h"

namespace planb::store {

std::string selectMessages(std::string_view rest, std::string_view extra)
{
    std::string sql = "SELECT ";
    sql.append(kMessageColumns).append(extra).append(" FROM messages AS m ").append(rest);
    return sql;
}

namespace {

std::optional<RouteLabel> readRoute(Statement &row, int first)
{
    if (row.isNull(first))
        return {};
    return RouteLabel{row.get<TransportId>(first), row.get<QString>(first + 1),
                      row.named(first + 2, &transportKindFromName)};
}

} // namespace

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
    return message;
}

} // namespace planb::store
