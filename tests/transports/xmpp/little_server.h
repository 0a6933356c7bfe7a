// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/testkit/test_ca.h"
#include "tests/transports/net/tls_server.h"
#include "transports/xmpp/xml_stream.h"

#include <QHash>
#include <QObject>
#include <QPointer>

#include <map>
#include <memory>

namespace planb::test {

/// An XMPP server inside the test for the domain example.test: STARTTLS, SASL PLAIN, binding, stream management,
/// messages between those who are logged in. Does the wrong thing on demand.
class LittleServer : public QObject
{
    Q_OBJECT

public:
    explicit LittleServer(const TestCertificate &certificate);
    ~LittleServer() override;

    quint16 port() const { return m_port; }
    /// Name and password of everybody who may log in.
    QHash<QString, QString> users;

    bool offersStreamManagement = true;
    bool offersStartTls = true;
    QByteArray refusesLoginWith; ///< a SASL condition
    bool silentAfterLogin = false; ///< freezes as soon as somebody is logged in
    bool dropsAfterLogin = false; ///< ends every stream as soon as somebody is logged in

    void cut(); ///< ends all connections and stops listening
    void restore();
    void freeze(); ///< reads nothing more
    void thaw();
    /// Says this to everybody who is logged in.
    void say(const QByteArray &xml);

    int connections() const { return m_connections; }
    int logins() const { return m_logins; }
    /// The highest counter that a client has sent.
    quint32 acknowledgedByClients() const { return m_acknowledged; }

private:
    struct Client {
        QPointer<QSslSocket> socket;
        xmpp::XmlStream stream;
        QByteArray unread;
        QString user; // "" until logged in
        QString jid; // full; "" until bound
        bool countsStanzas = false;
        quint32 handled = 0;
    };

    void listen();
    void onConnected(QSslSocket &socket);
    void read(Client &client);
    void onHeader(Client &client);
    void onElement(Client &client, const xmpp::Element &element);
    void onAuth(Client &client, const xmpp::Element &auth);
    void onStanza(Client &client, xmpp::Element stanza);
    void onIq(Client &client, const xmpp::Element &iq);
    void onMessage(Client &client, xmpp::Element message);
    static void write(Client &client, const QByteArray &xml);

    TestCertificate m_certificate;
    quint16 m_port = 0;
    std::unique_ptr<TlsServer> m_server;
    std::map<QSslSocket *, std::unique_ptr<Client>> m_clients;
    bool m_isFrozen = false;
    int m_connections = 0;
    int m_logins = 0;
    quint32 m_acknowledged = 0;
};

} // namespace planb::test
