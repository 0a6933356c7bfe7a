// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/message.h"

#include <string>
#include <string_view>

namespace planb::store {

class Statement;

/// The columns readMessage() reads, for a table `messages AS m`.
inline constexpr std::string_view kMessageColumns = R"sql(
    m.id, m.conversation_id, m.contact_id, m.direction, m.text, m.sent_at, m.received_at, m.state,
    m.route_transport, m.route_label, m.route_kind, m.encrypted, m.verified,
    (SELECT MIN(r.id) FROM messages AS r WHERE r.wire_id = m.reply_to_wire AND r.contact_id = m.contact_id) AS reply_to
)sql";
inline constexpr int kMessageColumnCount = 14;

/// ?1 conversation, ?2 limit: the end of a conversation, newest first.
inline constexpr std::string_view kLastPage = R"sql(
    WHERE m.conversation_id = ?1
    ORDER BY m.author_order DESC, m.direction DESC, m.id DESC LIMIT ?2
)sql";
/// ?1 conversation, ?2 limit, ?3 to ?5 the place (order, direction, id) it ends before, newest first.
inline constexpr std::string_view kPageBefore = R"sql(
    WHERE m.conversation_id = ?1 AND (m.author_order, m.direction, m.id) < (?3, ?4, ?5)
    ORDER BY m.author_order DESC, m.direction DESC, m.id DESC LIMIT ?2
)sql";

/// SELECT of whole messages and `extra` columns after them (", m.wire_id" or nothing), followed by `rest`.
std::string selectMessages(std::string_view rest, std::string_view extra = {});

/// Reads kMessageColumns beginning at `first`.
Message readMessage(Statement &row, int first = 0);

} // namespace planb::store
