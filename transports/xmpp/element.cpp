// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/element.h"

#include <algorithm>

namespace planb::xmpp {

QString escaped(const QString &text)
{
    QString out;
    out.reserve(text.size() + text.size() / 8);
    for (const QChar c : text) {
        switch (c.unicode()) {
        case u'&': out += u"&amp;"; break;
        case u'<': out += u"&lt;"; break;
        case u'>': out += u"&gt;"; break;
        case u'\'': out += u"&apos;"; break;
        // Parsers turn a bare one into a line feed (XML 1.0, 2.11).
        case u'\r': out += u"&#13;"; break;
        default: out += c;
        }
    }
    return out;
}

QString Element::attribute(QStringView name) const
{
    for (const Attribute &attribute : m_attributes) {
        if (attribute.name == name)
            return attribute.value;
    }
    return {};
}

bool Element::hasAttribute(QStringView name) const
{
    return std::any_of(m_attributes.begin(), m_attributes.end(), [name](const Attribute &a) { return a.name == name; });
}

const Element *Element::child(QStringView name, QStringView ns) const
{
    for (const Element &child : m_children) {
        if (child.is(name, ns))
            return &child;
    }
    return nullptr;
}

Element &Element::set(QStringView name, const QString &value)
{
    m_attributes.append({name.toString(), value});
    return *this;
}

Element &Element::setText(const QString &text)
{
    m_text = text;
    return *this;
}

Element &Element::appendText(QStringView text)
{
    m_text += text;
    return *this;
}

Element &Element::add(Element child)
{
    m_children.push_back(std::move(child));
    return *this;
}

QByteArray Element::toXml(QStringView outerNs) const
{
    QString out;
    write(out, outerNs);
    return out.toUtf8();
}

void Element::write(QString &out, QStringView outerNs) const
{
    out += u'<';
    out += m_name;
    if (m_ns != outerNs) {
        out += u" xmlns='";
        out += escaped(m_ns);
        out += u'\'';
    }
    for (const Attribute &attribute : m_attributes) {
        out += u' ';
        out += attribute.name;
        out += u"='";
        out += escaped(attribute.value);
        out += u'\'';
    }
    if (m_text.isEmpty() && m_children.empty()) {
        out += u"/>";
        return;
    }
    out += u'>';
    out += escaped(m_text);
    for (const Element &child : m_children)
        child.write(out, m_ns);
    out += u"</";
    out += m_name;
    out += u'>';
}

} // namespace planb::xmpp
