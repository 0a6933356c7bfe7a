// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/transport_memory.h"
#include "transports/xmpp/server_memory.h"

namespace planb::xmpp {

/// A transport's ServerMemory, and the word to the core when it has changed.
class XmppMemory final : public TransportMemory
{
    Q_OBJECT

public:
    using TransportMemory::TransportMemory;
    void recall(const QJsonObject &memory) override { m_memory = ServerMemory::parse(memory); }

    const ServerMemory &operator*() const { return m_memory; }
    const ServerMemory *operator->() const { return &m_memory; }

    void reached(const QList<net::Endpoint> &endpoints, WallTime now);
    void loggedIn(const QString &mechanism, const QByteArray &certificate, WallTime now);

private:
    void tellIfChanged(const ServerMemory &before);

    ServerMemory m_memory;
};

} // namespace planb::xmpp
