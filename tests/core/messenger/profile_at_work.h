// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/messenger/open_profile.h"
#include "tests/testkit/transport/fake_transport.h"

#include <QTemporaryDir>

#include <memory>

namespace planb::test {

/// Alice's profile on a real store, with transports whose other side is the test.
class ProfileAtWork
{
public:
    /// `chain`: one transport for each of these addresses, in this order.
    explicit ProfileAtWork(const QStringList &chain = {QStringLiteral("alice@primary.test"),
                                                       QStringLiteral("alice@backup.test")});

    OpenProfile &profile() { return *m_profile; }
    /// The n-th transport of the chain.
    FakeTransport &transport(int place) { return *m_factory.made.at(m_firstMade + place); }
    FakeTransportFactory &factory() { return m_factory; }
    /// Ends the profile, as a crash would as far as the store is concerned, and opens it again.
    void restart();
    /// A second, writing handle on the same file.
    std::unique_ptr<store::Store> anotherHandle();

    AddedContact addBob();
    /// As somebody at `from` would send it.
    static Incoming incoming(const QString &from, const QString &text, const QString &wireId, quint64 order = 1);

    QList<Message> added;
    QList<std::pair<MessageId, MessageState>> updated;
    QList<RouteSwitch> switches;

private:
    void open(std::unique_ptr<store::Store> store);

    QTemporaryDir m_folder;
    FakeTransportFactory m_factory;
    qsizetype m_firstMade = 0;
    SystemClock m_clock;
    SeededRandom m_random{1};
    std::unique_ptr<OpenProfile> m_profile;
};

} // namespace planb::test
