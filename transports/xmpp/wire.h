// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transports/net/session.h"
#include "transports/xmpp/element.h"

#include <vector>

namespace planb::xmpp {

/// Collects what a session wants to leave through the connection, in order.
class Wire
{
public:
    void write(const QByteArray &bytes);
    void write(const Element &element);
    void startTls() { command(net::StartTls()); }
    void established() { command(net::Established()); }
    void redirect(const QString &host, quint16 port)
    {
        command(net::Redirect{host, port});
        m_isOver = true;
    }
    /// Says goodbye to the server, then gives the connection up.
    void abort(const Failure &failure);
    /// Gives the connection up without a word: a goodbye would end a stream that could be resumed.
    void drop(const Failure &failure);
    void finish();

    /// True after abort, finish or redirect: nothing more leaves on this connection.
    bool isOver() const { return m_isOver; }
    void reset();
    std::vector<net::Command> take();

private:
    void command(net::Command command);

    std::vector<net::Command> m_commands;
    bool m_isOver = false;
};

} // namespace planb::xmpp
