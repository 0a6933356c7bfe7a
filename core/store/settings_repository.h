// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

#include <optional>

namespace planb::store {

class Database;

/// Small values by name. What the names mean is their writers' business.
class SettingsRepository
{
public:
    explicit SettingsRepository(Database &database) : m_database(database) {}

    Result<std::optional<QString>> get(const QString &name);
    Result<void> set(const QString &name, const QString &value);
    Result<void> remove(const QString &name);

private:
    Database &m_database;
};

} // namespace planb::store
