// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/sim/dice.h"
#include "tests/sim/disk.h"

#include <memory>
#include <string>

namespace planb::sim {

/// SQLite's door to the simulated disks: while one of these lives it is the default file system of the whole process.
/// Each database path belongs to one disk. Chance and time come from here too, so that a run replays. One thread.
class CrashVfs
{
public:
    CrashVfs();
    ~CrashVfs();
    CrashVfs(const CrashVfs &) = delete;
    CrashVfs &operator=(const CrashVfs &) = delete;

    /// The database at `path`, and what SQLite keeps next to it, lie on `disk` from now on.
    void mount(const std::string &path, Disk &disk);
    void unmount(const std::string &path);
    /// The process that had it open is gone, and with it its locks and what it shared in memory.
    void forgetLocks(const std::string &path);
    /// True while a connection is in the middle of writing.
    bool isBeingWritten(const std::string &path) const;
    /// SQLite draws from these throws from now on.
    void reseed(std::uint64_t seed);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace planb::sim
