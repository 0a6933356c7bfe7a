// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/net/socket_failure.h"

#include <algorithm>
#include <array>

namespace planb::net {

namespace {

using namespace Qt::StringLiterals;

struct CertificateTrouble {
    QSslError::SslError error;
    const char16_t *words;
};

// Most telling first: an unknown issuer explains more than the name beside it.
constexpr std::array kCertificateTroubles{
    CertificateTrouble{QSslError::CertificateRevoked, u"the server's certificate has been revoked"},
    CertificateTrouble{QSslError::CertificateBlacklisted, u"the server's certificate is on the list of known bad ones"},
    CertificateTrouble{QSslError::SelfSignedCertificate, u"the server's certificate is signed by itself"},
    CertificateTrouble{QSslError::SelfSignedCertificateInChain,
                       u"the server's certificate comes from an issuer that is not trusted"},
    CertificateTrouble{QSslError::UnableToGetLocalIssuerCertificate,
                       u"the server's certificate comes from an issuer that is not trusted"},
    CertificateTrouble{QSslError::UnableToGetIssuerCertificate,
                       u"the server's certificate comes from an issuer that is not trusted"},
    CertificateTrouble{QSslError::UnableToVerifyFirstCertificate,
                       u"the server's certificate comes from an issuer that is not trusted"},
    CertificateTrouble{QSslError::CertificateUntrusted,
                       u"the server's certificate comes from an issuer that is not trusted"},
    CertificateTrouble{QSslError::CertificateRejected, u"the server's certificate is refused for this use"},
    CertificateTrouble{QSslError::InvalidCaCertificate,
                       u"the server's certificate comes from an issuer that may not issue"},
    CertificateTrouble{QSslError::InvalidPurpose, u"the server's certificate is not meant for servers"},
    CertificateTrouble{QSslError::CertificateSignatureFailed, u"the signature of the server's certificate is wrong"},
    CertificateTrouble{QSslError::CertificateExpired, u"the server's certificate has expired"},
    CertificateTrouble{QSslError::CertificateNotYetValid,
                       u"the server's certificate is not valid yet (is this computer's clock right?)"},
    CertificateTrouble{QSslError::HostNameMismatch, u"the server's certificate is for another name than %1"},
    CertificateTrouble{QSslError::NoPeerCertificate, u"the server showed no certificate"},
};

bool isProxyError(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::ProxyAuthenticationRequiredError:
    case QAbstractSocket::ProxyConnectionRefusedError:
    case QAbstractSocket::ProxyConnectionClosedError:
    case QAbstractSocket::ProxyConnectionTimeoutError:
    case QAbstractSocket::ProxyNotFoundError:
    case QAbstractSocket::ProxyProtocolError: return true;
    default: return false;
    }
}

QString proxyWords(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::ProxyAuthenticationRequiredError: return u"the proxy wants other user information"_s;
    case QAbstractSocket::ProxyConnectionRefusedError: return u"the proxy refuses connections"_s;
    case QAbstractSocket::ProxyConnectionClosedError: return u"the proxy closed the connection"_s;
    case QAbstractSocket::ProxyConnectionTimeoutError: return u"the proxy does not answer"_s;
    case QAbstractSocket::ProxyNotFoundError: return u"the proxy's host was not found"_s;
    default: return u"the proxy answered something that makes no sense"_s;
    }
}

Failure failureOfConnecting(QAbstractSocket::SocketError error, const QString &where)
{
    switch (error) {
    case QAbstractSocket::ConnectionRefusedError: return {FailureCode::ConnectionRefused, where, {}};
    case QAbstractSocket::HostNotFoundError: return {FailureCode::HostNotFound, where, {}};
    case QAbstractSocket::SocketTimeoutError: return {FailureCode::ConnectTimeout, where, {}};
    // ENETUNREACH, EHOSTUNREACH, and EPERM or EACCES of a local firewall: nothing left this computer's network.
    case QAbstractSocket::NetworkError:
    case QAbstractSocket::SocketAccessError:
    case QAbstractSocket::SocketResourceError: return {FailureCode::NetworkUnreachable, where, {}};
    default: return {FailureCode::ConnectionLost, where, {}};
    }
}

} // namespace

Failure failureOf(QAbstractSocket::SocketError error, ConnectStage stage, const QString &where,
                  const QString &errorText)
{
    if (isProxyError(error))
        return {FailureCode::ProxyFailed, proxyWords(error), {}};
    switch (error) {
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInternalError:
    case QAbstractSocket::SslInvalidUserDataError: return {FailureCode::TlsFailed, errorText, {}};
    default: break;
    }
    if (stage == ConnectStage::Tcp)
        return failureOfConnecting(error, where);
    if (stage == ConnectStage::Tls && error == QAbstractSocket::RemoteHostClosedError)
        return {FailureCode::TlsFailed, u"the server closed the connection during the TLS handshake"_s, {}};
    return {FailureCode::ConnectionLost, where, {}};
}

Failure failureOf(const QList<QSslError> &errors, const QString &peerName)
{
    for (const CertificateTrouble &trouble : kCertificateTroubles) {
        const bool isThere = std::any_of(errors.begin(), errors.end(),
                                         [&](const QSslError &e) { return e.error() == trouble.error; });
        if (!isThere)
            continue;
        QString words = QString::fromUtf16(trouble.words);
        if (words.contains(u"%1"))
            words = words.arg(peerName);
        return {FailureCode::CertificateUntrusted, words, {}};
    }
    return {FailureCode::TlsFailed, errors.isEmpty() ? QString() : errors.front().errorString(), {}};
}

} // namespace planb::net
