// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "transports/xmpp/element.h"
#include "transports/xmpp/token_scanner.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QXmlStreamReader>

#include <optional>
#include <variant>
#include <vector>

namespace planb::xmpp {

/// The largest stanza that is read, in bytes. Common servers take 256 KiB from a client and 512 KiB from each other, and
/// then add to it: where it came from, its number, what wraps it in an archive or a copy, and escapes (one byte may
/// become six). So what is larger than this comes from harmless clients, too.
inline constexpr qsizetype kMaxStanzaBytes = 524'288;
/// The deepest element that is read; the stanza itself is 1. Archives and copies put three more around a message.
inline constexpr qsizetype kMaxDepth = 64;
/// The longest tag that is read.
inline constexpr qsizetype kMaxTagBytes = 16'384;
/// The most attributes that are read of an element and those around it, declarations of namespaces among them. Qt compares
/// each attribute with those before it, and each name with all declarations.
inline constexpr int kMaxAttributes = 128;
inline constexpr qsizetype kMaxHeaderBytes = 16'384;
/// A stanza of more bytes ends the stream.
inline constexpr qsizetype kMaxIgnoredBytes = 16'777'216;

/// Cuts a server's XML stream (RFC 6120, section 4) into its header, its stanzas and its end.
///
/// What of a stanza is beyond the limits above the header's is passed over before it is parsed, and is never kept; the stanza
/// then comes as Cut. It must not end the stream: the server would give it to the next one again, for ever.
///
/// Refuses with ProtocolError what a stream must not hold (RFC 6120, 11.1: document types, comments, processing
/// instructions, entities of its own), other encodings than UTF-8, and a stanza without an end. After a failure only
/// clear() helps. What follows the end is ignored.
class XmlStream
{
public:
    struct Header {
        QString id;
        QString version;
    };
    /// A stanza that was not read to its end, as far as it may be used: see stubOf().
    struct Cut {
        Element stub;
    };
    struct End {};
    using Item = std::variant<Header, Element, Cut, End>;

    /// A new stream begins: forgets everything, bytes not yet read included. After `<proceed/>` those would be
    /// what somebody on the way slipped in before TLS.
    void clear();
    void feed(QByteArrayView bytes);
    /// The next complete item, or nothing until more bytes come.
    Result<std::optional<Item>> next();

private:
    Result<bool> feedReader() { return m_isOpen ? feedStanza() : feedHeader(); }
    Result<bool> feedHeader();
    Result<bool> feedStanza();
    Result<void> skipSpaceBetweenStanzas();
    void passOverIfTooLong();
    Result<bool> onToken();
    Result<bool> onStartTag(bool isPassedOver);
    bool fits() const;
    Result<void> give(QByteArrayView bytes);
    void beginStanza();
    Result<std::optional<Item>> readTokens();
    Result<std::optional<Item>> onStart();
    std::optional<Item> onEnd();
    Result<void> onText();

    QXmlStreamReader m_reader;
    TokenScanner m_scanner; // of what is inside the stream
    QByteArray m_input;
    qsizetype m_read = 0; // of m_input: given to the reader, or passed over
    qsizetype m_scanned = 0; // of m_input: no end of the token before this
    bool m_passesOver = false; // the token under way is too long
    QByteArray m_longName; // of the stanza whose own tag is too long
    qsizetype m_given = 0; // bytes of the header or stanza: to the reader
    qsizetype m_seen = 0; // bytes of the stanza
    qsizetype m_skippedDepth = 0; // elements open that the reader has not seen
    bool m_isFull = false; // nothing more of this stanza is read
    bool m_isCut = false; // something of this stanza was passed over
    bool m_isOpen = false;
    bool m_hasEnded = false;
    std::vector<Element> m_path; // from the stanza inwards
    std::vector<int> m_attributes; // of each of these and those around it, together
    std::optional<Failure> m_failure;
};

} // namespace planb::xmpp
