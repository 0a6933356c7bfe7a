// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/testkit/outcome.h"

#include <QProcess>

namespace planb::failover {

/// The daemon by which Erlang nodes find each other (epmd), on a loopback port of its own. Ends with this object.
class ErlangNames
{
public:
    ErlangNames();
    ~ErlangNames();
    ErlangNames(const ErlangNames &) = delete;
    ErlangNames &operator=(const ErlangNames &) = delete;

    static QString whatIsMissing();

    test::Outcome<void> start();
    quint16 port() const { return m_port; }

private:
    QProcess m_process;
    quint16 m_port = 0;
};

} // namespace planb::failover
