// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/incoming_window.h"

namespace planb::xmpp {

void IncomingWindow::arrived(quint64 token)
{
    m_open.push_back(token);
    if (token != 0)
        m_isHandled.insert(token, false);
    advance();
}

void IncomingWindow::handled(quint64 token)
{
    const auto it = m_isHandled.find(token);
    if (it == m_isHandled.end())
        return;
    *it = true;
    advance();
}

void IncomingWindow::advance()
{
    while (!m_open.empty()) {
        const quint64 token = m_open.front();
        if (token != 0 && !m_isHandled.value(token))
            return;
        m_isHandled.remove(token);
        m_open.pop_front();
        ++m_done;
    }
}

} // namespace planb::xmpp
