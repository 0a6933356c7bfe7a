// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <memory>
#include <vector>

namespace planb::sim {

/// The locks of one database file (https://www.sqlite.org/lockingv3.html), for connections of one process.
/// Connections are told apart by an address.
class FileLocks
{
public:
    /// SQLITE_OK or SQLITE_BUSY. Levels are SQLite's: NONE 0, SHARED 1, RESERVED 2, PENDING 3, EXCLUSIVE 4.
    int lock(const void *who, int from, int level);
    void unlock(const void *who, int level);
    bool isReserved() const { return m_reserved != nullptr; }
    void clear() { *this = {}; }

private:
    std::vector<const void *> m_shared;
    const void *m_reserved = nullptr;
    const void *m_pending = nullptr;
    const void *m_exclusive = nullptr;
};

/// The index of a write-ahead log in shared memory, with its eight locks (https://www.sqlite.org/walformat.html, 2.3).
class SharedIndex
{
public:
    static constexpr int kLocks = 8;
    static constexpr int kWriteLock = 0;

    /// Null if there is none yet and none shall be made.
    void *region(std::size_t number, std::size_t bytes, bool make);
    /// `flags` are SQLite's: LOCK or UNLOCK, with SHARED or EXCLUSIVE. SQLITE_OK or SQLITE_BUSY.
    int lock(const void *who, int first, int count, int flags);
    void attach() { ++m_users; }
    /// The last one takes it away.
    void detach();
    bool isBeingWritten() const { return m_locks[kWriteLock].exclusive != nullptr; }
    void clear() { *this = {}; }

private:
    struct Lock {
        const void *exclusive = nullptr;
        std::vector<const void *> shared;
    };

    int m_users = 0;
    std::array<Lock, kLocks> m_locks;
    std::vector<std::unique_ptr<std::vector<unsigned char>>> m_regions;
};

} // namespace planb::sim
