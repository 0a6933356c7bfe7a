// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "tests/testkit/outcome.h"
#include "tests/testkit/xml_element.h"

#include <QList>
#include <QObject>
#include <QSslSocket>
#include <QString>

namespace planb::test {

/// Somebody else's XMPP client, as small as can be: direct TLS, SASL PLAIN, one resource, presence, messages.
///
/// Shares nothing with the product, so that it can stand for foreign clients in tests and for the cost of bare XMPP
/// in benchmarks. It never repeats, stores or acknowledges anything by itself.
class PlainXmppClient : public QObject
{
    Q_OBJECT

public:
    struct Account {
        QString user;
        QString domain;
        QString password;
        QString caFile;
        quint16 directTlsPort = 0;
    };
    struct Received {
        QString from; ///< full JID
        QString body;
        XmlElement stanza;
        MonoTime at;
    };

    explicit PlainXmppClient(Account account, QObject *parent = nullptr);
    ~PlainXmppClient() override;

    /// Connects, logs in and becomes available; waits for it.
    Outcome<void> login();
    const Account &account() const { return m_account; }
    QString bareJid() const { return m_account.user + u'@' + m_account.domain; }
    QString fullJid() const { return m_fullJid; }

    /// Sends one chat message; `extra` is XML put beside the body. `id` becomes the stanza's id and origin-id.
    void send(const QString &to, const QString &body, const QString &id, const QString &extra = {});
    /// XEP-0184: tells `to` that its message `id` has arrived.
    void sendReceipt(const QString &to, const QString &id);
    void sendRaw(const QString &xml);

    /// Every message stanza so far, those without a body too.
    const QList<Received> &received() const { return m_received; }
    /// How often a message with this body came.
    qsizetype countOf(const QString &body) const;

Q_SIGNALS:
    void messageReceived(const planb::test::PlainXmppClient::Received &message);

private:
    enum class Phase { Off, Opening, LoggingIn, Reopening, Binding, Ready, Failed };

    void onEncrypted();
    void onReadyRead();
    void onElement(const XmlElement &element);
    void onMessage(const XmlElement &element);
    void openStream();
    void failWith(const QString &why);

    Account m_account;
    QSslSocket m_socket;
    StreamSplitter m_splitter;
    Phase m_phase = Phase::Off;
    QString m_fullJid;
    QString m_failure;
    QList<Received> m_received;
};

} // namespace planb::test
