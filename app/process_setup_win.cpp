// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/process_setup.h"

#include <cstdio>

#include <fcntl.h>
#include <io.h>
#include <windows.h>

namespace planb {

void setUpProcess()
{
    // The streams carry UTF-8 lines; text mode would turn "\n" into "\r\n" and stop at Ctrl+Z.
    _setmode(_fileno(stdin), _O_BINARY);
    _setmode(_fileno(stdout), _O_BINARY);
    // No crash dialog and no dump handed to error reporting.
    SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
}

} // namespace planb
