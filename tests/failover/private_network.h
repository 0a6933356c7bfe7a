// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/testkit/outcome.h"

#include <QList>
#include <QString>

namespace planb::failover {

/// A network namespace of this process and its children: an own loopback on which packets can be dropped and answered
/// with resets without touching anybody else's. Linux only; elsewhere enter() says so.
class PrivateNetwork
{
public:
    /// Moves this process into one. Call once, before anything listens and before there are threads.
    /// The error says in one sentence what is missing: a program, or the right.
    static test::Outcome<void> enter();

    /// Packets to and from these TCP ports vanish, also those of open connections. Replaces an earlier fault.
    static test::Outcome<void> drop(const QList<quint16> &ports);
    /// Packets to and from these TCP ports are answered with a reset. Replaces an earlier fault.
    static test::Outcome<void> reset(const QList<quint16> &ports);
    static test::Outcome<void> clear();

    /// From here on this process and the children it starts ask a name server of their own, on 127.0.0.1. `folder` keeps
    /// two small files as long as that lasts.
    static test::Outcome<void> askOwnNameServer(const QString &folder);
};

} // namespace planb::failover
