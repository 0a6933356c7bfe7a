// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/errors.h"

#include "transports/xmpp/namespaces.h"

#include <array>
#include <span>

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;

struct Condition {
    QStringView name;
    FailureCode code;
};

// RFC 6120, 4.9.3; see-other-host is handled where the connection is made.
constexpr std::array kStreamConditions{
    Condition{u"conflict", FailureCode::SessionReplaced},
    Condition{u"not-authorized", FailureCode::AuthenticationFailed},
    Condition{u"host-gone", FailureCode::HostNotFound},
    Condition{u"host-unknown", FailureCode::HostNotFound},
    Condition{u"system-shutdown", FailureCode::ServerClosed},
    Condition{u"reset", FailureCode::ServerClosed},
    Condition{u"connection-timeout", FailureCode::ServerClosed},
    Condition{u"policy-violation", FailureCode::ServerClosed},
    Condition{u"see-other-host", FailureCode::ServerClosed},
    Condition{u"resource-constraint", FailureCode::ServerBusy},
    Condition{u"internal-server-error", FailureCode::ServerBusy},
    Condition{u"remote-connection-failed", FailureCode::ServerBusy},
    Condition{u"undefined-condition", FailureCode::ServerClosed},
};

// RFC 6120, 8.3.3.
constexpr std::array kMessageConditions{
    Condition{u"item-not-found", FailureCode::RecipientUnknown},
    Condition{u"gone", FailureCode::RecipientUnknown},
    Condition{u"jid-malformed", FailureCode::RecipientUnknown},
    Condition{u"service-unavailable", FailureCode::RecipientUnavailable},
    Condition{u"recipient-unavailable", FailureCode::RecipientUnavailable},
    Condition{u"remote-server-not-found", FailureCode::RecipientUnavailable},
    Condition{u"remote-server-timeout", FailureCode::RecipientUnavailable},
    Condition{u"redirect", FailureCode::RecipientUnavailable},
    // Sent when the other person's offline store is full.
    Condition{u"resource-constraint", FailureCode::RecipientUnavailable},
    Condition{u"internal-server-error", FailureCode::RecipientUnavailable},
    Condition{u"forbidden", FailureCode::RecipientRefused},
    Condition{u"not-allowed", FailureCode::RecipientRefused},
    Condition{u"not-acceptable", FailureCode::RecipientRefused}, // XEP-0191: blocked
    Condition{u"not-authorized", FailureCode::RecipientRefused},
    Condition{u"payment-required", FailureCode::RecipientRefused},
    Condition{u"registration-required", FailureCode::RecipientRefused},
    Condition{u"subscription-required", FailureCode::RecipientRefused},
};

constexpr std::array kQuestionConditions{
    Condition{u"feature-not-implemented", FailureCode::NotOffered},
    Condition{u"service-unavailable", FailureCode::NotOffered},
    Condition{u"recipient-unavailable", FailureCode::RecipientUnavailable},
    Condition{u"remote-server-not-found", FailureCode::RecipientUnavailable},
    Condition{u"remote-server-timeout", FailureCode::RecipientUnavailable},
    Condition{u"resource-constraint", FailureCode::ServerBusy},
    Condition{u"internal-server-error", FailureCode::ServerBusy},
};

const Element *errorOf(const Element &stanza)
{
    return stanza.child(u"error", stanza.ns());
}

QString textOf(const Element &error, QStringView ns)
{
    const Element *text = error.child(u"text", ns);
    return text ? text->text().simplified().left(200) : QString();
}

QString conditionOf(const Element &error, QStringView ns)
{
    for (const Element &child : error.children()) {
        if (child.ns() == ns && child.name() != u"text")
            return child.name().left(50);
    }
    return {};
}

QString joined(const QString &condition, const QString &text)
{
    return text.isEmpty() ? condition : u"%1: %2"_s.arg(condition, text);
}

FailureCode lookUp(std::span<const Condition> table, const QString &condition, FailureCode otherwise)
{
    for (const Condition &row : table) {
        if (row.name == condition)
            return row.code;
    }
    return otherwise;
}

} // namespace

Failure streamFailure(const Element &error)
{
    const QString condition = conditionOf(error, ns::kStreamErrors);
    const FailureCode code = lookUp(kStreamConditions, condition, FailureCode::ProtocolError);
    return {code, joined(condition, textOf(error, ns::kStreamErrors)), {}};
}

Failure messageFailure(const Element &stanza)
{
    const QString condition = stanzaErrorCondition(stanza);
    const Element *error = errorOf(stanza);
    // A rate limit: the text is fine, the server has had enough for now.
    if (condition == u"policy-violation" && error && error->attribute(u"type") == u"wait")
        return {FailureCode::ServerBusy, stanzaErrorWords(stanza), {}};
    return {lookUp(kMessageConditions, condition, FailureCode::MessageRejected), stanzaErrorWords(stanza), {}};
}

Failure iqFailure(const Element &stanza)
{
    const QString condition = stanzaErrorCondition(stanza);
    const Element *error = errorOf(stanza);
    const bool isForNow = condition == u"policy-violation" && error && error->attribute(u"type") == u"wait";
    const FailureCode code = isForNow ? FailureCode::ServerBusy
                                      : lookUp(kQuestionConditions, condition, FailureCode::RequestRefused);
    return {code, stanzaErrorWords(stanza), {}};
}

QString stanzaErrorWords(const Element &stanza)
{
    const Element *error = errorOf(stanza);
    return error ? joined(stanzaErrorCondition(stanza), textOf(*error, ns::kStanzaErrors)) : QString();
}

QString stanzaErrorCondition(const Element &stanza)
{
    const Element *error = errorOf(stanza);
    return error ? conditionOf(*error, ns::kStanzaErrors) : QString();
}

} // namespace planb::xmpp
