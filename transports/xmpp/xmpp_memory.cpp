// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/xmpp_memory.h"

namespace planb::xmpp {

void XmppMemory::reached(const QList<net::Endpoint> &endpoints, WallTime now)
{
    const ServerMemory before = m_memory;
    m_memory.reached(endpoints, now);
    tellIfChanged(before);
}

void XmppMemory::loggedIn(const QString &mechanism, const QByteArray &certificate, WallTime now)
{
    const ServerMemory before = m_memory;
    m_memory.loggedIn(mechanism, certificate, now);
    tellIfChanged(before);
}

void XmppMemory::tellIfChanged(const ServerMemory &before)
{
    if (!(m_memory == before))
        Q_EMIT changed(m_memory.toJson());
}

} // namespace planb::xmpp
