// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace planb::net {

/// One place to connect to.
struct Endpoint {
    QString host; ///< an address, or a name for a proxy to resolve
    quint16 port = 0;
    bool directTls = false; ///< TLS from the first byte; otherwise the session asks for it
    /// The name that `host` is an address of, where that was looked up. Not a part of the place itself.
    QString name = {};

    bool operator==(const Endpoint &other) const
    {
        return host == other.host && port == other.port && directTls == other.directTls;
    }
};

/// "192.0.2.1:5222", "[2001:db8::1]:5222"
inline QString describe(const Endpoint &endpoint)
{
    const bool isIpv6 = endpoint.host.contains(u':');
    return (isIpv6 ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2")).arg(endpoint.host).arg(endpoint.port);
}

} // namespace planb::net
