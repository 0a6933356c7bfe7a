// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QMessageAuthenticationCode>
#include <QPasswordDigestor>

namespace planb::test {

/// The server's side of SCRAM-SHA-256 (RFC 7677), for one login.
class ScramServer
{
public:
    explicit ScramServer(QByteArray password, int iterations = 4'096)
        : m_password(std::move(password)), m_iterations(iterations)
    {}

    /// `<challenge/>` for the base64 text of `<auth/>`.
    QByteArray challenge(const QByteArray &auth)
    {
        const QByteArray first = QByteArray::fromBase64(auth);
        m_bare = first.sliced(first.indexOf("n=", 1));
        m_challenge = "r=" + m_bare.sliced(m_bare.indexOf("r=") + 2) + "-server,s=" + kSalt.toBase64()
            + ",i=" + QByteArray::number(m_iterations);
        return "<challenge xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>" + m_challenge.toBase64() + "</challenge>";
    }

    /// The base64 text that ends the login; empty where the client's proof is wrong.
    QByteArray signature(const QByteArray &response) const
    {
        const QByteArray final = QByteArray::fromBase64(response);
        const qsizetype at = final.indexOf(",p=");
        const QByteArray message = m_bare + ',' + m_challenge + ',' + final.first(at);
        const QByteArray salted = QPasswordDigestor::deriveKeyPbkdf2(QCryptographicHash::Sha256, m_password, kSalt,
                                                                     m_iterations, 32);
        const QByteArray clientKey = mac(salted, "Client Key");
        const QByteArray stored = QCryptographicHash::hash(clientKey, QCryptographicHash::Sha256);
        QByteArray proof = mac(stored, message);
        for (qsizetype i = 0; i < proof.size(); ++i)
            proof[i] = static_cast<char>(proof[i] ^ clientKey[i]);
        if (QByteArray::fromBase64(final.sliced(at + 3)) != proof)
            return {};
        return ("v=" + mac(mac(salted, "Server Key"), message).toBase64()).toBase64();
    }

private:
    static inline const QByteArray kSalt = "sixteen bytes...";

    static QByteArray mac(const QByteArray &key, const QByteArray &text)
    {
        return QMessageAuthenticationCode::hash(text, key, QCryptographicHash::Sha256);
    }

    QByteArray m_password;
    int m_iterations;
    QByteArray m_bare;
    QByteArray m_challenge;
};

} // namespace planb::test
