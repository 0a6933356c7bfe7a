// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "transports/xmpp/element.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QXmlStreamReader>

#include <optional>
#include <variant>
#include <vector>

namespace planb::xmpp {

/// The largest stanza that is read, in bytes: what common servers pass on at most.
inline constexpr qsizetype kMaxStanzaBytes = 262'144;
inline constexpr qsizetype kMaxHeaderBytes = 16'384;
inline constexpr qsizetype kMaxDepth = 64;

/// Cuts a server's XML stream (RFC 6120, section 4) into its header, its stanzas and its end.
///
/// Refuses with ProtocolError what a stream must not hold (RFC 6120, 11.1: document types, comments, processing
/// instructions, entities of its own), other encodings than UTF-8, deep nesting, and too large stanzas: these
/// before they are parsed. After a failure only clear() helps. What follows the end is ignored.
class XmlStream
{
public:
    struct Header {
        QString id;
        QString version;
    };
    struct End {};
    using Item = std::variant<Header, Element, End>;

    /// A new stream begins: forgets everything, bytes not yet read included. After `<proceed/>` those would be
    /// what somebody on the way slipped in before TLS.
    void clear();
    void feed(QByteArrayView bytes);
    /// The next complete item, or nothing until more bytes come.
    Result<std::optional<Item>> next();

private:
    bool feedReader();
    Result<std::optional<Item>> readTokens();
    Result<std::optional<Item>> onStart();
    std::optional<Item> onEnd();
    Result<void> onText();

    QXmlStreamReader m_reader;
    QByteArray m_input;
    qsizetype m_read = 0; // of m_input: given to the reader
    qsizetype m_scanned = 0; // of m_input: no '>' before this
    qsizetype m_itemBytes = 0; // of the item being read: given to the reader
    bool m_isOpen = false;
    bool m_hasEnded = false;
    std::vector<Element> m_path; // from the stanza inwards
    std::optional<Failure> m_failure;
};

} // namespace planb::xmpp
