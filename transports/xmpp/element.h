// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringView>

#include <vector>

namespace planb::xmpp {

/// One XML element as a value: what XMPP needs of XML, no more. Text between children is joined.
class Element
{
public:
    struct Attribute {
        QString name; ///< without a namespace; attributes in a namespace are not kept
        QString value;
    };

    Element() = default;
    Element(QStringView name, QStringView ns) : m_name(name.toString()), m_ns(ns.toString()) {}

    const QString &name() const { return m_name; }
    const QString &ns() const { return m_ns; }
    bool is(QStringView name, QStringView ns) const { return m_name == name && m_ns == ns; }

    /// Empty where there is none.
    QString attribute(QStringView name) const;
    bool hasAttribute(QStringView name) const;
    const QList<Attribute> &attributes() const { return m_attributes; }
    const QString &text() const { return m_text; }
    const std::vector<Element> &children() const { return m_children; }
    /// The first child of that name and namespace, or null.
    const Element *child(QStringView name, QStringView ns) const;
    bool has(QStringView name, QStringView ns) const { return child(name, ns) != nullptr; }

    Element &set(QStringView name, const QString &value);
    Element &setText(const QString &text);
    Element &appendText(QStringView text);
    Element &add(Element child);

    /// UTF-8; declares namespaces that differ from the parent's (`outerNs` for this element).
    QByteArray toXml(QStringView outerNs) const;

private:
    void write(QString &out, QStringView outerNs) const;

    QString m_name;
    QString m_ns;
    QList<Attribute> m_attributes;
    QString m_text;
    std::vector<Element> m_children;
};

/// With the characters that XML reserves replaced, for text and for attribute values in single quotes.
QString escaped(const QString &text);

} // namespace planb::xmpp
