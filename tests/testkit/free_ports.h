// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QtGlobal>

namespace planb::test {

/// `count` different loopback TCP ports that nobody listens on at this moment, drawn at random.
///
/// Below the range from which systems take the local ports of outgoing connections. A client that keeps trying
/// a port inside that range while its server is down is sooner or later given the very same number as its own
/// port and connects to itself; and any other connection may take the number before the server is back.
QList<quint16> freePorts(int count);

} // namespace planb::test
