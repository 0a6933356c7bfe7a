// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/failover/fault_proxy.h"

#include "tests/testkit/free_ports.h"

#include <QTimer>

#include <algorithm>
#include <deque>

using namespace Qt::StringLiterals;

namespace planb::failover {

using test::Outcome;
using test::trouble;

namespace {

/// One direction of one connection. Belongs to the socket it reads from.
class Pipe : public QObject
{
public:
    Pipe(QTcpSocket &from, QTcpSocket &to, FaultProxy::Options options)
        : QObject(&from), m_from(from), m_to(to), m_options(options)
    {
        m_due.setSingleShot(true);
        m_due.setTimerType(Qt::PreciseTimer);
        connect(&m_due, &QTimer::timeout, this, &Pipe::forward);
        connect(&from, &QTcpSocket::readyRead, this, &Pipe::take);
        connect(&from, &QTcpSocket::disconnected, this, &Pipe::onEnd);
        // What came while the other side was still being connected to.
        connect(&to, &QTcpSocket::connected, this, &Pipe::forward);
    }

private:
    struct Part {
        MonoTime due;
        QByteArray bytes;
    };

    void take()
    {
        m_parts.push_back({m_clock.now() + m_options.delay, m_from.readAll()});
        forward();
    }

    void forward()
    {
        if (m_to.state() != QAbstractSocket::ConnectedState)
            return;
        while (!m_parts.empty() && m_parts.front().due <= m_clock.now()) {
            write(m_parts.front().bytes);
            m_parts.pop_front();
        }
        if (!m_parts.empty())
            m_due.start(std::max(Millis(1), std::chrono::ceil<Millis>(m_parts.front().due - m_clock.now())));
        else if (m_hasEnded)
            m_to.disconnectFromHost();
    }

    void write(const QByteArray &bytes)
    {
        const qsizetype step = m_options.byteAtATime ? 1 : std::max<qsizetype>(bytes.size(), 1);
        for (qsizetype at = 0; at < bytes.size(); at += step) {
            m_to.write(bytes.mid(at, step));
            m_to.flush();
        }
    }

    void onEnd()
    {
        if (m_from.isOpen())
            take(); // aborted ones have nothing left
        m_hasEnded = true;
        forward();
    }

    QTcpSocket &m_from;
    QTcpSocket &m_to;
    const FaultProxy::Options m_options;
    const SystemClock m_clock;
    std::deque<Part> m_parts;
    QTimer m_due;
    bool m_hasEnded = false;
};

} // namespace

FaultProxy::FaultProxy(quint16 target, Options options) : m_target(target), m_options(options)
{
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *client = m_server.nextPendingConnection())
            onConnection(client);
    });
}

Outcome<void> FaultProxy::start()
{
    const quint16 port = test::freePorts(1).first();
    if (!m_server.listen(QHostAddress::LocalHost, port))
        return trouble(u"The proxy cannot listen: "_s + m_server.errorString());
    return {};
}

// Both sockets of a connection live until both have ended, so that neither pipe loses its other end.
void FaultProxy::onConnection(QTcpSocket *client)
{
    auto *server = new QTcpSocket(client);
    for (QTcpSocket *socket : {client, server}) {
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        connect(this, &FaultProxy::connectionsLost, socket, &QTcpSocket::abort);
        connect(socket, &QTcpSocket::disconnected, client, [client, server] {
            if (client->state() == QAbstractSocket::UnconnectedState
                && server->state() == QAbstractSocket::UnconnectedState)
                client->deleteLater();
        });
    }
    connect(server, &QTcpSocket::connected, server,
            [server] { server->setSocketOption(QAbstractSocket::LowDelayOption, 1); });
    connect(server, &QTcpSocket::errorOccurred, client, &QTcpSocket::abort);
    new Pipe(*client, *server, m_options);
    new Pipe(*server, *client, m_options);
    server->connectToHost(QHostAddress::LocalHost, m_target);
}

void FaultProxy::loseConnections()
{
    Q_EMIT connectionsLost();
}

} // namespace planb::failover
