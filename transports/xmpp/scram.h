// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QCryptographicHash>
#include <QString>

#include <optional>

namespace planb::xmpp {

/// Fewer iterations than the RFCs demand would make the password easy to guess from one recorded login.
inline constexpr int kMinIterations = 4'096;
/// More would keep the thread busy for seconds: a hostile server could stop all other work (1,000,000 take
/// about a second, and no common server asks for more than a few 100,000).
inline constexpr int kMaxIterations = 1'000'000;

/// The expensive half of SCRAM, kept between logins: a reconnect then costs two hashes instead of thousands.
class SaltedPasswordCache
{
public:
    QByteArray get(QCryptographicHash::Algorithm hash, const QByteArray &password, const QByteArray &salt,
                   int iterations);

private:
    struct Entry {
        QCryptographicHash::Algorithm hash;
        QByteArray password, salt;
        int iterations = 0;
        QByteArray salted;
    };
    std::optional<Entry> m_last;
};

/// What is mixed into the login so that it fails on any other TLS connection.
struct ChannelBinding {
    /// The gs2 header (RFC 5802, section 6): "n,," we cannot; "y,," we could, but believe that the server cannot;
    /// "p=tls-server-end-point,,": used.
    QByteArray header{"n,,"};
    QByteArray data;
};

/// One login by SCRAM (RFC 5802, RFC 7677), the client's side. Pure; each step is called once, in order.
class Scram
{
public:
    struct Credentials {
        QString name; ///< after SASLprep
        QString password; ///< after SASLprep
    };

    Scram(QCryptographicHash::Algorithm hash, const Credentials &credentials, ChannelBinding binding, QByteArray nonce);

    QByteArray first() const;
    /// The proof for the server's challenge. ProtocolError where it breaks the RFC; ServerNotAuthentic where it
    /// does not continue our nonce.
    Result<QByteArray> proof(const QByteArray &challenge, SaltedPasswordCache &cache);
    /// Checks that the server knows the password, too: ServerNotAuthentic if not.
    Result<void> verify(const QByteArray &serverFinal) const;

private:
    QByteArray bare() const;

    QCryptographicHash::Algorithm m_hash;
    QByteArray m_name;
    QByteArray m_password;
    ChannelBinding m_binding;
    QByteArray m_nonce;
    QByteArray m_serverSignature;
};

} // namespace planb::xmpp
