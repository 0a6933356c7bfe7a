// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/sim/dice.h"
#include "tests/sim/lifeline.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace planb::sim {

/// The files of one computer: as its programs see them, and as they lie on the disk. What was written since the last
/// sync is in the first only; a power cut keeps any subset of its sectors. A killed process loses nothing.
class Disk
{
public:
    struct File {
        std::vector<unsigned char> seen;
        std::vector<unsigned char> durable;
        std::set<std::size_t> unsynced; ///< sectors
        std::set<std::size_t> lost; ///< … whose sync failed: the system takes them for written and never tries again
        bool exists = false;
        bool isNameDurable = false; ///< whether a power cut leaves it in the folder
    };
    using Files = std::map<std::string, File>;
    enum class Trouble { None, Full, WriteFails, SyncFails };

    explicit Disk(std::size_t sectorBytes) : m_sectorBytes(sectorBytes) {}

    // What a process does; each fails with the code of SQLite that its operating system's answer becomes.
    File *open(const std::string &name, bool create);
    bool exists(const std::string &name) const;
    int write(File &file, const void *bytes, std::size_t count, std::size_t offset);
    int truncate(File &file, std::size_t size);
    int sync(File &file);
    int remove(const std::string &name, bool syncsFolder);

    void setLifeline(std::shared_ptr<Lifeline> life) { m_life = std::move(life); }
    void setTrouble(Trouble trouble) { m_trouble = trouble; }
    Trouble trouble() const { return m_trouble; }
    std::size_t sectorBytes() const { return m_sectorBytes; }
    /// True if a power cut would change nothing of what programs see in it. Data whose sync failed does not count.
    bool isSynced(const std::string &name) const;
    std::size_t sizeOf(const std::string &name) const;

    void cutPower(Dice &dice);
    const Files &files() const { return m_files; }
    void replace(Files files) { m_files = std::move(files); }

private:
    void touch(File &file, std::size_t from, std::size_t to);
    void settle(File &file, std::size_t sector);
    bool mayAct() const { return !m_life || m_life->act(); }

    std::size_t m_sectorBytes;
    std::shared_ptr<Lifeline> m_life;
    Trouble m_trouble = Trouble::None;
    Files m_files;
};

} // namespace planb::sim
