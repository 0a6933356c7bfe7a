// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/plain_xmpp_client.h"

#include "tests/testkit/wait_until.h"

#include <QSslCertificate>
#include <QSslConfiguration>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace planb::test {

PlainXmppClient::PlainXmppClient(Account account, QObject *parent) : QObject(parent), m_account(std::move(account))
{
    connect(&m_socket, &QSslSocket::encrypted, this, &PlainXmppClient::onEncrypted);
    connect(&m_socket, &QSslSocket::readyRead, this, &PlainXmppClient::onReadyRead);
    connect(&m_socket, &QSslSocket::errorOccurred, this, [this] { failWith(m_socket.errorString()); });
    connect(&m_socket, &QSslSocket::sslErrors, this, [this] { failWith(u"the certificate was not trusted"_s); });
}

PlainXmppClient::~PlainXmppClient()
{
    m_socket.disconnect(this);
    m_socket.abort();
}

Outcome<void> PlainXmppClient::login()
{
    m_socket.abort();
    m_failure.clear();
    m_phase = Phase::Opening;
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setCaCertificates(QSslCertificate::fromPath(m_account.caFile));
    m_socket.setSslConfiguration(tls);
    m_socket.setPeerVerifyName(m_account.domain);
    m_socket.connectToHostEncrypted(u"127.0.0.1"_s, m_account.directTlsPort);

    const bool settled = waitUntil([this] { return m_phase == Phase::Ready || m_phase == Phase::Failed; });
    if (m_phase == Phase::Ready)
        return {};
    return trouble(u"%1 could not log in: %2"_s.arg(bareJid(), settled ? m_failure : u"no answer in time"_s));
}

void PlainXmppClient::failWith(const QString &why)
{
    m_failure = why;
    m_phase = Phase::Failed;
}

void PlainXmppClient::onEncrypted()
{
    m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    openStream();
}

void PlainXmppClient::openStream()
{
    m_splitter.restart();
    sendRaw(u"<?xml version='1.0'?><stream:stream to='%1' version='1.0' xmlns='jabber:client' "
            "xmlns:stream='http://etherx.jabber.org/streams'>"_s.arg(m_account.domain));
}

void PlainXmppClient::sendRaw(const QString &xml)
{
    m_socket.write(xml.toUtf8());
}

void PlainXmppClient::onReadyRead()
{
    m_splitter.feed(m_socket.readAll());
    while (const auto element = m_splitter.next())
        onElement(*element);
}

void PlainXmppClient::onElement(const XmlElement &element)
{
    switch (m_phase) {
    case Phase::Opening: {
        const QByteArray secret = QByteArray(1, '\0') + m_account.user.toUtf8() + QByteArray(1, '\0')
            + m_account.password.toUtf8();
        m_phase = Phase::LoggingIn;
        sendRaw(u"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>%1</auth>"_s.arg(
            QString::fromLatin1(secret.toBase64())));
        break;
    }
    case Phase::LoggingIn:
        if (element.name != "success"_L1)
            return failWith(u"the login was refused"_s);
        m_phase = Phase::Reopening;
        openStream();
        break;
    case Phase::Reopening:
        m_phase = Phase::Binding;
        sendRaw(u"<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>"_s);
        break;
    case Phase::Binding:
        if (const XmlElement *bound = element.child(u"bind"_s); bound && bound->has(u"jid"_s)) {
            m_fullJid = bound->child(u"jid"_s)->text;
            sendRaw(u"<presence/>"_s);
            m_phase = Phase::Ready;
        }
        break;
    case Phase::Ready:
        if (element.name == "message"_L1)
            onMessage(element);
        break;
    case Phase::Off:
    case Phase::Failed: break;
    }
}

void PlainXmppClient::onMessage(const XmlElement &element)
{
    Received message{element.attribute(u"from"_s), {}, element, SystemClock().now()};
    if (const XmlElement *body = element.child(u"body"_s))
        message.body = body->text;
    m_received.append(message);
    Q_EMIT messageReceived(message);
}

void PlainXmppClient::send(const QString &to, const QString &body, const QString &id, const QString &extra)
{
    sendRaw(u"<message type='chat' to='%1' id='%2'><body>%3</body><origin-id xmlns='urn:xmpp:sid:0' id='%2'/>%4"
            "</message>"_s.arg(to, id, body.toHtmlEscaped(), extra));
}

void PlainXmppClient::sendReceipt(const QString &to, const QString &id)
{
    sendRaw(u"<message type='chat' to='%1'><received xmlns='urn:xmpp:receipts' id='%2'/></message>"_s.arg(to, id));
}

qsizetype PlainXmppClient::countOf(const QString &body) const
{
    return std::count_if(m_received.begin(), m_received.end(), [&](const Received &m) { return m.body == body; });
}

} // namespace planb::test
