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
    (SELECT MIN(r.id) FROM messages AS r
     WHERE (r.wire_id = m.reply_to_wire OR r.alias = m.reply_to_wire) AND r.contact_id = m.contact_id
       AND r.kind = 'text') AS reply_to,
    m.late,
    -- Neither here nor taken in and gone again. A wire id has no control characters, so this makes a JSON list of them.
    m.direction = 0 AND m.parents <> '' AND EXISTS (
        SELECT 1 FROM json_each(
            '["' || replace(replace(replace(m.parents, '\', '\\'), '"', '\"'), char(10), '","') || '"]') AS p
        WHERE NOT EXISTS (SELECT 1 FROM messages AS h WHERE h.wire_id = p.value AND h.contact_id = m.contact_id)
          AND NOT EXISTS (SELECT 1 FROM seen AS s WHERE s.contact_id = m.contact_id AND s.wire_id = p.value)),
    -- What was said about it later: by its author, and by both. Of several the last counts.
    (SELECT c.text FROM messages AS c
     WHERE c.contact_id = m.contact_id AND c.target_wire = m.wire_id AND c.kind = 'correction'
       AND c.direction = m.direction
     ORDER BY c.author_order DESC, c.id DESC LIMIT 1),
    (SELECT c.sent_at FROM messages AS c
     WHERE c.contact_id = m.contact_id AND c.target_wire = m.wire_id AND c.kind = 'correction'
       AND c.direction = m.direction
     ORDER BY c.author_order DESC, c.id DESC LIMIT 1),
    EXISTS (SELECT 1 FROM messages AS c
            WHERE c.contact_id = m.contact_id AND c.target_wire = m.wire_id AND c.kind = 'retraction'
              AND c.direction = m.direction),
    (SELECT c.text FROM messages AS c
     WHERE c.contact_id = m.contact_id AND c.target_wire = m.wire_id AND c.kind = 'reaction'
       AND c.direction = 1
     ORDER BY c.author_order DESC, c.id DESC LIMIT 1),
    (SELECT c.text FROM messages AS c
     WHERE c.contact_id = m.contact_id AND c.target_wire = m.wire_id AND c.kind = 'reaction'
       AND c.direction = 0
     ORDER BY c.author_order DESC, c.id DESC LIMIT 1),
    m.sealed_by
)sql";
inline constexpr int kMessageColumnCount = 22;

/// ?1 conversation, ?2 limit: the end of a conversation, newest first.
inline constexpr std::string_view kLastPage = R"sql(
    WHERE m.conversation_id = ?1 AND m.kind = 'text'
    ORDER BY m.author_order DESC, m.direction DESC, m.id DESC LIMIT ?2
)sql";
/// ?1 conversation, ?2 limit, ?3 to ?5 the place (order, direction, id) it ends before, newest first.
inline constexpr std::string_view kPageBefore = R"sql(
    WHERE m.conversation_id = ?1 AND m.kind = 'text' AND (m.author_order, m.direction, m.id) < (?3, ?4, ?5)
    ORDER BY m.author_order DESC, m.direction DESC, m.id DESC LIMIT ?2
)sql";

/// ?1 conversation, ?2 limit: without those that will never leave this computer.
inline constexpr std::string_view kNewestWireIds = R"sql(
    SELECT wire_id FROM messages WHERE conversation_id = ?1 AND state <> 'failed' AND kind = 'text'
    ORDER BY author_order DESC, direction DESC, id DESC LIMIT ?2
)sql";

/// ?1 an item about a message: that message, if it is here and the item counts.
inline constexpr std::string_view kTarget = R"sql(
    SELECT t.id FROM messages AS i JOIN messages AS t ON t.contact_id = i.contact_id AND t.wire_id = i.target_wire
    WHERE i.id = ?1 AND t.kind = 'text' AND (i.kind = 'reaction' OR t.direction = i.direction)
    ORDER BY t.id LIMIT 1
)sql";
/// ?1 message: what its author made of it later, the oldest first.
inline constexpr std::string_view kCorrections = R"sql(
    SELECT c.text, c.sent_at FROM messages AS m
    JOIN messages AS c ON c.contact_id = m.contact_id AND c.target_wire = m.wire_id
    WHERE m.id = ?1 AND c.kind = 'correction' AND c.direction = m.direction ORDER BY c.author_order, c.id
)sql";
/// ?1 contact, ?2 an id, ?3 direction of the item that names it, or NULL if both may: the wire id by which the message
/// is stored, if that is another one.
inline constexpr std::string_view kCanonicalTarget = R"sql(
    SELECT iif(kind = 'correction', target_wire, wire_id) FROM messages
    WHERE contact_id = ?1 AND (wire_id = ?2 OR alias = ?2) AND kind IN ('text', 'correction')
      AND direction = COALESCE(?3, direction)
    ORDER BY kind DESC LIMIT 1
)sql";
/// ?1 a message or correction that came after items which name it by another id: from now on they name the message.
inline constexpr std::string_view kAdopt = R"sql(
    UPDATE messages AS a SET target_wire = iif(r.kind = 'correction', r.target_wire, r.wire_id)
    FROM messages AS r
    WHERE r.id = ?1 AND a.contact_id = r.contact_id AND a.id <> r.id
      AND a.target_wire IN (iif(r.kind = 'correction', r.wire_id, r.alias), r.alias)
      AND (a.kind = 'reaction' OR a.direction = r.direction)
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
/// ?1 message, ?2 limit.
inline constexpr std::string_view kNotReadUpTo = R"sql(
    SELECT m.id FROM messages AS u
    JOIN messages AS m ON m.conversation_id = u.conversation_id AND m.author_order <= u.author_order
    WHERE u.id = ?1 AND m.direction = 1 AND m.state NOT IN ('read', 'failed') AND m.kind = 'text'
      AND (m.author_order < u.author_order OR u.direction = 0 OR m.id <= u.id)
      AND (m.state IN ('sent', 'delivered') OR EXISTS (SELECT 1 FROM attempts AS a WHERE a.message_id = m.id))
    ORDER BY m.author_order DESC LIMIT ?2
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
