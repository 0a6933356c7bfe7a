// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/transports/net/tls_server.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslKey>

namespace planb::test {

TlsServer::TlsServer()
{
    listen(QHostAddress::LocalHost);
}

TlsServer::TlsServer(const TestCertificate &certificate) : TlsServer()
{
    QFile key(certificate.keyFile);
    if (!key.open(QIODevice::ReadOnly))
        qFatal("no key");
    configuration.setLocalCertificateChain(QSslCertificate::fromPath(certificate.certificateFile));
    configuration.setPrivateKey(QSslKey(&key, QSsl::Ec));
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone); // clients show no certificate
}

void TlsServer::incomingConnection(qintptr descriptor)
{
    auto *socket = new QSslSocket(this);
    socket->setSocketDescriptor(descriptor);
    configuration.setAllowedNextProtocols(protocols);
    socket->setSslConfiguration(configuration);
    connection = socket;
    ++connections;
    connect(socket, &QSslSocket::readyRead, this, [this, socket] {
        const QByteArray bytes = socket->readAll();
        received += bytes;
        if (onBytes)
            onBytes(*socket, bytes);
    });
    if (onConnected)
        onConnected(*socket);
    if (directTls)
        socket->startServerEncryption();
}

} // namespace planb::test
