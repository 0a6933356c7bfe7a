// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/migrations.h"

#include "core/store/database.h"
#include "core/store/transaction.h"

#include <array>
#include <string>

namespace planb::store {

namespace {

constexpr const char *kFirstSchema = R"sql(
    CREATE TABLE contacts (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        is_added INTEGER NOT NULL DEFAULT 0 CHECK (is_added IN (0, 1)),
        removes_repeats INTEGER NOT NULL DEFAULT 0 CHECK (removes_repeats IN (0, 1)),
        -- A removed contact keeps its row: the conversation still needs the name.
        removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),
        created_at INTEGER NOT NULL
    ) STRICT;

    -- Only what living contacts hold; removing a contact removes its rows, which frees the addresses.
    CREATE TABLE addresses (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        contact_id INTEGER NOT NULL REFERENCES contacts (id),
        kind TEXT NOT NULL,
        value TEXT NOT NULL,
        position INTEGER NOT NULL,
        UNIQUE (kind, value)
    ) STRICT;
    CREATE INDEX addresses_of_contact ON addresses (contact_id, position);

    -- Who held an address before. Whoever holds it next takes over the ids seen from it: a server that delivers an
    -- old message once more must not find a contact that has forgotten it.
    CREATE TABLE former_addresses (
        kind TEXT NOT NULL,
        value TEXT NOT NULL,
        contact_id INTEGER NOT NULL REFERENCES contacts (id),
        PRIMARY KEY (kind, value, contact_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX former_addresses_of_contact ON former_addresses (contact_id);

    CREATE TABLE conversations (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        contact_id INTEGER NOT NULL UNIQUE REFERENCES contacts (id)
    ) STRICT;

    CREATE TABLE messages (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        conversation_id INTEGER NOT NULL REFERENCES conversations (id),
        contact_id INTEGER NOT NULL REFERENCES contacts (id),
        direction INTEGER NOT NULL CHECK (direction IN (0, 1)), -- 0 in, 1 out
        wire_id TEXT NOT NULL,
        -- The place in the conversation; see the message repository.
        author_order INTEGER NOT NULL CHECK (author_order > 0),
        text TEXT NOT NULL,
        sent_at INTEGER NOT NULL,
        received_at INTEGER,
        state TEXT NOT NULL,
        -- A copy, not a reference: it must stay readable when the transport is gone.
        route_transport INTEGER,
        route_label TEXT,
        route_kind TEXT,
        unread INTEGER NOT NULL DEFAULT 0 CHECK (unread IN (0, 1)),
        -- The wire id and not the row: the message replied to may arrive later or never.
        reply_to_wire TEXT,
        encrypted INTEGER NOT NULL DEFAULT 0 CHECK (encrypted IN (0, 1)),
        verified INTEGER NOT NULL DEFAULT 0 CHECK (verified IN (0, 1))
    ) STRICT;
    -- The row id is the last part of a place; every index ends with it.
    CREATE INDEX messages_by_place ON messages (conversation_id, author_order, direction);
    -- Wire id first, so that it also finds the same message from another contact.
    CREATE INDEX messages_by_wire ON messages (wire_id, contact_id);
    CREATE INDEX messages_unread ON messages (conversation_id, author_order, direction) WHERE unread = 1;
    CREATE INDEX messages_waiting ON messages (sent_at) WHERE state IN ('queued', 'sending');

    -- Every incoming id ever taken, for ever: it outlives the message.
    CREATE TABLE seen (
        contact_id INTEGER NOT NULL REFERENCES contacts (id),
        wire_id TEXT NOT NULL,
        PRIMARY KEY (contact_id, wire_id)
    ) STRICT, WITHOUT ROWID;

    -- Outgoing messages that delivery still works on.
    CREATE TABLE outbox (
        message_id INTEGER PRIMARY KEY REFERENCES messages (id),
        contact_id INTEGER NOT NULL REFERENCES contacts (id),
        via_transport INTEGER, -- only this one, if the user said so
        queued_at INTEGER NOT NULL,
        accepted INTEGER NOT NULL DEFAULT 0 CHECK (accepted IN (0, 1))
    ) STRICT;
    CREATE INDEX outbox_of_contact ON outbox (contact_id);

    CREATE TABLE attempts (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        message_id INTEGER NOT NULL REFERENCES messages (id),
        transport_id INTEGER NOT NULL,
        label TEXT NOT NULL,
        kind TEXT NOT NULL,
        address_kind TEXT NOT NULL,
        address TEXT NOT NULL,
        started_at INTEGER NOT NULL,
        ended_at INTEGER,
        state TEXT NOT NULL,
        failure_code TEXT,
        failure_detail TEXT,
        failure_retry_after INTEGER -- milliseconds
    ) STRICT;
    CREATE INDEX attempts_of_message ON attempts (message_id, id);
    CREATE INDEX attempts_open ON attempts (id) WHERE state = 'started';

    CREATE TABLE transports (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        label TEXT NOT NULL,
        enabled INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
        position INTEGER NOT NULL,
        settings TEXT NOT NULL DEFAULT '{}', -- JSON; secrets included
        -- A removed transport keeps its label for the history, and loses its settings.
        removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
    ) STRICT;

    CREATE TABLE settings (
        name TEXT PRIMARY KEY NOT NULL,
        value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
)sql";

constexpr const char *kStreams = R"sql(
    -- The place of an outgoing message among those that one run of the program sent to this contact; see StreamPlace.
    -- Both or neither: what older versions sent has none.
    ALTER TABLE messages ADD COLUMN stream TEXT;
    ALTER TABLE messages ADD COLUMN stream_number INTEGER CHECK (stream_number > 0);
    -- Wire ids of the newest messages that were there when it was written, one a line (no id has a line feed).
    ALTER TABLE messages ADD COLUMN parents TEXT NOT NULL DEFAULT '';
    CREATE INDEX messages_by_stream ON messages (contact_id, stream, stream_number) WHERE stream IS NOT NULL;
    CREATE INDEX messages_unconfirmed ON messages (contact_id, stream, stream_number)
    WHERE stream IS NOT NULL AND state NOT IN ('delivered', 'read');

    -- What has come of the streams of each contact.
    CREATE TABLE incoming_streams (
        contact_id INTEGER NOT NULL REFERENCES contacts (id),
        stream TEXT NOT NULL,
        ranges TEXT NOT NULL, -- AckRanges::toText()
        touched INTEGER NOT NULL, -- the stream that something came of last has the largest
        -- Something came that has perhaps not been acknowledged: the next run has to.
        owed INTEGER NOT NULL DEFAULT 1 CHECK (owed IN (0, 1)),
        PRIMARY KEY (contact_id, stream)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX incoming_streams_owed ON incoming_streams (contact_id) WHERE owed = 1;
)sql";

constexpr const char *kWhatIsShown = R"sql(
    -- When it came, newer messages of the conversation were there already.
    ALTER TABLE messages ADD COLUMN late INTEGER NOT NULL DEFAULT 0 CHECK (late IN (0, 1));
    -- Why it was made after an earlier one; empty for the first.
    ALTER TABLE attempts ADD COLUMN reason TEXT NOT NULL DEFAULT '';
)sql";

constexpr const char *kContents = R"sql(
    -- What a row says; see ContentKind. Only a 'text' is shown as a message of its own.
    ALTER TABLE messages ADD COLUMN kind TEXT NOT NULL DEFAULT 'text';
    -- Of the others: the wire id of the message they are about. Not the row: it may come later or never.
    -- What names a message by its alias, or by one of its corrections, is stored under its wire id.
    ALTER TABLE messages ADD COLUMN target_wire TEXT;
    -- Another id that others may call it by, where it has two.
    ALTER TABLE messages ADD COLUMN alias TEXT;
    ALTER TABLE messages ADD COLUMN wants_read_mark INTEGER NOT NULL DEFAULT 0 CHECK (wants_read_mark IN (0, 1));
    -- Name of an encryption that could not be opened.
    ALTER TABLE messages ADD COLUMN sealed_by TEXT NOT NULL DEFAULT '';
    CREATE INDEX messages_about ON messages (contact_id, target_wire, kind, direction, author_order) WHERE target_wire IS NOT NULL;
    CREATE INDEX messages_by_alias ON messages (alias, contact_id) WHERE alias IS NOT NULL;

    -- How far the server's history of each account has been read without a gap.
    CREATE TABLE archive_marks (
        transport_id INTEGER PRIMARY KEY REFERENCES transports (id),
        account TEXT NOT NULL, -- a transport can be given another one; then nothing of that has been read
        archive_id TEXT NOT NULL,
        stored_at INTEGER NOT NULL -- by the server's clock
    ) STRICT;
)sql";

constexpr const char *kReadMarks = R"sql(
    -- A mark says how far the other side has read: only what is not known to have been is looked at.
    CREATE INDEX messages_not_read ON messages (conversation_id, author_order)
    WHERE direction = 1 AND state NOT IN ('read', 'failed') AND kind = 'text';
)sql";

constexpr const char *kPeople = R"sql(
    -- What is known of whoever is at an address. Not of a contact: one can be on a list without being one.
    CREATE TABLE people (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        value TEXT NOT NULL,
        nickname TEXT NOT NULL DEFAULT '',
        active_at INTEGER,
        avatar_hash TEXT NOT NULL DEFAULT '',
        avatar_type TEXT NOT NULL DEFAULT '',
        avatar BLOB,
        UNIQUE (kind, value)
    ) STRICT;

    -- A copy of the list that each account's server keeps.
    CREATE TABLE roster (
        transport_id INTEGER NOT NULL REFERENCES transports (id),
        kind TEXT NOT NULL,
        value TEXT NOT NULL,
        name TEXT NOT NULL,
        subscription TEXT NOT NULL,
        asked INTEGER NOT NULL CHECK (asked IN (0, 1)),
        PRIMARY KEY (transport_id, kind, value)
    ) STRICT, WITHOUT ROWID;

    -- What a server still has to be told; gone once its list shows it.
    CREATE TABLE roster_tasks (
        transport_id INTEGER NOT NULL REFERENCES transports (id),
        kind TEXT NOT NULL,
        value TEXT NOT NULL,
        task TEXT NOT NULL CHECK (task IN ('add', 'remove', 'accept', 'decline', 'unblock')),
        name TEXT NOT NULL DEFAULT '',
        token TEXT NOT NULL DEFAULT '', -- of an invitation
        PRIMARY KEY (transport_id, kind, value, task)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE presence_requests (
        transport_id INTEGER NOT NULL REFERENCES transports (id),
        kind TEXT NOT NULL,
        value TEXT NOT NULL,
        nickname TEXT NOT NULL,
        words TEXT NOT NULL,
        asked_at INTEGER NOT NULL,
        PRIMARY KEY (transport_id, kind, value)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE blocks (
        kind TEXT NOT NULL,
        value TEXT NOT NULL,
        since INTEGER NOT NULL,
        PRIMARY KEY (kind, value)
    ) STRICT, WITHOUT ROWID;
)sql";

constexpr const char *kChosenWay = R"sql(
    -- The transport that the user chose for this message alone. The outbox has it only while it works on the message,
    -- which may come back later.
    ALTER TABLE messages ADD COLUMN via_transport INTEGER;
    UPDATE messages SET via_transport = (SELECT via_transport FROM outbox WHERE message_id = id)
    WHERE id IN (SELECT message_id FROM outbox WHERE via_transport IS NOT NULL);
    -- Few rows: what is asked of a contact reads them all, and each message costs a page of the log less.
    DROP INDEX outbox_of_contact;
)sql";

constexpr std::array kMigrations{
    Migration{1, kFirstSchema}, Migration{2, kStreams}, Migration{3, kWhatIsShown}, Migration{4, kContents},
    Migration{5, kReadMarks},   Migration{6, kPeople},  Migration{7, kChosenWay},
};
static_assert(isInOrder(kMigrations));

Result<void> runStep(Database &database, const Migration &step)
{
    auto transaction = Transaction::begin(database);
    if (!transaction)
        return fail(transaction.error());
    if (const auto done = step.sql ? database.execute(step.sql) : step.function(database); !done)
        return done;
    const std::string setVersion = "PRAGMA user_version = " + std::to_string(step.version);
    if (const auto done = database.execute(setVersion.c_str()); !done)
        return done;
    return transaction->commit();
}

} // namespace

std::span<const Migration> migrations()
{
    return kMigrations;
}

int newestVersion(std::span<const Migration> steps)
{
    return steps.empty() ? 0 : steps.back().version;
}

Result<void> migrate(Database &database, std::span<const Migration> steps)
{
    const Result<int> version = database.userVersion();
    if (!version)
        return fail(version.error());
    for (const Migration &step : steps) {
        if (step.version <= *version)
            continue;
        if (const auto done = runStep(database, step); !done)
            return done;
    }
    return {};
}

} // namespace planb::store
