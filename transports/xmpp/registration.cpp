// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/registration.h"

#include "transports/xmpp/errors.h"
#include "transports/xmpp/namespaces.h"

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;

Element request(const QString &type, const QString &id, const Account &account)
{
    return Element(u"iq", ns::kClient).set(u"type", type).set(u"id", id).set(u"to", account.domain);
}

Unexpected<Failure> refused(const QString &why)
{
    return fail(FailureCode::RegistrationRefused, why);
}

bool isNameOrPassword(const QString &field)
{
    return field == u"username" || field == u"password";
}

// A field the form cannot do without; empty if name and password are enough.
QString furtherField(const Element &query)
{
    for (const Element &child : query.children()) {
        const bool isHarmless = child.name() == u"instructions" || isNameOrPassword(child.name());
        if (child.ns() == ns::kRegister && !isHarmless)
            return child.name();
        if (!child.is(u"x", ns::kDataForm))
            continue;
        for (const Element &field : child.children()) {
            if (field.has(u"required", ns::kDataForm) && !isNameOrPassword(field.attribute(u"var")))
                return field.attribute(u"var");
        }
    }
    return {};
}

} // namespace

Element registrationFormRequest(const Account &account)
{
    return request(u"get"_s, u"register-form"_s, account).add(Element(u"query", ns::kRegister));
}

Result<Element> filledRegistrationForm(const Element &form, const Account &account)
{
    if (form.attribute(u"type") != u"result")
        return refused(stanzaErrorWords(form));
    const Element *query = form.child(u"query", ns::kRegister);
    if (!query || !query->has(u"username", ns::kRegister) || !query->has(u"password", ns::kRegister))
        return refused(u"the server offers no registration by name and password"_s);
    if (const QString field = furtherField(*query); !field.isEmpty())
        return refused(u"the server asks for more than a name and a password: "_s + field.left(50));
    Element filled(u"query", ns::kRegister);
    filled.add(Element(u"username", ns::kRegister).setText(account.name));
    filled.add(Element(u"password", ns::kRegister).setText(account.password));
    return request(u"set"_s, u"register"_s, account).add(std::move(filled));
}

Result<void> registrationOutcome(const Element &answer)
{
    if (answer.attribute(u"type") == u"result")
        return {};
    if (stanzaErrorCondition(answer) == u"conflict")
        return fail(FailureCode::AuthenticationFailed, u"the account exists with another password"_s);
    return refused(stanzaErrorWords(answer));
}

} // namespace planb::xmpp
