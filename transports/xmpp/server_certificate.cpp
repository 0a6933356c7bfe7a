// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/server_certificate.h"

#include <QCryptographicHash>
#include <QSslCertificate>
#include <QSslKey>

namespace planb::xmpp {

std::optional<ServerCertificate> ServerCertificate::of(const QByteArray &der)
{
    const QSslCertificate certificate(der, QSsl::Der);
    if (certificate.isNull())
        return {};
    const QSslKey key = certificate.publicKey();
    // A kind of key that Qt does not know: the certificate as a whole has to do.
    const QByteArray bytes = key.isNull() ? der : key.toDer();
    QStringList issuer = certificate.issuerInfo(QSslCertificate::Organization);
    if (issuer.isEmpty())
        issuer = certificate.issuerInfo(QSslCertificate::CommonName);
    return ServerCertificate{QCryptographicHash::hash(bytes, QCryptographicHash::Sha256), issuer.join(u' ').left(100),
                             wallFromMillis(certificate.effectiveDate().toMSecsSinceEpoch()),
                             wallFromMillis(certificate.expiryDate().toMSecsSinceEpoch())};
}

bool isRenewal(const ServerCertificate &before, const ServerCertificate &now, WallTime at)
{
    if (before.key == now.key)
        return true;
    return before.issuer == now.issuer && at >= before.from + (before.until - before.from) / 2;
}

} // namespace planb::xmpp
