// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>
#include <QString>
#include <QXmlStreamReader>

#include <optional>

namespace planb::test {

/// One XML element with all that is in it; enough to read a stanza.
struct XmlElement {
    QString name;
    QString space; ///< namespace URI
    QHash<QString, QString> attributes;
    QString text;
    QList<XmlElement> children;

    QString attribute(const QString &key) const { return attributes.value(key); }
    /// First child of that name (in any namespace); nullptr if there is none.
    const XmlElement *child(const QString &childName) const;
    bool has(const QString &childName) const { return child(childName) != nullptr; }
};

/// Cuts an XML stream that arrives in pieces into the children of its root.
class StreamSplitter
{
public:
    /// Begins a new stream (RFC 6120 restarts it after TLS and after login).
    void restart();
    void feed(const QByteArray &bytes);
    /// The next complete child, or nothing yet.
    std::optional<XmlElement> next();
    bool hasEnded() const { return m_ended; }

private:
    QXmlStreamReader m_reader;
    QList<XmlElement> m_open; ///< from the child of the root inwards
    int m_depth = 0;
    bool m_ended = false;
};

} // namespace planb::test
