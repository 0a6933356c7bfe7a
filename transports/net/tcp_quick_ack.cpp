// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/net/tcp_quick_ack.h"

#ifdef Q_OS_LINUX
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#endif

namespace planb::net {

void acknowledgeAtOnce([[maybe_unused]] qintptr socket)
{
#ifdef Q_OS_LINUX
    const int on = 1;
    // Best effort: a refusal costs time and nothing else.
    ::setsockopt(static_cast<int>(socket), IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);
#endif
}

} // namespace planb::net
