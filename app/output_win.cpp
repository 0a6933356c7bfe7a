// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/output.h"

#include <cerrno>
#include <cstdio>

namespace planb {

OutputState writeOutput(QByteArrayView bytes)
{
    const auto size = static_cast<std::size_t>(bytes.size());
    if (std::fwrite(bytes.data(), 1, size, stdout) == size && std::fflush(stdout) == 0)
        return OutputState::Open;
    // The C library reports a pipe without reader as EINVAL (ERROR_NO_DATA).
    return errno == EPIPE || errno == EINVAL ? OutputState::ReaderGone : OutputState::Failed;
}

} // namespace planb
