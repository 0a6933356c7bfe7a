// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/token_scanner.h"

#include <algorithm>

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;

constexpr QByteArrayView kCDataBegins("[CDATA[");

} // namespace

void TokenScanner::clear()
{
    *this = {};
}

Result<TokenScanner::Stretch> TokenScanner::next(QByteArrayView bytes)
{
    qsizetype at = 0;
    while (at < bytes.size()) {
        if (m_state == State::Idle && bytes[at] != '<') {
            m_state = State::Text;
            m_kind = Kind::Text;
        }
        if (m_state == State::Text) {
            const qsizetype end = bytes.indexOf('<', at);
            if (end < 0)
                return Stretch{bytes.size(), false};
            m_state = State::Idle;
            return Stretch{end, true};
        }
        const auto isEnd = endsWith(bytes[at++]);
        if (!isEnd)
            return fail(isEnd.error());
        if (*isEnd) {
            m_state = State::Idle;
            return Stretch{at, true};
        }
    }
    return Stretch{at, false};
}

Result<bool> TokenScanner::endsWith(char c)
{
    switch (m_state) {
    case State::Text: break; // has its own end
    case State::Idle:
        m_state = State::TagOpen;
        m_kind = Kind::Unknown;
        m_last = '<';
        m_attributes = 0;
        break;
    case State::TagOpen:
    case State::Bang: return endsOpening(c);
    case State::Tag:
        if (c == '>') {
            if (m_kind == Kind::StartTag && m_last == '/')
                m_kind = Kind::EmptyTag;
            return true;
        }
        if (c == '\'' || c == '"') {
            m_quote = c;
            ++m_attributes;
            m_state = State::Quoted;
        }
        m_last = c;
        break;
    case State::Quoted:
        if (c == m_quote)
            m_state = State::Tag;
        break;
    case State::CData:
        if (c == '>' && m_matched >= 2)
            return true;
        m_matched = c == ']' ? std::min(m_matched + 1, 2) : 0;
        break;
    }
    return false;
}

// Behind "<", or further on behind "<!".
Result<bool> TokenScanner::endsOpening(char c)
{
    if (m_state == State::TagOpen && c == '!') {
        m_state = State::Bang;
        m_matched = 0;
        return false;
    }
    if (m_state == State::TagOpen && c != '?') {
        m_state = State::Tag;
        m_kind = c == '/' ? Kind::EndTag : Kind::StartTag;
        // "</" is not the end of an empty tag; "<>" is for the parser to refuse.
        m_last = '\0';
        return c == '>';
    }
    if (m_state == State::TagOpen || c != kCDataBegins[m_matched])
        return fail(FailureCode::ProtocolError, u"a comment, processing instruction or document type"_s);
    if (++m_matched == kCDataBegins.size()) {
        m_state = State::CData;
        m_kind = Kind::CData;
        m_matched = 0;
    }
    return false;
}

} // namespace planb::xmpp
