// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Linux only: preloaded with LD_PRELOAD into the process under test, it counts the calls by which a process changes
// files and ends the process at one of them, without a chance to tidy up. What the kernel has by then stays, as when a
// process is killed; loss of power is another matter.
#include "tests/crash/crash_plan.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

namespace {

using planb::crash::CrashPlan;

CrashPlan *mappedPlan()
{
    const char *path = std::getenv(planb::crash::kPlanVariable);
    if (path == nullptr)
        return nullptr;
    const int file = open(path, O_RDWR | O_CLOEXEC);
    if (file < 0)
        return nullptr;
    void *memory = mmap(nullptr, sizeof(CrashPlan), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    return memory == MAP_FAILED ? nullptr : static_cast<CrashPlan *>(memory);
}

void passCrashPoint(const char *call)
{
    static CrashPlan *const plan = mappedPlan();
    if (plan == nullptr || plan->counting.load() == 0)
        return;
    const auto number = plan->count.fetch_add(1) + 1;
    std::strncpy(plan->lastCall.data(), call, plan->lastCall.size() - 1);
    if (number == plan->crashAt.load())
        _exit(planb::crash::kCrashStatus);
}

// Sockets, and the pipes and counters by which threads wake each other, hold nothing that outlives a process.
bool matters(int file)
{
    struct stat found = {};
    return file == STDOUT_FILENO || (fstat(file, &found) == 0 && S_ISREG(found.st_mode));
}

void passCrashPoint(const char *call, int file)
{
    if (matters(file))
        passCrashPoint(call);
}

template<class Function>
Function original(const char *name)
{
    // POSIX asks for this conversion, C++ only allows it.
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

} // namespace

// The C library's names, in place of its own functions.
// NOLINTBEGIN(readability-identifier-naming)
#define PLANB_COUNTED(RESULT, NAME, PARAMETERS, ARGUMENTS, ...)                                                        \
    extern "C" RESULT NAME PARAMETERS                                                                                  \
    {                                                                                                                  \
        static const auto next = original<RESULT(*) PARAMETERS>(#NAME);                                                \
        passCrashPoint(#NAME __VA_OPT__(, ) __VA_ARGS__);                                                              \
        return next ARGUMENTS;                                                                                         \
    }

PLANB_COUNTED(ssize_t, write, (int file, const void *from, size_t size), (file, from, size), file)
PLANB_COUNTED(ssize_t, writev, (int file, const iovec *from, int parts), (file, from, parts), file)
PLANB_COUNTED(ssize_t, pwrite, (int file, const void *from, size_t size, off_t at), (file, from, size, at), file)
PLANB_COUNTED(ssize_t, pwrite64, (int file, const void *from, size_t size, off64_t at), (file, from, size, at), file)
PLANB_COUNTED(int, fsync, (int file), (file), file)
PLANB_COUNTED(int, fdatasync, (int file), (file), file)
PLANB_COUNTED(int, ftruncate, (int file, off_t size), (file, size), file)
PLANB_COUNTED(int, ftruncate64, (int file, off64_t size), (file, size), file)
PLANB_COUNTED(int, rename, (const char *from, const char *to), (from, to))
PLANB_COUNTED(int, renameat, (int folder, const char *from, int toFolder, const char *to), (folder, from, toFolder, to))
PLANB_COUNTED(int, renameat2, (int folder, const char *from, int toFolder, const char *to, unsigned int flags),
              (folder, from, toFolder, to, flags))
PLANB_COUNTED(int, unlink, (const char *path), (path))
// NOLINTEND(readability-identifier-naming)
