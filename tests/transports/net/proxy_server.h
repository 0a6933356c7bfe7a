// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QTcpServer>
#include <QTcpSocket>

namespace planb::test {

/// A proxy small enough for a test: SOCKS5 (RFC 1928) or HTTP CONNECT. Whatever name is asked for, it connects to
/// `target` on loopback, and remembers the name.
class ProxyServer : public QTcpServer
{
    Q_OBJECT

public:
    enum class Kind { Socks5, Http };

    ProxyServer(Kind kind, quint16 target);

    QByteArray askedFor; ///< "name:port"
    QByteArray user; ///< "name:password" it was given
    bool wantsUser = false;
    bool refuses = false; ///< cannot reach anything

private:
    void onNewConnection();
    void onBytes(QTcpSocket *client);
    bool onSocks(QTcpSocket *client);
    bool onHttp(QTcpSocket *client);
    void join(QTcpSocket *client);

    Kind m_kind;
    quint16 m_target;
    QHash<QTcpSocket *, int> m_step;
    QHash<QTcpSocket *, QByteArray> m_input;
};

} // namespace planb::test
