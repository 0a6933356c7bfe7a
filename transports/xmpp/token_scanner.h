// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArrayView>

namespace planb::xmpp {

/// Finds where the tags, texts and CDATA sections of a stream's inside end, before anything is parsed or even there. Keeps
/// no bytes, so what it walks over may be of any length. Whether it is well-formed is for a parser to say.
///
/// ProtocolError where comments, processing instructions and document types begin (RFC 6120, 11.1).
class TokenScanner
{
public:
    /// Unknown: the bytes so far could be several.
    enum class Kind { Unknown, Text, StartTag, EmptyTag, EndTag, CData };
    struct Stretch {
        qsizetype size = 0;
        bool isEnd = false; ///< the token is complete
    };

    void clear();
    /// How far the token under way reaches in `bytes`, which follow those of the last call.
    Result<Stretch> next(QByteArrayView bytes);

    /// No token is under way.
    bool isIdle() const { return m_state == State::Idle; }
    /// Of the last token. A StartTag may turn out to be an EmptyTag at its end.
    Kind kind() const { return m_kind; }
    /// How many attributes the last tag has so far, declarations of namespaces among them.
    int attributes() const { return m_attributes; }

private:
    enum class State { Idle, Text, TagOpen, Tag, Quoted, Bang, CData };

    Result<bool> endsWith(char c);
    Result<bool> endsOpening(char c);

    State m_state = State::Idle;
    Kind m_kind = Kind::Unknown;
    char m_last = '\0'; // in a tag, outside quotes
    char m_quote = '\0';
    int m_attributes = 0;
    int m_matched = 0; // of what begins or ends a CDATA section
};

} // namespace planb::xmpp
