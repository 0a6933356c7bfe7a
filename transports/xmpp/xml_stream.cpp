// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/xml_stream.h"

#include "transports/xmpp/namespaces.h"
#include "transports/xmpp/stanza_stub.h"

#include <algorithm>
#include <utility>

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;

bool isXmlSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

// Of the element that this tag begins; empty where it is longer than a tag may be.
QByteArray nameIn(QByteArrayView tag)
{
    tag = tag.first(std::min(tag.size(), kMaxTagBytes));
    const auto isOver = [](char c) { return isXmlSpace(c) || c == '/' || c == '>'; };
    const auto end = std::find_if(tag.begin() + 1, tag.end(), isOver);
    return end == tag.end() ? QByteArray() : QByteArray(tag.begin() + 1, end - tag.begin() - 1);
}

Unexpected<Failure> broken(const QString &why)
{
    return fail(FailureCode::ProtocolError, why);
}

} // namespace

void XmlStream::clear()
{
    m_reader.clear();
    m_scanner.clear();
    m_input.clear();
    m_read = m_scanned = 0;
    m_passesOver = m_isOpen = m_hasEnded = false;
    m_skippedDepth = 0;
    m_path.clear();
    m_attributes.clear();
    m_failure.reset();
    beginStanza();
}

void XmlStream::beginStanza()
{
    m_given = m_seen = 0;
    m_isFull = m_isCut = false;
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
    while (!m_failure) {
        auto item = readTokens();
        if (item && item->has_value())
            return item;
        const Result<bool> isFed = item ? feedReader() : Result<bool>(fail(item.error()));
        if (!isFed)
            m_failure = isFed.error();
        else if (!*isFed)
            return item;
    }
    return fail(*m_failure);
}

// Gives the reader the bytes up to the next '>' and no further, so that nothing is parsed before it is known to be
// within the limit.
Result<bool> XmlStream::feedHeader()
{
    const qsizetype end = m_input.indexOf('>', m_scanned);
    const qsizetype size = (end < 0 ? m_input.size() : end + 1) - m_read;
    if (m_given + size > kMaxHeaderBytes)
        return broken(u"more than %1 bytes where the stream begins"_s.arg(kMaxHeaderBytes));
    if (end < 0) {
        m_scanned = m_input.size();
        return false;
    }
    const QByteArrayView slice = QByteArrayView(m_input).sliced(m_read, size);
    // Before the root only document types and comments begin like this; neither reaches the parser.
    if (slice.contains(QByteArrayView("<!")))
        return broken(u"a document type or comment where the stream begins"_s);
    m_read = m_scanned = end + 1;
    if (const auto given = give(slice); !given)
        return fail(given.error());
    return true;
}

// Gives the reader the next tag, text or CDATA section that it is to see.
Result<bool> XmlStream::feedStanza()
{
    for (;;) {
        if (const auto begun = skipSpaceBetweenStanzas(); !begun)
            return fail(begun.error());
        const auto stretch = m_scanner.next(QByteArrayView(m_input).sliced(m_scanned));
        if (!stretch)
            return fail(stretch.error());
        if (stretch->size == 0 && !stretch->isEnd)
            return false;
        m_scanned += stretch->size;
        m_seen += stretch->size;
        if (m_seen > kMaxIgnoredBytes)
            return broken(u"more than %1 bytes at once"_s.arg(kMaxIgnoredBytes));
        passOverIfTooLong();
        if (!stretch->isEnd)
            return false;
        const auto isGiven = onToken();
        m_read = m_scanned;
        if (!isGiven || *isGiven)
            return isGiven;
    }
}

Result<void> XmlStream::skipSpaceBetweenStanzas()
{
    if (!m_path.empty() || m_skippedDepth > 0 || !m_scanner.isIdle())
        return {};
    while (m_read < m_input.size() && isXmlSpace(m_input[m_read]))
        ++m_read;
    m_scanned = m_read;
    if (m_read < m_input.size() && m_input[m_read] != '<')
        return broken(u"text between stanzas"_s);
    return {};
}

// What is not going to be read is not kept either, however much comes of it.
void XmlStream::passOverIfTooLong()
{
    const TokenScanner::Kind kind = m_scanner.kind();
    const qsizetype size = m_scanned - m_read;
    if (!m_passesOver) {
        const bool isText = kind == TokenScanner::Kind::Text || kind == TokenScanner::Kind::CData;
        if (isText) {
            m_isFull = m_isFull || m_given + size > kMaxStanzaBytes;
            m_passesOver = m_isFull || m_skippedDepth > 0;
        } else {
            m_passesOver = size > kMaxTagBytes;
        }
        if (m_passesOver && !isText && m_path.empty() && m_skippedDepth == 0)
            m_longName = nameIn(QByteArrayView(m_input).sliced(m_read, size));
    }
    if (m_passesOver)
        m_read = m_scanned;
}

// True if the reader was given something.
Result<bool> XmlStream::onToken()
{
    using Kind = TokenScanner::Kind;
    const bool isPassedOver = std::exchange(m_passesOver, false);
    const Kind kind = m_scanner.kind();
    if (kind == Kind::StartTag || kind == Kind::EmptyTag)
        return onStartTag(isPassedOver);
    if (kind == Kind::EndTag && m_skippedDepth > 0) {
        --m_skippedDepth;
        return false;
    }
    if (isPassedOver) {
        m_isCut = true;
        if (kind == Kind::EndTag)
            return broken(u"an end tag of more than %1 bytes"_s.arg(kMaxTagBytes));
        return false;
    }
    if (kind == Kind::EndTag && !m_attributes.empty())
        m_attributes.pop_back();
    if (const auto given = give(QByteArrayView(m_input).sliced(m_read, m_scanned - m_read)); !given)
        return fail(given.error());
    return true;
}

// Whether the start tag that was just scanned is to be read.
bool XmlStream::fits() const
{
    const int around = m_attributes.empty() ? 0 : m_attributes.back();
    return !m_isFull && m_skippedDepth == 0 && std::ssize(m_path) < kMaxDepth
        && around + m_scanner.attributes() <= kMaxAttributes;
}

Result<bool> XmlStream::onStartTag(bool isPassedOver)
{
    const bool isEmpty = m_scanner.kind() == TokenScanner::Kind::EmptyTag;
    const bool isStanza = m_path.empty() && m_skippedDepth == 0;
    QByteArray xml = m_input.sliced(m_read, m_scanned - m_read);
    m_isFull = m_isFull || m_given + xml.size() > kMaxStanzaBytes;
    int attributes = m_attributes.empty() ? 0 : m_attributes.back();
    if (!isPassedOver && fits()) {
        attributes += m_scanner.attributes();
    } else if (isStanza) {
        // The server counts it all the same, by its name.
        m_isCut = true;
        xml = '<' + (isPassedOver ? m_longName : nameIn(xml)) + (isEmpty ? "/>" : ">");
    } else {
        m_isCut = true;
        m_skippedDepth += isEmpty ? 0 : 1;
        return false;
    }
    if (!isEmpty)
        m_attributes.push_back(attributes);
    if (const auto given = give(xml); !given)
        return fail(given.error());
    return true;
}

Result<void> XmlStream::give(QByteArrayView bytes)
{
    // The reader would put replacement characters where an XML declaration has fixed the encoding (Qt 6.4).
    if (!bytes.isValidUtf8())
        return broken(u"bytes that are not UTF-8"_s);
    m_reader.addData(bytes.toByteArray());
    m_given += bytes.size();
    return {};
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
        beginStanza();
        const QXmlStreamAttributes attributes = m_reader.attributes();
        return std::optional<Item>(
            Header{attributes.value("id"_L1).toString(), attributes.value("version"_L1).toString()});
    }
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
    const bool isCut = m_isCut;
    beginStanza();
    return isCut ? Item(Cut{stubOf(done)}) : Item(std::move(done));
}

Result<void> XmlStream::onText()
{
    if (!m_path.empty())
        m_path.back().appendText(m_reader.text());
    else if (!m_reader.isWhitespace())
        return broken(u"text where the stream begins"_s);
    return {};
}

} // namespace planb::xmpp
