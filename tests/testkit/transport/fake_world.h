// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/testkit/transport/fake_transport.h"
#include "tests/testkit/transport/transport_world.h"

#include <QObject>

#include <functional>
#include <map>
#include <vector>

namespace planb::test {

/// Two fake transports joined by an imagined server that never loses anything.
class FakeWorld final : public TransportWorld
{
public:
    FakeWorld();

    Transport &alice() override { return m_alice; }
    Transport &bob() override { return m_bob; }
    Address nobody() const override { return {TransportKind::Xmpp, QStringLiteral("nobody@example.test")}; }

    void cut() override;
    void restore() override;
    void freeze() override { m_isFrozen = true; }
    void thaw() override;

private:
    using Work = std::function<void()>;

    void join(FakeTransport &side, FakeTransport &other);
    /// Happens on the next turn of the event loop, or after thaw().
    void later(Work work);
    void connectIfPossible(FakeTransport &side);
    void carry(FakeTransport &from, FakeTransport &to, const FakeTransport::Sent &sent);
    void carryAcks(FakeTransport &from, FakeTransport &to, const FakeTransport::SentAcks &sent);
    void onHandled(FakeTransport &by, FakeTransport &author, quint64 token, Disposition disposition);
    void onProbed(FakeTransport &side);

    FakeTransport m_alice{TransportId(1), QStringLiteral("alice@example.test")};
    FakeTransport m_bob{TransportId(2), QStringLiteral("bob@example.test")};
    bool m_isCut = false;
    bool m_isFrozen = false;
    std::vector<Work> m_frozen;
    std::map<std::pair<FakeTransport *, quint64>, WireId> m_arrived; // those to confirm, by receiver and token
    QObject m_context; // goes first: nothing happens any more
};

} // namespace planb::test
