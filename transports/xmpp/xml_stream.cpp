// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/xml_stream.h"

#include "transports/xmpp/namespaces.h"

#include <algorithm>

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;

bool isXmlSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

Unexpected<Failure> broken(const QString &why)
{
    return fail(FailureCode::ProtocolError, why);
}

} // namespace

void XmlStream::clear()
{
    m_reader.clear();
    m_input.clear();
    m_read = m_scanned = m_itemBytes = 0;
    m_isOpen = m_hasEnded = false;
    m_path.clear();
    m_failure.reset();
}

void XmlStream::feed(QByteArrayView bytes)
{
    if (m_failure || m_hasEnded)
        return;
    m_input.remove(0, m_read);
    m_scanned -= m_read;
    m_read = 0;
    m_input.append(bytes);
}

Result<std::optional<XmlStream::Item>> XmlStream::next()
{
    Result<std::optional<Item>> result;
    while (!m_failure) {
        result = readTokens();
        if (result && !result->has_value() && feedReader())
            continue;
        if (!result)
            m_failure = result.error();
        if (!m_failure)
            return result;
    }
    return fail(*m_failure);
}

// Gives the reader the bytes up to the next '>' and no further. A stanza can only end there, so its size is
// known exactly, and nothing is parsed before it is known to be within the limit.
bool XmlStream::feedReader()
{
    const bool isBetweenStanzas = m_isOpen && m_path.empty() && m_itemBytes == 0;
    if (isBetweenStanzas) {
        while (m_read < m_input.size() && isXmlSpace(m_input[m_read]))
            ++m_read;
        m_scanned = std::max(m_scanned, m_read);
    }
    const qsizetype limit = m_isOpen ? kMaxStanzaBytes : kMaxHeaderBytes;
    const qsizetype end = m_input.indexOf('>', m_scanned);
    const qsizetype size = (end < 0 ? m_input.size() : end + 1) - m_read;
    if (m_itemBytes + size > limit) {
        m_failure = Failure{FailureCode::ProtocolError, u"the server sent more than %1 bytes at once"_s.arg(limit), {}};
        return false;
    }
    if (end < 0) {
        m_scanned = m_input.size();
        return false;
    }
    const QByteArrayView slice = QByteArrayView(m_input).sliced(m_read, size);
    // Before the root only document types and comments begin like this; neither reaches the parser.
    if (!m_isOpen && slice.contains(QByteArrayView("<!"))) {
        m_failure = Failure{FailureCode::ProtocolError, u"a document type or comment where the stream begins"_s, {}};
        return false;
    }
    // The reader would put replacement characters where an XML declaration has fixed the encoding (Qt 6.4).
    if (!slice.isValidUtf8()) {
        m_failure = Failure{FailureCode::ProtocolError, u"bytes that are not UTF-8"_s, {}};
        return false;
    }
    m_reader.addData(slice.toByteArray());
    m_itemBytes += size;
    m_read = m_scanned = end + 1;
    return true;
}

Result<std::optional<XmlStream::Item>> XmlStream::readTokens()
{
    using Nothing = std::optional<Item>;
    for (;;) {
        switch (m_reader.readNext()) {
        case QXmlStreamReader::StartDocument: {
            const QStringView encoding = m_reader.documentEncoding();
            if (!encoding.isEmpty() && encoding.compare(u"utf-8", Qt::CaseInsensitive) != 0)
                return broken(u"an encoding other than UTF-8"_s);
            break;
        }
        case QXmlStreamReader::StartElement:
            if (auto item = onStart(); !item || item->has_value())
                return item;
            break;
        case QXmlStreamReader::EndElement:
            if (auto item = onEnd())
                return item;
            break;
        case QXmlStreamReader::Characters:
            if (const auto result = onText(); !result)
                return fail(result.error());
            break;
        case QXmlStreamReader::Invalid:
            if (m_reader.error() == QXmlStreamReader::PrematureEndOfDocumentError)
                return Nothing();
            return broken(u"not well-formed XML"_s);
        case QXmlStreamReader::EndDocument: return Nothing();
        default: return broken(u"a comment, processing instruction, document type or entity"_s);
        }
    }
}

Result<std::optional<XmlStream::Item>> XmlStream::onStart()
{
    if (!m_isOpen) {
        if (m_reader.name() != u"stream" || m_reader.namespaceUri() != ns::kStreams)
            return broken(u"what answers is not an XMPP stream"_s);
        m_isOpen = true;
        m_itemBytes = 0;
        const QXmlStreamAttributes attributes = m_reader.attributes();
        return std::optional<Item>(
            Header{attributes.value("id"_L1).toString(), attributes.value("version"_L1).toString()});
    }
    if (std::ssize(m_path) >= kMaxDepth)
        return broken(u"elements nested too deeply"_s);
    Element element(m_reader.name(), m_reader.namespaceUri());
    for (const QXmlStreamAttribute &attribute : m_reader.attributes()) {
        if (attribute.namespaceUri().isEmpty())
            element.set(attribute.name(), attribute.value().toString());
    }
    m_path.push_back(std::move(element));
    return std::optional<Item>();
}

std::optional<XmlStream::Item> XmlStream::onEnd()
{
    if (m_path.empty()) {
        m_hasEnded = true;
        m_input.clear();
        m_read = m_scanned = 0;
        return End();
    }
    Element done = std::move(m_path.back());
    m_path.pop_back();
    if (!m_path.empty()) {
        m_path.back().add(std::move(done));
        return {};
    }
    m_itemBytes = 0;
    return done;
}

Result<void> XmlStream::onText()
{
    if (!m_path.empty())
        m_path.back().appendText(m_reader.text());
    else if (!m_reader.isWhitespace())
        return broken(u"text between stanzas"_s);
    return {};
}

} // namespace planb::xmpp
