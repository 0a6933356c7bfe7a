// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/disk.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>

namespace planb::sim {

Disk::File *Disk::open(const std::string &name, bool create)
{
    const auto found = m_files.find(name);
    if (found != m_files.end() && found->second.exists)
        return &found->second;
    if (!create || !mayAct())
        return nullptr;
    File &file = m_files[name];
    file = {};
    file.exists = true;
    return &file;
}

bool Disk::exists(const std::string &name) const
{
    const auto found = m_files.find(name);
    return found != m_files.end() && found->second.exists;
}

std::size_t Disk::sizeOf(const std::string &name) const
{
    const auto found = m_files.find(name);
    return found != m_files.end() && found->second.exists ? found->second.seen.size() : 0;
}

void Disk::touch(File &file, std::size_t from, std::size_t to)
{
    for (std::size_t sector = from / m_sectorBytes; sector * m_sectorBytes < to; ++sector) {
        file.unsynced.insert(sector);
        file.lost.erase(sector);
    }
}

int Disk::write(File &file, const void *bytes, std::size_t count, std::size_t offset)
{
    if (!mayAct())
        return SQLITE_IOERR_WRITE;
    if (m_trouble == Trouble::WriteFails)
        return SQLITE_IOERR_WRITE;
    if (m_trouble == Trouble::Full && offset + count > file.seen.size())
        return SQLITE_FULL;
    const std::size_t before = file.seen.size();
    if (offset + count > before)
        file.seen.resize(offset + count);
    std::memcpy(file.seen.data() + offset, bytes, count);
    touch(file, std::min(before, offset), offset + count);
    return SQLITE_OK;
}

int Disk::truncate(File &file, std::size_t size)
{
    if (!mayAct())
        return SQLITE_IOERR_TRUNCATE;
    const std::size_t before = file.seen.size();
    file.seen.resize(size);
    touch(file, std::min(before, size), std::max(before, size));
    return SQLITE_OK;
}

/// Brings one sector to the disk as it is seen now.
void Disk::settle(File &file, std::size_t sector)
{
    const std::size_t from = sector * m_sectorBytes;
    const std::size_t to = std::min(from + m_sectorBytes, file.seen.size());
    if (from >= to)
        return;
    if (file.durable.size() < to)
        file.durable.resize(to);
    std::copy(file.seen.begin() + static_cast<std::ptrdiff_t>(from),
              file.seen.begin() + static_cast<std::ptrdiff_t>(to),
              file.durable.begin() + static_cast<std::ptrdiff_t>(from));
}

int Disk::sync(File &file)
{
    if (!mayAct())
        return SQLITE_IOERR_FSYNC;
    if (m_trouble == Trouble::SyncFails) {
        file.lost.merge(file.unsynced);
        file.unsynced.clear();
        return SQLITE_IOERR_FSYNC;
    }
    for (const std::size_t sector : file.unsynced)
        settle(file, sector);
    file.unsynced.clear();
    file.durable.resize(file.seen.size());
    file.isNameDurable = true;
    return SQLITE_OK;
}

int Disk::remove(const std::string &name, bool syncsFolder)
{
    const auto found = m_files.find(name);
    if (found == m_files.end() || !found->second.exists)
        return SQLITE_IOERR_DELETE_NOENT;
    if (!mayAct())
        return SQLITE_IOERR_DELETE;
    File &file = found->second;
    file.exists = false;
    file.seen.clear();
    file.unsynced.clear();
    file.lost.clear();
    if (syncsFolder)
        file.isNameDurable = false;
    return SQLITE_OK;
}

bool Disk::isSynced(const std::string &name) const
{
    const auto found = m_files.find(name);
    return found == m_files.end() || !found->second.exists || found->second.unsynced.empty();
}

void Disk::cutPower(Dice &dice)
{
    for (auto entry = m_files.begin(); entry != m_files.end();) {
        File &file = entry->second;
        // Making and removing a name reaches the disk like everything else: now or later.
        const bool stays = file.exists == file.isNameDurable ? file.exists : dice.chance(0.5);
        if (!stays) {
            entry = m_files.erase(entry);
            continue;
        }
        const bool all = dice.chance(0.2);
        const bool none = !all && dice.chance(0.3);
        for (const std::size_t sector : file.unsynced) {
            if (all || (!none && dice.chance(0.5)))
                settle(file, sector);
        }
        // A file that became shorter may be found with its old length.
        if (file.exists && file.durable.size() > file.seen.size() && dice.chance(0.5))
            file.durable.resize(file.seen.size());
        file.seen = file.durable;
        file.unsynced.clear();
        file.lost.clear();
        file.exists = true;
        file.isNameDurable = true;
        ++entry;
    }
}

} // namespace planb::sim
