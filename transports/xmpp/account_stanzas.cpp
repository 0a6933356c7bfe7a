// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/account_stanzas.h"

#include "transports/xmpp/data_form.h"
#include "transports/xmpp/errors.h"
#include "transports/xmpp/iq_requests.h"
#include "transports/xmpp/namespaces.h"

#include <algorithm>

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;

const QString kFormType = u"FORM_TYPE"_s;

bool isNameOrPassword(const QString &field)
{
    return field == u"username" || field == u"password";
}

QList<FormField> plainFields(const Element &query)
{
    using Type = FormField::Type;
    QList<FormField> fields;
    for (const Element &child : query.children()) {
        const bool isField = child.ns() == ns::kRegister && child.name() != u"instructions"
            && child.name() != u"registered" && child.name() != u"remove";
        if (!isField || fields.size() >= kMaxFormFields)
            continue;
        const bool isKey = child.name() == u"key";
        const Type type = isKey ? Type::Hidden : child.name() == u"password" ? Type::Secret : Type::Text;
        const QStringList values = child.text().isEmpty() ? QStringList()
                                                          : QStringList(child.text().left(kMaxFormText));
        fields.append({child.name().left(100), type, child.name().left(100), {}, !isKey, values, {}, {}});
    }
    return fields;
}

// Every data form is answered under its type, by which accountSubmission() knows it again.
void giveType(QList<FormField> &fields)
{
    const bool hasType = std::any_of(fields.begin(), fields.end(),
                                     [](const FormField &f) { return f.name == kFormType; });
    if (!hasType)
        fields.prepend({kFormType, FormField::Type::Hidden, {}, {}, false, {ns::kRegister.toString()}, {}, {}});
}

} // namespace

Element invitationStanza(const QString &domain, const QString &token)
{
    return iqOf(u"set"_s, domain, Element(u"preauth", ns::kPreauth).set(u"token", token));
}

Element accountFormRequest(const QString &domain)
{
    return iqOf(u"get"_s, domain, Element(u"query", ns::kRegister));
}

Result<AccountForm> accountForm(const Element &iq)
{
    const Element *query = iq.child(u"query", ns::kRegister);
    if (!query)
        return fail(FailureCode::RegistrationRefused, u"the server has no form for new accounts"_s);
    AccountForm form;
    if (const Element *words = query->child(u"instructions", ns::kRegister))
        form.instructions = words->text().trimmed().left(kMaxFormText);
    if (const Element *page = query->child(u"x", ns::kOutOfBand)) {
        if (const Element *url = page->child(u"url", ns::kOutOfBand))
            form.url = webUrl(url->text());
    }
    if (const Element *data = query->child(u"x", ns::kDataForm)) {
        if (const Element *words = data->child(u"instructions", ns::kDataForm); words && form.instructions.isEmpty())
            form.instructions = words->text().trimmed().left(kMaxFormText);
        // The pictures lie beside the form, in some servers one level further out.
        const bool isInside = query->has(u"data", ns::kBitsOfBinary);
        form.fields = readDataForm(*data, isInside ? *query : iq);
        giveType(form.fields);
    } else {
        form.fields = plainFields(*query);
    }
    if (form.fields.isEmpty() && form.url.isEmpty())
        return fail(FailureCode::RegistrationRefused, u"the server has no form for new accounts"_s);
    return form;
}

bool isSimple(const AccountForm &form)
{
    const auto wantsMore = [](const FormField &field) {
        return field.required && field.type != FormField::Type::Hidden && !isNameOrPassword(field.name);
    };
    const auto has = [&](const QString &name) {
        return std::any_of(form.fields.begin(), form.fields.end(), [&](const FormField &f) { return f.name == name; });
    };
    return has(u"username"_s) && has(u"password"_s) && std::none_of(form.fields.begin(), form.fields.end(), wantsMore);
}

Element accountSubmission(const QString &domain, const FormAnswers &answers)
{
    Element query(u"query", ns::kRegister);
    if (answers.contains(kFormType)) {
        query.add(submitDataForm(answers));
    } else {
        for (auto it = answers.begin(); it != answers.end(); ++it)
            query.add(Element(it.key(), ns::kRegister).setText(it.value().value(0)));
    }
    return iqOf(u"set"_s, domain, std::move(query));
}

Failure registrationFailure(const Element &error)
{
    Failure failure = iqFailure(error);
    if (stanzaErrorCondition(error) == u"conflict")
        failure.code = FailureCode::AccountExists;
    else if (failure.code != FailureCode::ServerBusy)
        failure.code = FailureCode::RegistrationRefused;
    return failure;
}

Element passwordChange(const QString &domain, const QString &name, const QString &password)
{
    Element query(u"query", ns::kRegister);
    query.add(Element(u"username", ns::kRegister).setText(name));
    query.add(Element(u"password", ns::kRegister).setText(password));
    return iqOf(u"set"_s, domain, std::move(query));
}

Element accountRemoval()
{
    return iqOf(u"set"_s, {}, Element(u"query", ns::kRegister).add(Element(u"remove", ns::kRegister)));
}

} // namespace planb::xmpp
