// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/sasl.h"

#include "transports/xmpp/namespaces.h"

#include <algorithm>
#include <array>
#include <utility>

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;

constexpr QStringView kEndPointBinding = u"tls-server-end-point";

struct ScramKind {
    const char16_t *name;
    QCryptographicHash::Algorithm hash;
};

// Strongest first.
constexpr std::array kScramKinds{
    ScramKind{u"SCRAM-SHA-512", QCryptographicHash::Sha512},
    ScramKind{u"SCRAM-SHA-256", QCryptographicHash::Sha256},
    ScramKind{u"SCRAM-SHA-1", QCryptographicHash::Sha1},
};

struct SaslCondition {
    const char16_t *name;
    FailureCode code;
};

constexpr std::array kConditions{
    SaslCondition{u"not-authorized", FailureCode::AuthenticationFailed},
    SaslCondition{u"credentials-expired", FailureCode::AuthenticationFailed},
    SaslCondition{u"invalid-authzid", FailureCode::AuthenticationFailed},
    SaslCondition{u"account-disabled", FailureCode::AccountDisabled},
    SaslCondition{u"temporary-auth-failure", FailureCode::ServerBusy},
    SaslCondition{u"invalid-mechanism", FailureCode::MechanismNotOffered},
    SaslCondition{u"mechanism-too-weak", FailureCode::MechanismNotOffered},
    SaslCondition{u"encryption-required", FailureCode::MechanismNotOffered},
    SaslCondition{u"aborted", FailureCode::ProtocolError},
    SaslCondition{u"incorrect-encoding", FailureCode::ProtocolError},
    SaslCondition{u"malformed-request", FailureCode::ProtocolError},
};

bool offersAnyPlus(const SaslOffer &offer)
{
    return std::any_of(offer.mechanisms.begin(), offer.mechanisms.end(),
                       [](const QString &name) { return name.startsWith(u"SCRAM-") && name.endsWith(u"-PLUS"); });
}

Element data(QStringView name, const QByteArray &bytes)
{
    Element element(name, ns::kSasl);
    // RFC 6120, 6.4.2: no data at all and empty data are different things.
    element.setText(bytes.isEmpty() ? u"="_s : QString::fromLatin1(bytes.toBase64()));
    return element;
}

std::optional<QByteArray> dataOf(const Element &element)
{
    const QByteArray text = element.text().trimmed().toLatin1();
    if (text.isEmpty() || text == "=")
        return QByteArray();
    const auto decoded = QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? std::optional(*decoded) : std::nullopt;
}

} // namespace

std::optional<QList<QString>> offeredBindings(const Element &features)
{
    // Beside the mechanisms as the document says; older servers put it inside.
    const Element *bindings = features.child(u"sasl-channel-binding", ns::kChannelBinding);
    if (const Element *mechanisms = features.child(u"mechanisms", ns::kSasl); mechanisms && !bindings)
        bindings = mechanisms->child(u"sasl-channel-binding", ns::kChannelBinding);
    if (!bindings)
        return {};
    QList<QString> types;
    for (const Element &binding : bindings->children())
        types.append(binding.attribute(u"type"));
    return types;
}

SaslOffer SaslOffer::parse(const Element &features)
{
    SaslOffer offer;
    const Element *mechanisms = features.child(u"mechanisms", ns::kSasl);
    if (!mechanisms)
        return offer;
    for (const Element &mechanism : mechanisms->children()) {
        if (mechanism.is(u"mechanism", ns::kSasl))
            offer.mechanisms.append(mechanism.text().trimmed());
    }
    offer.bindings = offeredBindings(features);
    return offer;
}

std::optional<SaslMechanism> chooseMechanism(const SaslOffer &offer, const std::optional<QByteArray> &endPoint)
{
    const bool canBind = endPoint && offer.bindings && offer.bindings->contains(kEndPointBinding);
    for (const ScramKind &kind : kScramKinds) {
        const QString name = QString::fromUtf16(kind.name) + u"-PLUS"_s;
        if (canBind && offer.mechanisms.contains(name))
            return SaslMechanism{name, kind.hash, {"p=tls-server-end-point,,", *endPoint}};
    }
    // "y" where the server offers binding would be read as a downgrade attack and refused (RFC 5802, section 6).
    const bool believesServerCannot = endPoint && !offersAnyPlus(offer);
    for (const ScramKind &kind : kScramKinds) {
        const QString name = QString::fromUtf16(kind.name);
        if (offer.mechanisms.contains(name))
            return SaslMechanism{name, kind.hash, {believesServerCannot ? "y,," : "n,,", {}}};
    }
    if (offer.mechanisms.contains(u"PLAIN"))
        return SaslMechanism{u"PLAIN"_s, {}, {}};
    return {};
}

int strengthOf(QStringView mechanism)
{
    if (mechanism == u"PLAIN")
        return 1;
    const auto count = static_cast<int>(kScramKinds.size());
    for (int i = 0; i < count; ++i) {
        const QStringView name = kScramKinds.at(static_cast<std::size_t>(i)).name;
        if (mechanism == name)
            return 1 + count - i;
        if (mechanism.startsWith(name) && mechanism.sliced(name.size()) == u"-PLUS")
            return 1 + 2 * count - i;
    }
    return 0;
}

Failure saslFailure(const Element &failure)
{
    const Element *words = failure.child(u"text", ns::kSasl);
    const QString text = words ? words->text().left(200) : QString();
    for (const SaslCondition &condition : kConditions) {
        const QString name = QString::fromUtf16(condition.name);
        if (failure.has(name, ns::kSasl))
            return {condition.code, text.isEmpty() ? name : u"%1: %2"_s.arg(name, text), {}};
    }
    return {FailureCode::AuthenticationFailed, text, {}};
}

SaslExchange::SaslExchange(SaslMechanism mechanism, const Scram::Credentials &credentials, Random &random)
    : m_mechanism(std::move(mechanism)), m_credentials(credentials)
{
    if (m_mechanism.scramHash)
        m_scram.emplace(*m_mechanism.scramHash, credentials, m_mechanism.binding, random.bytes(18).toBase64());
}

Element SaslExchange::begin() const
{
    // RFC 4616: no authorization identity, name, password.
    const QByteArray plain = '\0' + m_credentials.name.toUtf8() + '\0' + m_credentials.password.toUtf8();
    return data(u"auth", m_scram ? m_scram->first() : plain).set(u"mechanism", m_mechanism.name);
}

SaslExchange::Step SaslExchange::handle(const Element &element, SaltedPasswordCache &cache)
{
    if (element.is(u"failure", ns::kSasl))
        return fail(saslFailure(element));
    const auto bytes = dataOf(element);
    if (!bytes)
        return fail(FailureCode::ProtocolError, u"the server's login data is not base64"_s);
    if (element.is(u"challenge", ns::kSasl))
        return onChallenge(*bytes, cache);
    if (element.is(u"success", ns::kSasl))
        return onSuccess(*bytes);
    return fail(FailureCode::ProtocolError, u"unexpected answer to a login: "_s + element.name().left(50));
}

SaslExchange::Step SaslExchange::onChallenge(const QByteArray &challenge, SaltedPasswordCache &cache)
{
    if (m_scram && m_stage == Stage::Challenge && !isBusy())
        return prove(challenge, cache);
    // Servers may put the signature into a challenge of its own instead of into <success/>.
    if (m_scram && m_stage == Stage::Signature) {
        if (const auto verified = m_scram->verify(challenge); !verified)
            return fail(verified.error());
        m_stage = Stage::Verified;
        return Outcome(Element(u"response", ns::kSasl));
    }
    return fail(FailureCode::ProtocolError, u"one login challenge too many"_s);
}

SaslExchange::Step SaslExchange::goOn(SaltedPasswordCache &cache)
{
    return prove(*std::exchange(m_challenge, {}), cache);
}

SaslExchange::Step SaslExchange::prove(const QByteArray &challenge, SaltedPasswordCache &cache)
{
    const auto proof = m_scram->proof(challenge, cache);
    if (!proof)
        return fail(proof.error());
    if (!*proof) {
        m_challenge = challenge;
        return Outcome(Busy());
    }
    m_stage = Stage::Signature;
    return Outcome(data(u"response", **proof));
}

SaslExchange::Step SaslExchange::onSuccess(const QByteArray &data)
{
    if (m_scram && m_stage == Stage::Challenge)
        return fail(FailureCode::ServerNotAuthentic,
                    u"the server accepted the login without asking for the password"_s);
    if (m_scram && m_stage == Stage::Signature) {
        if (const auto verified = m_scram->verify(data); !verified)
            return fail(verified.error());
    }
    return Outcome(Success());
}

} // namespace planb::xmpp
