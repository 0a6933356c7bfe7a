// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/outbox_repository.h"

#include "core/store/database.h"
#include "core/store/stream_sql.h"

#include <string>

namespace planb::store {

namespace {

constexpr std::string_view kAdd = R"sql(
    INSERT INTO outbox (message_id, contact_id, via_transport, queued_at, accepted) VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT (message_id) DO UPDATE
    SET via_transport = excluded.via_transport, queued_at = excluded.queued_at, accepted = excluded.accepted
)sql";
constexpr std::string_view kColumns =
    "SELECT o.message_id, o.contact_id, o.via_transport, o.queued_at, o.accepted, octet_length(m.text)";
constexpr std::string_view kFrom = " FROM outbox AS o JOIN messages AS m ON m.id = o.message_id ORDER BY o.message_id";
constexpr int kColumnCount = 6;

OutboxRepository::OutboxRow readRow(Statement &row)
{
    return {row.get<MessageId>(0),       row.get<ContactId>(1), row.get<std::optional<TransportId>>(2),
            row.get<WallTime>(3),        row.get<bool>(4),      row.get<qsizetype>(5),
            readPlace(row, kColumnCount)};
}

} // namespace

Result<void> OutboxRepository::add(const OutboxRow &row)
{
    return m_database.run(kAdd, row.message, row.contact, row.via, row.queuedAt, row.accepted);
}

Result<QList<OutboxRepository::OutboxRow>> OutboxRepository::all()
{
    std::string sql(kColumns);
    sql.append(kPlaceColumns).append(kFrom);
    return m_database.query(sql).all(&readRow);
}

Result<void> OutboxRepository::setAccepted(MessageId id)
{
    return m_database.run("UPDATE outbox SET accepted = 1 WHERE message_id = ?1", id);
}

Result<void> OutboxRepository::remove(MessageId id)
{
    return m_database.run("DELETE FROM outbox WHERE message_id = ?1", id);
}

} // namespace planb::store
