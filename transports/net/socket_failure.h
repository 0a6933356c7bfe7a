// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/failure.h"

#include <QAbstractSocket>
#include <QList>
#include <QSslError>
#include <QString>

namespace planb::net {

/// How far a connection had come when something went wrong; the same socket error means different things.
enum class ConnectStage { Tcp, Tls, Session };

/// What a socket's error means for the link. `where` ("192.0.2.1:5222") goes into the detail;
/// `errorText` is the socket's own words, used for TLS trouble only.
Failure failureOf(QAbstractSocket::SocketError error, ConnectStage stage, const QString &where,
                  const QString &errorText);

/// What is wrong with a certificate, the gravest reason first: CertificateUntrusted with "the certificate has
/// expired", "the certificate is not for this server", ... Other TLS trouble: TlsFailed.
Failure failureOf(const QList<QSslError> &errors, const QString &peerName);

} // namespace planb::net
