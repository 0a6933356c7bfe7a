// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "transports/xmpp/salted_password.h"

#include <QByteArray>
#include <QCryptographicHash>
#include <QString>

#include <optional>

namespace planb::xmpp {

/// Fewer iterations than the RFCs demand would make the password easy to guess from one recorded login.
inline constexpr int kMinIterations = 4'096;
/// More would keep the processor busy for many seconds at each login. Servers ask for 4,096 (ejabberd) or 10,000
/// (Prosody); OWASP recommends 210,000 for SHA-512 and 600,000 for SHA-256.
inline constexpr int kMaxIterations = 1'000'000;

/// What is mixed into the login so that it fails on any other TLS connection.
struct ChannelBinding {
    /// The gs2 header (RFC 5802, section 6): "n,," we cannot; "y,," we could, but believe that the server cannot;
    /// "p=tls-server-end-point,,": used.
    QByteArray header{"n,,"};
    QByteArray data;
};

/// One login by SCRAM (RFC 5802, RFC 7677), the client's side. Pure; each step is called in order, and once unless it says
/// otherwise.
class Scram
{
public:
    struct Credentials {
        QString name; ///< after SASLprep
        QString password; ///< after SASLprep
    };

    Scram(QCryptographicHash::Algorithm hash, const Credentials &credentials, ChannelBinding binding, QByteArray nonce);

    QByteArray first() const;
    /// The proof for the server's challenge; nothing while it takes more time: call it again. ProtocolError where it breaks the RFC; ServerNotAuthentic where it
    /// does not continue our nonce.
    Result<std::optional<QByteArray>> proof(const QByteArray &challenge, SaltedPasswordCache &cache);
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
