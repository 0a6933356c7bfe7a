// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/output.h"

#include "app/termination.h"

#include <array>
#include <cerrno>
#include <climits>

#include <poll.h>
#include <unistd.h>

namespace planb {

namespace {

/// True when a write of up to PIPE_BUF bytes will not block (POSIX, pipe(7)), or will fail at once.
bool waitForRoom()
{
    std::array<pollfd, 2> watched{{{STDOUT_FILENO, POLLOUT, 0}, {Termination::descriptor(), POLLIN, 0}}};
    while (poll(watched.data(), watched.size(), -1) < 0) {
        if (errno != EINTR)
            return true;
    }
    return watched[0].revents != 0;
}

} // namespace

OutputState writeOutput(QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        if (!waitForRoom())
            return OutputState::Interrupted;
        const auto part = static_cast<std::size_t>(qMin<qsizetype>(bytes.size(), PIPE_BUF));
        const ssize_t written = write(STDOUT_FILENO, bytes.data(), part);
        if (written > 0)
            bytes = bytes.sliced(written);
        else if (written < 0 && errno == EPIPE)
            return OutputState::ReaderGone;
        else if (written < 0 && errno != EINTR && errno != EAGAIN)
            return OutputState::Failed;
    }
    return OutputState::Open;
}

} // namespace planb
