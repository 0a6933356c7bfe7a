// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transports/xmpp/wire.h"

namespace planb::xmpp {

/// Tells a server that knows it (XEP-0352) whether the user has the program before them. Outlives connections.
///
/// A server takes every new stream for active, and may take a resumed one for whatever it was: there it is said again.
class ClientState
{
public:
    explicit ClientState(Wire &wire) : m_wire(wire) {}

    void onLoggedIn(bool isOffered, bool isResumed);
    void onClosed() { m_isOffered = false; }
    void setActive(bool isActive);

private:
    void write();

    Wire &m_wire;
    bool m_isActive = true;
    bool m_isOffered = false; // by the server of this connection
};

} // namespace planb::xmpp
