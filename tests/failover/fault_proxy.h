// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "tests/testkit/outcome.h"

#include <QObject>
#include <QTcpServer>
#include <QTcpSocket>

namespace planb::failover {

/// A TCP proxy on loopback that makes a network between clients and one server: it delays, cuts into single bytes and
/// loses connections. It cannot look into TLS. Delays are those of the event loop, a millisecond or two too long.
class FaultProxy : public QObject
{
    Q_OBJECT

public:
    struct Options {
        Millis delay{0}; ///< each way
        bool byteAtATime = false; ///< every byte is a packet of its own
    };

    FaultProxy(quint16 target, Options options);

    test::Outcome<void> start();
    quint16 port() const { return m_server.serverPort(); }
    /// All connections of this moment end; new ones are welcome.
    void loseConnections();

Q_SIGNALS:
    void connectionsLost();

private:
    void onConnection(QTcpSocket *client);

    const quint16 m_target;
    const Options m_options;
    QTcpServer m_server;
};

} // namespace planb::failover
