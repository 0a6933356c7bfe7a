// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/testkit/test_ca.h"

#include <QByteArray>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTcpServer>

#include <functional>

namespace planb::test {

/// A server on a loopback port of its own that does what a script says: with each connection, and with what it
/// reads. Without a script it accepts and keeps silent.
class TlsServer : public QTcpServer
{
    Q_OBJECT

public:
    TlsServer();
    explicit TlsServer(const TestCertificate &certificate);

    QString host() const { return QStringLiteral("127.0.0.1"); }

    std::function<void(QSslSocket &)> onConnected;
    std::function<void(QSslSocket &, const QByteArray &bytes)> onBytes;
    /// Begins TLS as soon as somebody connects.
    bool directTls = false;
    QList<QByteArray> protocols; ///< ALPN, in order of preference

    QSslConfiguration configuration;
    QSslSocket *connection = nullptr; ///< the newest
    int connections = 0;
    QByteArray received; ///< by all connections

protected:
    void incomingConnection(qintptr descriptor) override;
};

} // namespace planb::test
