// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/net/tcp_user_timeout.h"

#ifdef Q_OS_LINUX
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#endif

namespace planb::net {

void setTcpUserTimeout([[maybe_unused]] qintptr socket, [[maybe_unused]] Millis limit)
{
#ifdef Q_OS_LINUX
    const auto value = static_cast<unsigned int>(limit.count());
    // Best effort: a refusal leaves the kernel's own, longer limit.
    ::setsockopt(static_cast<int>(socket), IPPROTO_TCP, TCP_USER_TIMEOUT, &value, sizeof value);
#endif
}

} // namespace planb::net
