// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/xml_element.h"

namespace planb::test {

namespace {

XmlElement elementAt(const QXmlStreamReader &reader)
{
    XmlElement element;
    element.name = reader.name().toString();
    element.space = reader.namespaceUri().toString();
    for (const QXmlStreamAttribute &attribute : reader.attributes())
        element.attributes.insert(attribute.name().toString(), attribute.value().toString());
    return element;
}

} // namespace

const XmlElement *XmlElement::child(const QString &childName) const
{
    for (const XmlElement &candidate : children) {
        if (candidate.name == childName)
            return &candidate;
    }
    return nullptr;
}

void StreamSplitter::restart()
{
    m_reader.clear();
    m_open.clear();
    m_depth = 0;
    m_ended = false;
}

void StreamSplitter::feed(const QByteArray &bytes)
{
    m_reader.addData(bytes);
}

std::optional<XmlElement> StreamSplitter::next()
{
    while (!m_reader.atEnd()) {
        switch (m_reader.readNext()) {
        case QXmlStreamReader::StartElement:
            if (++m_depth > 1)
                m_open.append(elementAt(m_reader));
            break;
        case QXmlStreamReader::Characters:
            if (!m_open.isEmpty())
                m_open.last().text += m_reader.text();
            break;
        case QXmlStreamReader::EndElement: {
            m_ended = --m_depth == 0;
            if (m_open.isEmpty())
                break;
            XmlElement done = m_open.takeLast();
            if (m_open.isEmpty())
                return done;
            m_open.last().children.append(std::move(done));
            break;
        }
        default: break;
        }
    }
    return {};
}

} // namespace planb::test
