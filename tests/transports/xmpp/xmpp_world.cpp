// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/transports/xmpp/xmpp_world.h"

namespace planb::test {

using namespace Qt::StringLiterals;

xmpp::XmppTiming quickTiming()
{
    xmpp::XmppTiming timing;
    timing.connect = Millis(3'000);
    timing.hop.answer = {Millis(500), Millis(300), Millis(1'000)};
    timing.reconnect.backoff = {Millis(50), 1.6, 0.2, Millis(500)};
    timing.reconnect.afterLoss = Millis(20);
    timing.reconnect.nudgeSpacing = Millis(20);
    timing.reconnect.refusedSpacing = Millis(20);
    return timing;
}

void NoSrv::lookUp(const QString &, QObject *context, Done done)
{
    QMetaObject::invokeMethod(
        context, [done = std::move(done)] { done(QList<net::SrvRecord>()); }, Qt::QueuedConnection);
}

xmpp::XmppSettings settingsFor(const QString &name, quint16 port, const QString &caFile)
{
    const auto settings = xmpp::XmppSettings::parse({{u"jid"_s, name + u"@example.test"_s},
                                                     {u"password"_s, u"pw-"_s + name},
                                                     {u"host"_s, u"127.0.0.1"_s},
                                                     {u"port"_s, port},
                                                     {u"caFile"_s, caFile}});
    return settings.value();
}

TestIdentity::TestIdentity()
{
    const auto ca = TestCa::make(folder.filePath(u"ca"_s));
    if (!ca)
        qFatal("%s", qPrintable(ca.error()));
    caFile = ca->file();
    certificate = ca->issue(u"server"_s, {u"example.test"_s}).value();
}

void XmppWorld::makeTransports(quint16 port)
{
    const auto make = [&](qint64 id, const QString &name) {
        return std::make_unique<xmpp::XmppTransport>(
            TransportId(id), settingsFor(name, port, m_identity.caFile), u"planb-test"_s,
            xmpp::XmppTransport::Services{m_clock, m_random, m_srv}, quickTiming());
    };
    m_alice = make(1, u"alice"_s);
    m_bob = make(2, u"bob"_s);
}

LittleServerWorld::LittleServerWorld(bool streamManagement) : m_server(m_identity.certificate)
{
    m_server.users = {{u"alice"_s, u"pw-alice"_s}, {u"bob"_s, u"pw-bob"_s}};
    m_server.offersStreamManagement = streamManagement;
    makeTransports(m_server.port());
}

ProsodyWorld::ProsodyWorld()
    : m_server(m_identity.folder.filePath(u"prosody"_s), u"example.test"_s, m_identity.certificate,
               Prosody::Options{true, false})
{
    restore(); // the first start writes the configuration that accounts need
    for (const QString &name : {u"alice"_s, u"bob"_s}) {
        if (const auto added = m_server.addUser(name, u"pw-"_s + name); !added)
            qFatal("%s", qPrintable(added.error()));
    }
    makeTransports(m_server.starttlsPort());
}

void ProsodyWorld::restore()
{
    if (const auto started = m_server.start(); !started)
        qFatal("%s", qPrintable(started.error()));
}

EjabberdWorld::EjabberdWorld()
    : m_server(m_identity.folder.filePath(u"ejabberd"_s), u"example.test"_s, m_identity.certificate)
{
    m_server.keepArchive();
    restore();
    for (const QString &name : {u"alice"_s, u"bob"_s}) {
        if (const auto added = m_server.addUser(name, u"pw-"_s + name); !added)
            qFatal("%s", qPrintable(added.error()));
    }
    makeTransports(m_server.starttlsPort());
}

void EjabberdWorld::restore()
{
    if (const auto started = m_server.start(); !started)
        qFatal("%s", qPrintable(started.error()));
}

} // namespace planb::test
