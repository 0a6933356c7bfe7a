// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/client_state.h"

#include "transports/xmpp/namespaces.h"

namespace planb::xmpp {

void ClientState::onLoggedIn(bool isOffered, bool isResumed)
{
    m_isOffered = isOffered;
    if (isResumed || !m_isActive)
        write();
}

void ClientState::setActive(bool isActive)
{
    if (std::exchange(m_isActive, isActive) != isActive)
        write();
}

void ClientState::write()
{
    if (m_isOffered)
        m_wire.write(Element(m_isActive ? u"active" : u"inactive", ns::kClientState));
}

} // namespace planb::xmpp
