// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/message.h"

#include <string>
#include <string_view>

namespace planb::store {

class Statement;

// The SQL that must stay fast however long a history grows. It stands here so that the tests can ask SQLite for its
// plans.

/// The columns readMessage() reads, for a table `messages AS m`.
inline constexpr std::string_view kMessageColumns = R"sql(
    m.id, m.conversation_id, m.contact_id, m.direction, m.text, m.sent_at, m.received_at, m.state,
    m.route_transport, m.route_label, m.route_kind, m.encrypted, m.verified,
    (SELECT MIN(r.id) FROM messages AS r WHERE r.wire_id = m.reply_to_wire AND r.contact_id = m.contact_id) AS reply_to,
    m.late,
    -- Neither here nor taken in and gone again. A wire id has no control characters, so this makes a JSON list of them.
    m.direction = 0 AND m.parents <> '' AND EXISTS (
        SELECT 1 FROM json_each(
            '["' || replace(replace(replace(m.parents, '\', '\\'), '"', '\"'), char(10), '","') || '"]') AS p
        WHERE NOT EXISTS (SELECT 1 FROM messages AS h WHERE h.wire_id = p.value AND h.contact_id = m.contact_id)
          AND NOT EXISTS (SELECT 1 FROM seen AS s WHERE s.contact_id = m.contact_id AND s.wire_id = p.value))
)sql";
inline constexpr int kMessageColumnCount = 16;

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

/// ?1 conversation, ?2 limit: without those that will never leave this computer.
inline constexpr std::string_view kNewestWireIds = R"sql(
    SELECT wire_id FROM messages WHERE conversation_id = ?1 AND state <> 'failed'
    ORDER BY author_order DESC, direction DESC, id DESC LIMIT ?2
)sql";

/// ?1 contact, ?2 wire id, ?3 text.
inline constexpr std::string_view kIsShownFromAnotherStranger = R"sql(
    SELECT EXISTS (
        SELECT 1 FROM messages AS m JOIN contacts AS k ON k.id = m.contact_id
        WHERE m.wire_id = ?2 AND m.contact_id <> ?1 AND m.direction = 0 AND m.text = ?3 AND k.is_added = 0
          AND (SELECT is_added FROM contacts WHERE id = ?1) = 0)
)sql";
/// ?1 conversation, ?2 to ?4 the place it ends with.
inline constexpr std::string_view kUnreadUpTo = R"sql(
    SELECT id FROM messages
    WHERE conversation_id = ?1 AND unread = 1 AND (author_order, direction, id) <= (?2, ?3, ?4)
    ORDER BY author_order, direction, id
)sql";
inline constexpr std::string_view kCountWaiting = "SELECT COUNT(*) FROM messages WHERE state IN ('queued', 'sending')";
inline constexpr std::string_view kOldestWaiting =
    "SELECT MIN(sent_at) FROM messages WHERE state IN ('queued', 'sending')";

/// By row id and not by time: clocks of others must not decide what stands on top.
inline constexpr std::string_view kByLastMessage = "ORDER BY m.id DESC NULLS LAST, c.id DESC";

/// SELECT of whole messages and `extra` columns after them (", m.wire_id" or nothing), followed by `rest`.
std::string selectMessages(std::string_view rest, std::string_view extra = {});

/// SELECT of id, contact, title, unread, oldest unread and kMessageColumns of the last message (NULL if there is none), for
/// `conversations AS c`, followed by `rest`.
std::string selectConversations(std::string_view rest);

/// Reads kMessageColumns beginning at `first`.
Message readMessage(Statement &row, int first = 0);

} // namespace planb::store
