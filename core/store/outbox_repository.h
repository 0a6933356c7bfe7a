// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/id.h"
#include "core/base/result.h"
#include "core/model/stream.h"

#include <QList>

#include <optional>

namespace planb::store {

class Database;

/// The outgoing messages that delivery still works on, so that a restart goes on where the last run stopped.
class OutboxRepository
{
public:
    struct OutboxRow {
        MessageId message;
        ContactId contact;
        std::optional<TransportId> via; ///< only this transport, by the user's wish
        WallTime queuedAt;
        bool accepted = false; ///< a next hop took responsibility; kept while a receipt may still come
        qsizetype textBytes = 0; ///< of the message's text in UTF-8; read, never written
        std::optional<StreamPlace> place = {}; ///< of the message; read, never written
    };

    explicit OutboxRepository(Database &database) : m_database(database) {}

    /// Replaces the row if the message is in already. InvalidArgument if there is no such message or contact.
    Result<void> add(const OutboxRow &row);
    /// In the order in which the messages were written.
    Result<QList<OutboxRow>> all();
    /// No failure if it is not in.
    Result<void> setAccepted(MessageId id);
    /// No failure if it is not in.
    Result<void> remove(MessageId id);

private:
    Database &m_database;
};

} // namespace planb::store
