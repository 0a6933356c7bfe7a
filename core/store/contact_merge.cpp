// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/contact_merge.h"

#include "core/store/database.h"
#include "core/store/stream_repository.h"

namespace planb::store {

namespace {

// ?1 the contact, ?2 the stranger.
constexpr const char *kMove[] = {
    // The same message over two servers, one of them not known to be the contact's until now.
    R"sql(
        DELETE FROM messages
        WHERE contact_id = ?2 AND direction = 0 AND EXISTS (
            SELECT 1 FROM messages AS kept
            WHERE kept.contact_id = ?1 AND kept.direction = 0 AND kept.wire_id = messages.wire_id
              AND kept.text = messages.text)
    )sql",
    // The place stays: it was given by the same author's client, or by the order of arrival, which is kept per
    // conversation and, among equals, by the row id.
    R"sql(
        UPDATE messages
        SET contact_id = ?1, conversation_id = (SELECT id FROM conversations WHERE contact_id = ?1)
        WHERE conversation_id = (SELECT id FROM conversations WHERE contact_id = ?2)
    )sql",
    "UPDATE outbox SET contact_id = ?1 WHERE contact_id = ?2",
    "INSERT OR IGNORE INTO seen (contact_id, wire_id) SELECT ?1, wire_id FROM seen WHERE contact_id = ?2",
    R"sql(
        INSERT OR IGNORE INTO former_addresses (kind, value, contact_id)
        SELECT kind, value, ?1 FROM former_addresses WHERE contact_id = ?2
    )sql",
    R"sql(
        UPDATE contacts
        SET removes_repeats = MAX(removes_repeats, (SELECT removes_repeats FROM contacts WHERE id = ?2))
        WHERE id = ?1
    )sql",
};

// ?1 the stranger.
constexpr const char *kRemove[] = {
    "DELETE FROM seen WHERE contact_id = ?1",      "DELETE FROM former_addresses WHERE contact_id = ?1",
    "DELETE FROM addresses WHERE contact_id = ?1", "DELETE FROM conversations WHERE contact_id = ?1",
    "DELETE FROM contacts WHERE id = ?1",
};

} // namespace

Result<void> mergeStranger(Database &database, ContactId contact, ContactId stranger)
{
    for (const char *sql : kMove) {
        if (const auto done = database.run(sql, contact, stranger); !done)
            return done;
    }
    if (const auto joined = StreamRepository(database).join(stranger, contact); !joined)
        return joined;
    for (const char *sql : kRemove) {
        if (const auto done = database.run(sql, stranger); !done)
            return done;
    }
    return {};
}

} // namespace planb::store
