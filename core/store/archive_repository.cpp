// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/archive_repository.h"

#include "core/store/database.h"

namespace planb::store {

namespace {

constexpr std::string_view kPut = R"sql(
    INSERT INTO archive_marks (transport_id, account, archive_id, stored_at) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT (transport_id) DO UPDATE
    SET account = excluded.account, archive_id = excluded.archive_id, stored_at = excluded.stored_at
)sql";

} // namespace

Result<std::optional<ArchiveMark>> ArchiveRepository::mark(TransportId transport, const QString &account)
{
    return m_database
        .query("SELECT archive_id, stored_at FROM archive_marks WHERE transport_id = ?1 AND account = ?2", transport,
               account)
        .first([](Statement &s) {
            return ArchiveMark{s.get<QString>(0), s.get<WallTime>(1)};
        });
}

Result<void> ArchiveRepository::setMark(TransportId transport, const QString &account, const ArchiveMark &mark)
{
    return m_database.run(kPut, transport, account, mark.id, mark.at);
}

} // namespace planb::store
