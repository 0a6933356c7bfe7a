// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/transports/net/proxy_server.h"

namespace planb::test {

ProxyServer::ProxyServer(Kind kind, quint16 target) : m_kind(kind), m_target(target)
{
    connect(this, &QTcpServer::newConnection, this, &ProxyServer::onNewConnection);
    listen(QHostAddress::LocalHost);
}

void ProxyServer::onNewConnection()
{
    while (QTcpSocket *client = nextPendingConnection()) {
        connect(client, &QTcpSocket::readyRead, this, [this, client] { onBytes(client); });
        if (client->bytesAvailable() > 0)
            onBytes(client);
    }
}

void ProxyServer::onBytes(QTcpSocket *client)
{
    m_input[client] += client->readAll();
    while (m_kind == Kind::Socks5 ? onSocks(client) : onHttp(client)) {}
}

// One step of the dialogue; false when it needs more bytes or is over.
bool ProxyServer::onSocks(QTcpSocket *client)
{
    QByteArray &input = m_input[client];
    int &step = m_step[client];
    if (step == 0 && input.size() >= 2 && input.size() >= 2 + input[1]) {
        input.remove(0, 2 + input[1]);
        step = wantsUser ? 1 : 2;
        client->write(QByteArray("\x05", 1) + (wantsUser ? '\x02' : '\x00'));
        return true;
    }
    if (step == 1 && input.size() >= 2 && input.size() >= 3 + input[1]
        && input.size() >= 3 + input[1] + input[2 + input[1]]) {
        const int nameSize = input[1], passwordSize = input[2 + nameSize];
        user = input.mid(2, nameSize) + ':' + input.mid(3 + nameSize, passwordSize);
        input.remove(0, 3 + nameSize + passwordSize);
        step = 2;
        client->write(QByteArray("\x01\x00", 2));
        return true;
    }
    // CONNECT by name (address type 3); an address would mean that the client has resolved the name itself.
    if (step == 2 && input.size() >= 5 && input[3] == 3 && input.size() >= 7 + input[4]) {
        const int size = input[4];
        const auto port = static_cast<quint16>(static_cast<quint8>(input[5 + size]) << 8
                                               | static_cast<quint8>(input[6 + size]));
        askedFor = input.mid(5, size) + ':' + QByteArray::number(port);
        input.remove(0, 7 + size);
        step = 3;
        client->write(QByteArray("\x05", 1) + (refuses ? '\x05' : '\x00')
                      + QByteArray("\x00\x01\x7f\x00\x00\x01\x00\x00", 8));
        if (!refuses)
            join(client);
    }
    return false;
}

bool ProxyServer::onHttp(QTcpSocket *client)
{
    QByteArray &input = m_input[client];
    const qsizetype end = input.indexOf("\r\n\r\n");
    if (m_step[client] != 0 || end < 0)
        return false;
    const QByteArray request = input.first(end);
    input.remove(0, end + 4);
    const qsizetype authorization = request.indexOf("Proxy-Authorization: Basic ");
    if (wantsUser && authorization < 0) {
        client->write("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic "
                      "realm=\"x\"\r\nContent-Length: 0\r\n\r\n");
        return true;
    }
    if (authorization >= 0)
        user = QByteArray::fromBase64(request.mid(authorization + 27).split('\r').front());
    askedFor = request.split(' ').at(1);
    m_step[client] = 1;
    client->write(refuses ? "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"
                          : "HTTP/1.1 200 Connected\r\n\r\n");
    if (!refuses)
        join(client);
    return false;
}

void ProxyServer::join(QTcpSocket *client)
{
    auto *server = new QTcpSocket(client);
    client->disconnect(this);
    connect(client, &QTcpSocket::readyRead, server, [client, server] { server->write(client->readAll()); });
    connect(server, &QTcpSocket::readyRead, client, [client, server] { client->write(server->readAll()); });
    connect(server, &QTcpSocket::disconnected, client, [client] { client->disconnectFromHost(); });
    connect(client, &QTcpSocket::disconnected, server, [server] { server->disconnectFromHost(); });
    server->connectToHost(QHostAddress(QHostAddress::LocalHost), m_target);
}

} // namespace planb::test
