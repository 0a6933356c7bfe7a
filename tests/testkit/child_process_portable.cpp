// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// For systems without PR_SET_PDEATHSIG: children end with the QProcess that owns them, and no earlier.
#include "tests/testkit/child_process.h"

#ifdef Q_OS_UNIX
#include <csignal>
#include <unistd.h>
#endif

namespace planb::test {

void endWithParent(QProcess &) {}

#ifdef Q_OS_UNIX
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
#else
void freezeProcess(qint64) {}
void thawProcess(qint64) {}
bool runsAsRoot()
{
    return false;
}
#endif

} // namespace planb::test
