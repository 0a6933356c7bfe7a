// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"
#include "core/base/result.h"
#include "core/model/archive_mark.h"

#include <QString>

#include <optional>

namespace planb::store {

class Database;

/// How far the server's history of each account has been read.
class ArchiveRepository
{
public:
    explicit ArchiveRepository(Database &database) : m_database(database) {}

    /// Nothing if nothing was read, or with another account than this one.
    Result<std::optional<ArchiveMark>> mark(TransportId transport, const QString &account);
    /// InvalidArgument if there is no such transport.
    Result<void> setMark(TransportId transport, const QString &account, const ArchiveMark &mark);

private:
    Database &m_database;
};

} // namespace planb::store
