// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QCryptographicHash>

#include <optional>

namespace planb::xmpp {

/// The data of the channel binding type tls-server-end-point (RFC 5929, section 4.1): a hash of the server's
/// certificate, by the hash function of its signature. Nothing where that names no single hash function
/// (Ed25519, RSA-PSS) or the bytes are no certificate.
std::optional<QByteArray> tlsServerEndPoint(const QByteArray &certificateDer);

/// The hash function of a certificate's signature algorithm, with MD5 and SHA-1 raised to SHA-256 as RFC 5929 says.
std::optional<QCryptographicHash::Algorithm> endPointHash(QByteArrayView certificateDer);

} // namespace planb::xmpp
