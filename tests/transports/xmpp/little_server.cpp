// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/transports/xmpp/little_server.h"

#include "tests/testkit/free_ports.h"
#include "tests/transports/xmpp/dialogue.h"
#include "transports/xmpp/jid.h"
#include "transports/xmpp/namespaces.h"

#include <algorithm>
#include <vector>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;
using xmpp::Element;
using xmpp::XmlStream;

const QString kDomain = u"example.test"_s;

} // namespace

LittleServer::LittleServer(const TestCertificate &certificate) : m_certificate(certificate)
{
    m_port = freePorts(1).constFirst();
    listen();
}

LittleServer::~LittleServer()
{
    cut();
}

void LittleServer::listen()
{
    m_server = std::make_unique<TlsServer>(m_certificate);
    m_server->close();
    m_server->listen(QHostAddress::LocalHost, m_port);
    m_server->onConnected = [this](QSslSocket &socket) { onConnected(socket); };
    m_server->onBytes = [this](QSslSocket &socket, const QByteArray &bytes) {
        if (const auto client = m_clients.find(&socket); client != m_clients.end()) {
            client->second->unread += bytes;
            read(*client->second);
        }
    };
}

void LittleServer::onConnected(QSslSocket &socket)
{
    ++m_connections;
    auto client = std::make_unique<Client>();
    client->socket = &socket;
    m_clients[&socket] = std::move(client);
    connect(&socket, &QSslSocket::disconnected, this, [this, key = &socket] {
        // Later: the client may be the one that is being read.
        QMetaObject::invokeMethod(
            this, [this, key] { m_clients.erase(key); }, Qt::QueuedConnection);
    });
}

void LittleServer::cut()
{
    for (auto &[socket, client] : std::exchange(m_clients, {})) {
        if (client->socket) {
            client->socket->disconnect(this);
            client->socket->abort();
        }
    }
    m_server.reset();
}

void LittleServer::restore()
{
    if (!m_server)
        listen();
}

void LittleServer::freeze()
{
    m_isFrozen = true;
}

void LittleServer::thaw()
{
    m_isFrozen = false;
    std::vector<QSslSocket *> sockets;
    for (const auto &[socket, client] : m_clients)
        sockets.push_back(socket);
    for (QSslSocket *socket : sockets) {
        if (const auto client = m_clients.find(socket); client != m_clients.end())
            read(*client->second);
    }
}

void LittleServer::say(const QByteArray &xml)
{
    for (const auto &[socket, client] : m_clients) {
        if (!client->jid.isEmpty())
            write(*client, xml);
    }
}

void LittleServer::write(Client &client, const QByteArray &xml)
{
    if (client.socket) {
        client.socket->write(xml);
        client.socket->flush();
    }
}

void LittleServer::read(Client &client)
{
    if (m_isFrozen)
        return;
    client.stream.feed(std::exchange(client.unread, {}));
    while (client.socket) {
        const auto item = client.stream.next();
        if (!item || !item->has_value())
            return;
        if (std::holds_alternative<XmlStream::Header>(**item)) {
            onHeader(client);
        } else if (const auto *element = std::get_if<Element>(&**item)) {
            onElement(client, *element);
        } else {
            write(client, "</stream:stream>");
            client.socket->disconnectFromHost();
            return;
        }
    }
}

void LittleServer::onHeader(Client &client)
{
    QByteArray inside;
    if (!client.socket->isEncrypted())
        inside = offersStartTls ? kStartTlsFeature : QByteArray();
    else if (client.user.isEmpty())
        inside = mechanisms({"PLAIN"});
    else
        inside = QByteArray("<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>")
            + (offersStreamManagement ? "<sm xmlns='urn:xmpp:sm:3'/>" : "");
    write(client, streamHeader() + features(inside));
}

void LittleServer::onElement(Client &client, const Element &element)
{
    if (element.is(u"starttls", xmpp::ns::kTls)) {
        write(client, "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
        client.stream.clear();
        client.socket->startServerEncryption();
    } else if (element.is(u"auth", xmpp::ns::kSasl)) {
        onAuth(client, element);
    } else if (element.is(u"enable", xmpp::ns::kStreamManagement)) {
        client.countsStanzas = true;
        write(client, "<enabled xmlns='urn:xmpp:sm:3'/>");
    } else if (element.is(u"r", xmpp::ns::kStreamManagement)) {
        write(client, "<a xmlns='urn:xmpp:sm:3' h='" + QByteArray::number(client.handled) + "'/>");
    } else if (element.is(u"a", xmpp::ns::kStreamManagement)) {
        m_acknowledged = std::max(m_acknowledged, element.attribute(u"h").toUInt());
    } else if (element.ns() == xmpp::ns::kClient) {
        onStanza(client, element);
    }
}

void LittleServer::onAuth(Client &client, const Element &auth)
{
    const QList<QByteArray> parts = QByteArray::fromBase64(auth.text().toLatin1()).split('\0');
    const QString name = QString::fromUtf8(parts.value(1));
    const bool isRight = users.contains(name) && users.value(name) == QString::fromUtf8(parts.value(2));
    if (!isRight || !refusesLoginWith.isEmpty()) {
        const QByteArray condition = refusesLoginWith.isEmpty() ? QByteArray("not-authorized") : refusesLoginWith;
        write(client, "<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><" + condition + "/></failure>");
        return;
    }
    client.user = name;
    client.stream.clear();
    ++m_logins;
    write(client, "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>");
    m_isFrozen |= silentAfterLogin;
    if (dropsAfterLogin)
        client.socket->disconnectFromHost();
}

void LittleServer::onStanza(Client &client, Element stanza)
{
    if (client.countsStanzas)
        ++client.handled;
    if (stanza.name() == u"iq")
        onIq(client, stanza);
    else if (stanza.name() == u"message")
        onMessage(client, std::move(stanza));
}

void LittleServer::onIq(Client &client, const Element &iq)
{
    const QByteArray id = iq.attribute(u"id").toUtf8();
    if (const Element *bind = iq.child(u"bind", xmpp::ns::kBind)) {
        client.jid = client.user + u'@' + kDomain + u'/' + bind->child(u"resource", xmpp::ns::kBind)->text();
        write(client,
              "<iq type='result' id='" + id + "'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>"
                  + client.jid.toUtf8() + "</jid></bind></iq>");
    } else if (iq.attribute(u"type") == u"get") {
        write(client, "<iq type='result' id='" + id + "' from='example.test'/>");
    }
}

void LittleServer::onMessage(Client &client, Element message)
{
    const QString to = xmpp::bareJid(message.attribute(u"to")).toString();
    const QString user = to.section(u'@', 0, 0);
    if (!users.contains(user)) {
        write(client,
              "<message type='error' from='" + to.toUtf8() + "' id='" + message.attribute(u"id").toUtf8()
                  + "'><error type='cancel'><service-unavailable "
                    "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>");
        return;
    }
    message.set(u"from", client.jid);
    for (const auto &[socket, other] : m_clients) {
        if (other->user == user && !other->jid.isEmpty())
            write(*other, message.toXml(xmpp::ns::kClient));
    }
}

} // namespace planb::test
