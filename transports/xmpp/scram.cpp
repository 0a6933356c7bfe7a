// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/scram.h"

#include <QList>
#include <QMessageAuthenticationCode>

#include <algorithm>

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;

struct Challenge {
    QByteArray nonce;
    QByteArray salt;
    int iterations = 0;
};

std::optional<QByteArray> fromBase64(const QByteArray &text)
{
    const auto decoded = QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? std::optional(*decoded) : std::nullopt;
}

std::optional<QByteArray> valueOf(const QByteArray &part, char key)
{
    if (part.size() < 2 || part[0] != key || part[1] != '=')
        return {};
    return part.sliced(2);
}

// RFC 5802, section 5.1: r, s and i in this order; an "m" at the front is an extension we must understand.
std::optional<Challenge> parseChallenge(const QByteArray &text)
{
    const QList<QByteArray> parts = text.split(',');
    if (parts.size() < 3)
        return {};
    const auto nonce = valueOf(parts[0], 'r');
    const auto salt = valueOf(parts[1], 's');
    const auto count = valueOf(parts[2], 'i');
    if (!nonce || !salt || !count)
        return {};
    const bool isNumber = std::all_of(count->begin(), count->end(), [](char c) { return c >= '0' && c <= '9'; });
    bool fits = false;
    const int iterations = count->toInt(&fits);
    const auto saltBytes = fromBase64(*salt);
    if (!isNumber || !fits || !saltBytes || saltBytes->isEmpty())
        return {};
    return Challenge{*nonce, *saltBytes, iterations};
}

QByteArray hmac(QCryptographicHash::Algorithm hash, const QByteArray &key, const QByteArray &text)
{
    return QMessageAuthenticationCode::hash(text, key, hash);
}

QByteArray exclusiveOr(QByteArray a, const QByteArray &b)
{
    for (qsizetype i = 0; i < a.size(); ++i)
        a[i] = static_cast<char>(a[i] ^ b[i]);
    return a;
}

// RFC 5802, section 5.1: what separates attributes is spelled out in names.
QByteArray asSaslName(const QString &name)
{
    return name.toUtf8().replace('=', "=3D").replace(',', "=2C");
}

} // namespace

Scram::Scram(QCryptographicHash::Algorithm hash, const Credentials &credentials, ChannelBinding binding,
             QByteArray nonce)
    : m_hash(hash)
    , m_name(asSaslName(credentials.name))
    , m_password(credentials.password.toUtf8())
    , m_binding(std::move(binding))
    , m_nonce(std::move(nonce))
{}

QByteArray Scram::bare() const
{
    return "n=" + m_name + ",r=" + m_nonce;
}

QByteArray Scram::first() const
{
    return m_binding.header + bare();
}

Result<std::optional<QByteArray>> Scram::proof(const QByteArray &challenge, SaltedPasswordCache &cache)
{
    const auto parsed = parseChallenge(challenge);
    if (!parsed)
        return fail(FailureCode::ProtocolError, u"the server's login challenge is malformed"_s);
    if (!parsed->nonce.startsWith(m_nonce) || parsed->nonce.size() == m_nonce.size())
        return fail(FailureCode::ServerNotAuthentic, u"the server's login challenge does not answer ours"_s);
    if (parsed->iterations < kMinIterations || parsed->iterations > kMaxIterations) {
        return fail(FailureCode::ProtocolError,
                    u"the server wants %1 rounds of hashing, accepted are %2 to %3"_s.arg(parsed->iterations)
                        .arg(kMinIterations)
                        .arg(kMaxIterations));
    }
    const auto known = cache.get({m_hash, m_password, parsed->salt, parsed->iterations});
    if (!known)
        return std::optional<QByteArray>();
    const QByteArray &salted = *known;
    const QByteArray clientKey = hmac(m_hash, salted, "Client Key");
    const QByteArray storedKey = QCryptographicHash::hash(clientKey, m_hash);
    const QByteArray withoutProof = "c=" + (m_binding.header + m_binding.data).toBase64() + ",r=" + parsed->nonce;
    const QByteArray authMessage = bare() + ',' + challenge + ',' + withoutProof;
    m_serverSignature = hmac(m_hash, hmac(m_hash, salted, "Server Key"), authMessage);
    return std::optional<QByteArray>(withoutProof
                                     + ",p=" + exclusiveOr(clientKey, hmac(m_hash, storedKey, authMessage)).toBase64());
}

Result<void> Scram::verify(const QByteArray &serverFinal) const
{
    const QByteArray first = serverFinal.split(',').front();
    if (const auto error = valueOf(first, 'e'))
        return fail(FailureCode::AuthenticationFailed, u"the server says: "_s + QString::fromUtf8(*error).left(100));
    const auto signature = valueOf(first, 'v');
    const auto bytes = signature ? fromBase64(*signature) : std::nullopt;
    if (m_serverSignature.isEmpty() || !bytes || *bytes != m_serverSignature)
        return fail(FailureCode::ServerNotAuthentic, u"the server could not prove that it knows the password"_s);
    return {};
}

} // namespace planb::xmpp
