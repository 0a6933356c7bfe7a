// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/stream.h"

#include <optional>
#include <string_view>

namespace planb::store {

class Statement;

// As in message_sql.h: the tests ask SQLite for the plans of these.

/// The place of an outgoing `messages AS m`, to be read by readPlace(): stream, number, the lowest number that still
/// waits.
inline constexpr std::string_view kPlaceColumns = R"sql(
    , m.stream, m.stream_number,
    (SELECT MIN(w.stream_number) FROM messages AS w
     WHERE w.contact_id = m.contact_id AND w.stream = m.stream AND w.stream IS NOT NULL
       AND w.state NOT IN ('delivered', 'read') AND w.state <> 'failed')
)sql";
std::optional<StreamPlace> readPlace(Statement &row, int first);

/// ?1 contact, ?2 stream, ?3 and ?4 the lowest and the highest number: own messages that went out and are not known to
/// have arrived, with their numbers.
inline constexpr std::string_view kUnconfirmed = R"sql(
    SELECT m.id, m.stream_number FROM messages AS m
    WHERE m.contact_id = ?1 AND m.stream = ?2 AND m.stream_number BETWEEN ?3 AND ?4
      AND m.stream IS NOT NULL AND m.state NOT IN ('delivered', 'read')
      AND EXISTS (SELECT 1 FROM attempts AS a WHERE a.message_id = m.id)
    ORDER BY m.stream_number
)sql";

/// ?1 contact, ?2 stream, ?3 a number: what is in the outbox with a number below that.
inline constexpr std::string_view kForgotten = R"sql(
    SELECT m.id FROM messages AS m JOIN outbox AS o ON o.message_id = m.id
    WHERE m.contact_id = ?1 AND m.stream = ?2 AND m.stream_number < ?3
      AND m.stream IS NOT NULL AND m.state NOT IN ('delivered', 'read')
    ORDER BY m.stream_number
)sql";

inline constexpr std::string_view kOwed = "SELECT DISTINCT contact_id FROM incoming_streams WHERE owed = 1";

} // namespace planb::store
