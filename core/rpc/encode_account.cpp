// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rpc/encode_account.h"

#include "core/rpc/encode.h"

#include <array>

namespace planb::rpc {

using namespace Qt::StringLiterals;

namespace {

QString nameOf(FormField::Type type)
{
    constexpr std::array kNames{u"text", u"lines", u"secret", u"boolean", u"choice", u"choices", u"words", u"hidden"};
    return QString::fromUtf16(kNames[static_cast<std::size_t>(type)]);
}

QJsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue::Null : QJsonValue(text);
}

QJsonObject toJson(const FormOption &option)
{
    return {{u"label"_s, option.label}, {u"value"_s, option.value}};
}

QJsonObject toJson(const FormMedia &media)
{
    return {{u"type"_s, media.type},
            {u"base64"_s, textOrNull(QString::fromLatin1(media.data.toBase64()))},
            {u"url"_s, textOrNull(media.url)}};
}

template<class T>
QJsonArray listOf(const QList<T> &items)
{
    QJsonArray json;
    for (const T &item : items)
        json.append(toJson(item));
    return json;
}

} // namespace

QJsonObject toJson(const FormField &field)
{
    return {{u"name"_s, field.name},
            {u"type"_s, nameOf(field.type)},
            {u"label"_s, field.label},
            {u"help"_s, field.help},
            {u"required"_s, field.required},
            {u"values"_s, QJsonArray::fromStringList(field.values)},
            {u"options"_s, listOf(field.options)},
            {u"media"_s, listOf(field.media)}};
}

QJsonObject toJson(const AccountForm &form)
{
    return {{u"instructions"_s, form.instructions},
            {u"url"_s, textOrNull(form.url)},
            {u"fields"_s, listToJson(form.fields)}};
}

QJsonObject toJson(const AccountAnswer &answer)
{
    const bool isCreated = !answer.form && !answer.address.isEmpty();
    return {{u"created"_s, isCreated},
            {u"address"_s, isCreated ? QJsonValue(answer.address) : QJsonValue::Null},
            {u"form"_s, answer.form ? QJsonValue(toJson(*answer.form)) : QJsonValue::Null},
            {u"refusal"_s, answer.refusal ? QJsonValue(toJson(*answer.refusal, {})) : QJsonValue::Null}};
}

QJsonObject toJson(const Invitation &invitation)
{
    return {{u"kind"_s, planb::nameOf(invitation.kind)},
            {u"accountDomain"_s, textOrNull(invitation.accountDomain)},
            {u"accountName"_s, textOrNull(invitation.accountName)},
            {u"contact"_s, invitation.contact ? QJsonValue(toJson(*invitation.contact)) : QJsonValue::Null},
            {u"contactName"_s, textOrNull(invitation.contactName)},
            {u"hasToken"_s, !invitation.token.isEmpty()}};
}

} // namespace planb::rpc
