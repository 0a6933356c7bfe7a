// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QtGlobal>

#include <deque>

namespace planb::xmpp {

/// What the server may be told it got rid of (XEP-0198, section 4): the longest run of stanzas from the
/// stream's beginning whose effects are all on disk.
class IncomingWindow
{
public:
    /// `done`: how many were done already, e.g. in an earlier connection of the same session.
    explicit IncomingWindow(quint64 done = 0) : m_done(done) {}

    /// A stanza came; `token` is 0 where nothing has to be stored for it.
    void arrived(quint64 token = 0);
    /// The core has disposed of this token. Tokens of other streams are ignored.
    void handled(quint64 token);

    /// The counter to send: how many stanzas are done without a gap, modulo 2^32.
    quint32 counter() const { return static_cast<quint32>(m_done); }
    quint64 done() const { return m_done; }
    quint64 received() const { return m_done + m_open.size(); }

private:
    void advance();

    std::deque<quint64> m_open; // tokens from the first one not handled on; 0: nothing to wait for
    QHash<quint64, bool> m_isHandled; // tokens in m_open
    quint64 m_done;
};

} // namespace planb::xmpp
