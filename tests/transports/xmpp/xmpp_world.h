// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/testkit/ejabberd.h"
#include "tests/testkit/prosody.h"
#include "tests/testkit/transport/transport_world.h"
#include "tests/transports/xmpp/little_server.h"
#include "transports/xmpp/xmpp_transport.h"

#include <QTemporaryDir>

#include <memory>

namespace planb::test {

/// Waits short enough for tests, long enough for a busy machine.
xmpp::XmppTiming quickTiming();

/// Never finds a record, so that the settings decide.
class NoSrv final : public net::SrvLookup
{
public:
    void lookUp(const QString &, QObject *context, Done done) override;
};

/// Settings of name@example.test with password "pw-name", at this port of the loopback interface.
xmpp::XmppSettings settingsFor(const QString &name, quint16 port, const QString &caFile);

/// A certificate authority in a temporary folder, and a certificate for example.test.
struct TestIdentity {
    TestIdentity();
    QTemporaryDir folder;
    QString caFile;
    TestCertificate certificate;
};

/// Two XmppTransports; what lies between them is up to the classes below.
class XmppWorld : public TransportWorld
{
public:
    Transport &alice() override { return *m_alice; }
    Transport &bob() override { return *m_bob; }
    Address nobody() const override { return {TransportKind::Xmpp, QStringLiteral("nobody@example.test")}; }
    QString caFile() const { return m_identity.caFile; }

protected:
    void makeTransports(quint16 port);

    TestIdentity m_identity;

private:
    SystemClock m_clock;
    SeededRandom m_random{3};
    NoSrv m_srv;
    std::unique_ptr<xmpp::XmppTransport> m_alice, m_bob;
};

class LittleServerWorld final : public XmppWorld
{
public:
    explicit LittleServerWorld(bool streamManagement);
    void cut() override { m_server.cut(); }
    void restore() override { m_server.restore(); }
    void freeze() override { m_server.freeze(); }
    void thaw() override { m_server.thaw(); }

private:
    LittleServer m_server;
};

class ProsodyWorld final : public XmppWorld
{
public:
    ProsodyWorld();
    void cut() override { m_server.kill9(); }
    void restore() override;
    void freeze() override { m_server.freeze(); }
    void thaw() override { m_server.thaw(); }
    const Prosody &server() const { return m_server; }

private:
    Prosody m_server; // strangers may make accounts
};

class EjabberdWorld final : public XmppWorld
{
public:
    EjabberdWorld();
    void cut() override { m_server.kill9(); }
    void restore() override;
    void freeze() override { m_server.freeze(); }
    void thaw() override { m_server.thaw(); }

private:
    Ejabberd m_server; // keeps an archive
};

} // namespace planb::test
