// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Linux only: PR_SET_PDEATHSIG. Other systems compile child_process_portable.cpp instead.
#include "tests/testkit/child_process.h"

#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

namespace planb::test {

void endWithParent(QProcess &child)
{
    child.setChildProcessModifier([parent = getpid()] {
        // Runs between fork and exec: only async-signal-safe calls.
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent) // the parent died before the line above took effect
            _exit(1);
    });
}

void freezeProcess(qint64 pid)
{
    if (pid > 0)
        kill(static_cast<pid_t>(pid), SIGSTOP);
}

void thawProcess(qint64 pid)
{
    if (pid > 0)
        kill(static_cast<pid_t>(pid), SIGCONT);
}

bool runsAsRoot()
{
    return geteuid() == 0;
}

} // namespace planb::test
