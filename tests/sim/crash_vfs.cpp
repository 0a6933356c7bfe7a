// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/crash_vfs.h"

#include "tests/sim/file_locks.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <optional>
#include <string_view>

namespace planb::sim {

namespace {

/// One database with its companions, for as long as it is mounted.
struct Mount {
    Disk *disk;
    FileLocks locks;
    SharedIndex index;
};

/// What SQLite allocates for an open file; it begins with SQLite's own part.
struct OpenFile {
    sqlite3_file base;
    Mount *mount;
    Disk::File *file;
    int lockLevel;
    bool hasIndex;
};

OpenFile &of(sqlite3_file *file)
{
    return *reinterpret_cast<OpenFile *>(file);
}

std::string_view databaseOf(std::string_view path)
{
    for (const std::string_view suffix : {"-wal", "-shm", "-journal"}) {
        if (path.ends_with(suffix))
            return path.substr(0, path.size() - suffix.size());
    }
    return path;
}

int closeFile(sqlite3_file *)
{
    return SQLITE_OK;
}

int readFile(sqlite3_file *file, void *out, int count, sqlite3_int64 offset)
{
    const std::vector<unsigned char> &bytes = of(file).file->seen;
    const auto from = std::min(static_cast<std::size_t>(offset), bytes.size());
    const auto wanted = static_cast<std::size_t>(count);
    const std::size_t there = std::min(wanted, bytes.size() - from);
    if (there > 0)
        std::memcpy(out, bytes.data() + from, there);
    if (there == wanted)
        return SQLITE_OK;
    std::memset(static_cast<unsigned char *>(out) + there, 0, wanted - there);
    return SQLITE_IOERR_SHORT_READ;
}

int writeFile(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 offset)
{
    return of(file).mount->disk->write(*of(file).file, bytes, static_cast<std::size_t>(count),
                                       static_cast<std::size_t>(offset));
}

int truncateFile(sqlite3_file *file, sqlite3_int64 size)
{
    return of(file).mount->disk->truncate(*of(file).file, static_cast<std::size_t>(size));
}

int syncFile(sqlite3_file *file, int)
{
    return of(file).mount->disk->sync(*of(file).file);
}

int sizeOfFile(sqlite3_file *file, sqlite3_int64 *size)
{
    *size = static_cast<sqlite3_int64>(of(file).file->seen.size());
    return SQLITE_OK;
}

int lockFile(sqlite3_file *file, int level)
{
    OpenFile &open = of(file);
    if (level <= open.lockLevel)
        return SQLITE_OK;
    const int code = open.mount->locks.lock(file, open.lockLevel, level);
    if (code == SQLITE_OK)
        open.lockLevel = level;
    return code;
}

int unlockFile(sqlite3_file *file, int level)
{
    of(file).mount->locks.unlock(file, level);
    of(file).lockLevel = std::min(of(file).lockLevel, level);
    return SQLITE_OK;
}

int checkReservedLock(sqlite3_file *file, int *isReserved)
{
    *isReserved = of(file).mount->locks.isReserved() ? 1 : 0;
    return SQLITE_OK;
}

int controlFile(sqlite3_file *, int, void *)
{
    return SQLITE_NOTFOUND;
}

int sectorSize(sqlite3_file *file)
{
    return static_cast<int>(of(file).mount->disk->sectorBytes());
}

int characteristics(sqlite3_file *)
{
    // As on Linux: a write that is cut short damages nothing next to it.
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

int mapIndex(sqlite3_file *file, int region, int bytes, int make, void volatile **out)
{
    OpenFile &open = of(file);
    if (!open.hasIndex) {
        open.hasIndex = true;
        open.mount->index.attach();
    }
    *out = open.mount->index.region(static_cast<std::size_t>(region), static_cast<std::size_t>(bytes), make != 0);
    return SQLITE_OK;
}

int lockIndex(sqlite3_file *file, int first, int count, int flags)
{
    return of(file).mount->index.lock(file, first, count, flags);
}

void indexBarrier(sqlite3_file *) {}

int unmapIndex(sqlite3_file *file, int)
{
    if (std::exchange(of(file).hasIndex, false))
        of(file).mount->index.detach();
    return SQLITE_OK;
}

const sqlite3_io_methods kMethods{
    2,          &closeFile,    &readFile,          &writeFile,   &truncateFile, &syncFile,        &sizeOfFile,
    &lockFile,  &unlockFile,   &checkReservedLock, &controlFile, &sectorSize,   &characteristics, &mapIndex,
    &lockIndex, &indexBarrier, &unmapIndex,        nullptr,      nullptr,
};

} // namespace

struct CrashVfs::State {
    sqlite3_vfs vfs{};
    std::map<std::string, Mount, std::less<>> mounts;
    std::optional<Dice> dice;

    Mount *mountOf(std::string_view path)
    {
        const auto found = mounts.find(databaseOf(path));
        return found == mounts.end() ? nullptr : &found->second;
    }
    static State &of(sqlite3_vfs *vfs) { return *static_cast<State *>(vfs->pAppData); }

    static int open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *outFlags);
    static int remove(sqlite3_vfs *vfs, const char *path, int syncsFolder);
    static int access(sqlite3_vfs *vfs, const char *path, int flags, int *result);
    static int fullPath(sqlite3_vfs *vfs, const char *path, int size, char *out);
    static int randomness(sqlite3_vfs *vfs, int count, char *out);
    static int sleep(sqlite3_vfs *vfs, int micros);
    static int currentTime(sqlite3_vfs *vfs, sqlite3_int64 *time);
};

int CrashVfs::State::open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *outFlags)
{
    auto *open = reinterpret_cast<OpenFile *>(file);
    *open = {};
    // Temporary files are in memory by our settings; one without a name would be a leak of plain text.
    Mount *mount = path ? of(vfs).mountOf(path) : nullptr;
    if (!mount)
        return SQLITE_CANTOPEN;
    Disk::File *found = mount->disk->open(path, (flags & SQLITE_OPEN_CREATE) != 0);
    if (!found)
        return SQLITE_CANTOPEN;
    open->base.pMethods = &kMethods;
    open->mount = mount;
    open->file = found;
    if (outFlags)
        *outFlags = flags;
    return SQLITE_OK;
}

int CrashVfs::State::remove(sqlite3_vfs *vfs, const char *path, int syncsFolder)
{
    Mount *mount = of(vfs).mountOf(path);
    return mount ? mount->disk->remove(path, syncsFolder != 0) : SQLITE_IOERR_DELETE_NOENT;
}

int CrashVfs::State::access(sqlite3_vfs *vfs, const char *path, int, int *result)
{
    const Mount *mount = of(vfs).mountOf(path);
    *result = mount && mount->disk->exists(path) ? 1 : 0;
    return SQLITE_OK;
}

int CrashVfs::State::fullPath(sqlite3_vfs *, const char *path, int size, char *out)
{
    sqlite3_snprintf(size, out, "%s", path);
    return SQLITE_OK;
}

int CrashVfs::State::randomness(sqlite3_vfs *vfs, int count, char *out)
{
    for (int i = 0; i < count; ++i)
        out[i] = static_cast<char>(of(vfs).dice->next());
    return count;
}

int CrashVfs::State::sleep(sqlite3_vfs *, int micros)
{
    return micros;
}

int CrashVfs::State::currentTime(sqlite3_vfs *, sqlite3_int64 *time)
{
    *time = 2'460'000LL * 86'400'000; // nothing of ours asks SQLite for the time
    return SQLITE_OK;
}

CrashVfs::CrashVfs() : m_state(std::make_unique<State>())
{
    sqlite3_initialize();
    sqlite3_vfs &vfs = m_state->vfs;
    vfs.iVersion = 2;
    vfs.szOsFile = sizeof(OpenFile);
    vfs.mxPathname = 512;
    vfs.zName = "planb-sim";
    vfs.pAppData = m_state.get();
    vfs.xOpen = &State::open;
    vfs.xDelete = &State::remove;
    vfs.xAccess = &State::access;
    vfs.xFullPathname = &State::fullPath;
    vfs.xRandomness = &State::randomness;
    vfs.xSleep = &State::sleep;
    vfs.xCurrentTimeInt64 = &State::currentTime;
    reseed(0);
    sqlite3_vfs_register(&vfs, 1);
}

CrashVfs::~CrashVfs()
{
    sqlite3_vfs_unregister(&m_state->vfs);
}

void CrashVfs::reseed(std::uint64_t seed)
{
    m_state->dice.emplace(seed, 0x5EEDULL);
    // Without bytes to fill it forgets what it has, and asks its file system anew.
    sqlite3_randomness(0, nullptr);
}

void CrashVfs::mount(const std::string &path, Disk &disk)
{
    m_state->mounts.insert_or_assign(path, Mount{&disk, {}, {}});
}

void CrashVfs::unmount(const std::string &path)
{
    m_state->mounts.erase(path);
}

void CrashVfs::forgetLocks(const std::string &path)
{
    Mount &mount = m_state->mounts.at(path);
    mount.locks.clear();
    mount.index.clear();
}

bool CrashVfs::isBeingWritten(const std::string &path) const
{
    const auto found = m_state->mounts.find(path);
    return found != m_state->mounts.end() && found->second.index.isBeingWritten();
}

} // namespace planb::sim
