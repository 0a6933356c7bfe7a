// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

#include <array>
#include <optional>

namespace planb::delivery {

/// An IP address in the form of RFC 4291, network byte order; IPv4 as ::ffff:a.b.c.d.
using IpAddress = std::array<quint8, 16>;

/// Reads an address as it is written out (RFC 4291, 2.2; IPv4 as four decimal numbers), with or without a zone
/// ("%eth0"). Nothing for a name.
std::optional<IpAddress> ipAddressFrom(QStringView text);

/// The piece of the network an address lies in, as somebody gets it assigned: "203.0.113.0/24", "2001:db8:1::/48".
/// An IPv4 address that is reached through NAT64 (RFC 6052, the well-known prefix) counts as that IPv4 address.
/// Nothing for loopback and unspecified addresses: behind a tunnel that begins on this computer there may be anything.
std::optional<QString> addressRangeOf(const IpAddress &address);

} // namespace planb::delivery
