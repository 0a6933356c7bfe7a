// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/data_form.h"

#include "transports/xmpp/namespaces.h"

#include <QCryptographicHash>
#include <QUrl>

#include <array>

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;
using Type = FormField::Type;

constexpr qsizetype kMaxOptions = 200;
constexpr qsizetype kMaxMedia = 4;

struct TypeName {
    QStringView name;
    Type type;
};

// XEP-0004, 3.3; anything else is text-single.
constexpr std::array kTypes{
    TypeName{u"boolean", Type::Boolean},    TypeName{u"fixed", Type::Words},
    TypeName{u"hidden", Type::Hidden},      TypeName{u"jid-multi", Type::Lines},
    TypeName{u"list-multi", Type::Choices}, TypeName{u"list-single", Type::Choice},
    TypeName{u"text-multi", Type::Lines},   TypeName{u"text-private", Type::Secret},
};

Type typeOf(const QString &name)
{
    for (const TypeName &row : kTypes) {
        if (row.name == name)
            return row.type;
    }
    return Type::Text;
}

QString textOf(const Element &element, QStringView child)
{
    const Element *found = element.child(child, element.ns());
    return found ? found->text().left(kMaxFormText) : QString();
}

// XEP-0231: the address of data is its hash, so nothing else can be put in its place.
QByteArray dataUnder(const QString &uri, const Element &around)
{
    const QString cid = uri.sliced(4);
    for (const Element &data : around.children()) {
        if (!data.is(u"data", ns::kBitsOfBinary) || data.attribute(u"cid") != cid)
            continue;
        const QByteArray bytes = QByteArray::fromBase64(data.text().toLatin1());
        const QByteArray hash = QCryptographicHash::hash(bytes, QCryptographicHash::Sha1).toHex();
        return cid.startsWith(u"sha1+%1@"_s.arg(QLatin1StringView(hash))) ? bytes : QByteArray();
    }
    return {};
}

QList<FormMedia> mediaOf(const Element &field, const Element &around)
{
    QList<FormMedia> found;
    const Element *media = field.child(u"media", ns::kMediaElement);
    if (!media)
        return found;
    for (const Element &uri : media->children()) {
        if (!uri.is(u"uri", ns::kMediaElement) || found.size() >= kMaxMedia)
            continue;
        const QString address = uri.text().trimmed();
        const bool isInside = address.startsWith(u"cid:", Qt::CaseInsensitive);
        FormMedia one{uri.attribute(u"type").left(100), isInside ? dataUnder(address, around) : QByteArray(),
                      isInside ? QString() : webUrl(address)};
        if (!one.data.isEmpty() || !one.url.isEmpty())
            found.append(one);
    }
    return found;
}

FormField fieldOf(const Element &element, const Element &around)
{
    FormField field;
    field.name = element.attribute(u"var").left(200);
    field.type = typeOf(element.attribute(u"type"));
    field.label = element.attribute(u"label").left(kMaxFormText);
    field.help = textOf(element, u"desc");
    field.required = element.has(u"required", ns::kDataForm);
    for (const Element &child : element.children()) {
        if (child.is(u"value", ns::kDataForm) && field.values.size() < kMaxOptions)
            field.values.append(child.text().left(kMaxFormText));
        if (child.is(u"option", ns::kDataForm) && field.options.size() < kMaxOptions) {
            const QString value = textOf(child, u"value");
            const QString label = child.attribute(u"label").left(kMaxFormText);
            field.options.append({label.isEmpty() ? value : label, value});
        }
    }
    field.media = mediaOf(element, around);
    return field;
}

} // namespace

QList<FormField> readDataForm(const Element &form, const Element &around)
{
    QList<FormField> fields;
    for (const Element &child : form.children()) {
        if (!child.is(u"field", ns::kDataForm) || fields.size() >= kMaxFormFields)
            continue;
        FormField field = fieldOf(child, around);
        if (!field.name.isEmpty() || field.type == Type::Words)
            fields.append(std::move(field));
    }
    return fields;
}

Element submitDataForm(const FormAnswers &answers)
{
    Element form(u"x", ns::kDataForm);
    form.set(u"type", u"submit"_s);
    for (auto it = answers.begin(); it != answers.end(); ++it) {
        Element field(u"field", ns::kDataForm);
        field.set(u"var", it.key());
        for (const QString &value : it.value())
            field.add(Element(u"value", ns::kDataForm).setText(value));
        form.add(std::move(field));
    }
    return form;
}

QString webUrl(const QString &text)
{
    const QUrl url(text.trimmed(), QUrl::StrictMode);
    const bool isWeb = url.isValid() && (url.scheme() == u"https" || url.scheme() == u"http") && !url.host().isEmpty();
    return isWeb && text.size() <= kMaxFormText ? url.toString(QUrl::FullyEncoded) : QString();
}

} // namespace planb::xmpp
