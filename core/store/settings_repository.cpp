// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/settings_repository.h"

#include "core/store/database.h"

namespace planb::store {

namespace {

constexpr std::string_view kSet =
    "INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";

} // namespace

Result<std::optional<QString>> SettingsRepository::get(const QString &name)
{
    return m_database.query("SELECT value FROM settings WHERE name = ?1", name).first([](Statement &s) {
        return s.get<QString>(0);
    });
}

Result<void> SettingsRepository::set(const QString &name, const QString &value)
{
    return m_database.run(kSet, name, value);
}

Result<void> SettingsRepository::remove(const QString &name)
{
    return m_database.run("DELETE FROM settings WHERE name = ?1", name);
}

} // namespace planb::store
