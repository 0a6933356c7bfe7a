// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/base/result.h"
#include "transports/xmpp/element.h"
#include "transports/xmpp/scram.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>
#include <variant>

namespace planb::xmpp {

/// What a server offers for logging in, from its stream features.
struct SaslOffer {
    QList<QString> mechanisms;
    /// Channel binding types it names (XEP-0440); nothing where it does not say.
    std::optional<QList<QString>> bindings;

    static SaslOffer parse(const Element &features);
};

/// The channel binding types that stream features name (XEP-0440); nothing where they do not say.
std::optional<QList<QString>> offeredBindings(const Element &features);

struct SaslMechanism {
    QString name;
    std::optional<QCryptographicHash::Algorithm> scramHash; ///< absent: PLAIN
    ChannelBinding binding;
};

/// The best of what both can do, strongest first: SCRAM with channel binding, SCRAM, PLAIN. `endPoint` is our
/// data for tls-server-end-point, if there is any. Channel binding is used only where the server names that type:
/// some servers offer -PLUS mechanisms for another type without saying so, and then refuse the login.
/// Only for use on an encrypted stream: PLAIN shows the password to the server.
std::optional<SaslMechanism> chooseMechanism(const SaslOffer &offer, const std::optional<QByteArray> &endPoint);

/// How strong a mechanism is: more is stronger, 0 for one that is not known here, 1 for PLAIN.
int strengthOf(QStringView mechanism);

/// What a SASL `<failure/>` (RFC 6120, 6.5) means.
Failure saslFailure(const Element &failure);

/// One login (RFC 6120, section 6), element by element.
class SaslExchange
{
public:
    struct Success {};
    /// The password is being hashed: goOn() when there is time.
    struct Busy {};
    /// The next element to send, the end, or a failure.
    using Outcome = std::variant<Element, Success, Busy>;
    using Step = Result<Outcome>;

    SaslExchange(SaslMechanism mechanism, const Scram::Credentials &credentials, Random &random);

    Element begin() const;
    Step handle(const Element &element, SaltedPasswordCache &cache);
    bool isBusy() const { return m_challenge.has_value(); }
    /// Only while it is busy.
    Step goOn(SaltedPasswordCache &cache);
    const QString &mechanism() const { return m_mechanism.name; }

private:
    enum class Stage { Challenge, Signature, Verified };

    Step onChallenge(const QByteArray &data, SaltedPasswordCache &cache);
    Step onSuccess(const QByteArray &data);
    Step prove(const QByteArray &challenge, SaltedPasswordCache &cache);

    SaslMechanism m_mechanism;
    Scram::Credentials m_credentials;
    std::optional<Scram> m_scram;
    Stage m_stage = Stage::Challenge;
    std::optional<QByteArray> m_challenge; // while it is busy
};

} // namespace planb::xmpp
