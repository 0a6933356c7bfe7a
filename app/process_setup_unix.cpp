// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/process_setup.h"

#include <cerrno>
#include <clocale>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <langinfo.h>
#include <sys/resource.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

namespace planb {

namespace {

void fillStandardDescriptors()
{
    for (int descriptor = 0; descriptor <= 2; ++descriptor) {
        if (fcntl(descriptor, F_GETFD) != -1 || errno != EBADF)
            continue;
        // open() takes the lowest free number, which is this one. Output that was closed is opened for reading:
        // writing to it then fails, as it should.
        const int mode = descriptor == STDOUT_FILENO ? O_RDONLY : O_RDWR;
        if (open("/dev/null", mode) != descriptor) // NOLINT(cppcoreguidelines-pro-type-vararg)
            std::abort();
    }
}

void forbidCoreDumps()
{
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    // The leak checker of the address sanitizer traces its own process, which this would forbid.
#if defined(__linux__) && !defined(__SANITIZE_ADDRESS__)
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

void useUtf8()
{
    // Qt would choose the same, but complain on standard error first.
    std::setlocale(LC_ALL, "");
    if (std::strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        setenv("LC_ALL", "C.UTF-8", 1);
}

} // namespace

void setUpProcess()
{
    fillStandardDescriptors();
    std::signal(SIGPIPE, SIG_IGN);
    forbidCoreDumps();
    useUtf8();
}

} // namespace planb
