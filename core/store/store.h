// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/archive_repository.h"
#include "core/store/attempt_repository.h"
#include "core/store/contact_repository.h"
#include "core/store/conversation_repository.h"
#include "core/store/database.h"
#include "core/store/message_repository.h"
#include "core/store/outbox_repository.h"
#include "core/store/people_repository.h"
#include "core/store/settings_repository.h"
#include "core/store/stream_repository.h"
#include "core/store/transaction.h"
#include "core/store/transport_repository.h"

#include <memory>

namespace planb::store {

/// One profile's history, transports and settings on disk, encrypted. Belongs to the thread that opened it
/// (asserted). Every repository method is one transaction; begin() joins several into one.
///
/// After a StoreUnavailable or StoreCorrupt from a write, writesBlockedBy() may be set: nothing may be sent or
/// acknowledged, and the store has to be destroyed and opened again, which checks the file.
class Store
{
public:
    /// Makes a new store. ProfileExists if `path` exists. An interrupted call leaves nothing at `path`.
    static Result<std::unique_ptr<Store>> create(const QString &path, QByteArrayView key);
    /// Opens an existing one and upgrades it if it is older; see Database::open() for the failures. Never makes a
    /// file, and never takes an empty one for a new store.
    static Result<std::unique_ptr<Store>> open(const QString &path, QByteArrayView key);
    /// A second view for another thread; every write through it fails. Only for a store of this version.
    static Result<std::unique_ptr<Store>> openReadOnly(const QString &path, QByteArrayView key);

    /// Takes a database of the newest version.
    explicit Store(std::unique_ptr<Database> database);

    Result<Transaction> begin() { return Transaction::begin(*m_database); }
    const std::optional<Failure> &writesBlockedBy() const { return m_database->writesBlockedBy(); }

    ContactRepository &contacts() { return m_contacts; }
    ConversationRepository &conversations() { return m_conversations; }
    MessageRepository &messages() { return m_messages; }
    StreamRepository &streams() { return m_streams; }
    OutboxRepository &outbox() { return m_outbox; }
    AttemptRepository &attempts() { return m_attempts; }
    PeopleRepository &people() { return m_people; }
    TransportRepository &transports() { return m_transports; }
    SettingsRepository &settings() { return m_settings; }
    ArchiveRepository &archives() { return m_archives; }

private:
    std::unique_ptr<Database> m_database;
    ContactRepository m_contacts{*m_database};
    ConversationRepository m_conversations{*m_database};
    MessageRepository m_messages{*m_database};
    StreamRepository m_streams{*m_database};
    OutboxRepository m_outbox{*m_database};
    AttemptRepository m_attempts{*m_database};
    PeopleRepository m_people{*m_database};
    TransportRepository m_transports{*m_database};
    SettingsRepository m_settings{*m_database};
    ArchiveRepository m_archives{*m_database};
};

} // namespace planb::store
