// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/testkit/prosody.h"
#include "tests/testkit/rpc_client.h"

#include <QHash>
#include <QJsonObject>
#include <QObject>

#include <memory>

namespace planb::test {

/// Somebody with a profile and a running planbctl: alice and bob of the integration tests, the demo and the benchmarks.
///
/// What they have been told is remembered across restarts of their planbctl.
class Person : public QObject
{
    Q_OBJECT

public:
    struct Arrival {
        QString text;
        QString route; ///< label of the transport it came by
        MonoTime at;
    };
    /// What the author knows of a message of theirs.
    struct Tick {
        QString state;
        QString route;
        MonoTime at;
    };

    /// `name` is also the account's name, in lower case. The profile's folder is made inside `folder`.
    Person(const QString &name, const QString &folder);

    // Beginning
    Outcome<void> makeProfile(); ///< key in a file: nobody's keyring is touched
    Outcome<void> comeOnline(); ///< starts planbctl rpc
    Outcome<void> begin(); ///< both
    /// Makes the account on the server (unless it is there) and adds it as the next transport.
    Outcome<void> join(const Prosody &server, const QString &label, const QString &caFile);
    /// The settings join() would use, to be changed and given to addTransport().
    QJsonObject settingsFor(const Prosody &server, const QString &caFile) const;
    Outcome<QString> addTransport(const QString &label, const QJsonObject &settings);
    /// Adds `other` as a contact with the addresses they have, in the order they joined.
    Outcome<void> meet(const Person &other);
    Outcome<void> meet(const QString &otherName, const QStringList &jids);
    Outcome<void> waitUntilReady(Millis limit = kPatience); ///< all transports

    // Talking
    Outcome<QString> say(const QString &text); ///< the message's id
    /// Asks for the sending without waiting for the answer, as fast clients do. Number of the request.
    qint64 sayAtOnce(const QString &text);

    // What they know
    QString name() const { return m_name; }
    QString account() const { return m_name.toLower(); }
    QStringList jids() const { return m_jids; }
    QString profileFolder() const { return m_profile; }
    QString conversation() const { return m_conversation; }
    const QList<Arrival> &arrivals() const { return m_arrivals; }
    qsizetype timesSeen(const QString &text) const; ///< in message.added, incoming
    qsizetype timesAnnounced(const QString &messageId) const { return m_announced.count(messageId); } ///< outgoing
    Tick tickOf(const QString &messageId) const { return m_ticks.value(messageId); }
    bool allDelivered(const QStringList &messageIds) const;
    QString transportId(const QString &label) const { return m_transportIds.value(label); }
    QJsonObject link(const QString &label) const; ///< the newest that is known of a transport
    QString linkState(const QString &label) const;
    QString linkFailure(const QString &label) const; ///< name of the Failure code, or empty
    /// The whole conversation, oldest first.
    Outcome<QList<QJsonObject>> history();
    /// Texts of the conversation in its order, of one direction ("in" or "out").
    Outcome<QStringList> texts(const QString &direction);

    RpcClient &rpc() { return *m_rpc; }

Q_SIGNALS:
    void arrived(const planb::test::Person::Arrival &arrival);
    void ticked(const QString &messageId, const planb::test::Person::Tick &tick);
    void linkChanged(const QString &label, const QJsonObject &transport);
    void switched(const QString &fromLabel, const QString &toLabel, const QString &reason);

private:
    void onNotification(const RpcClient::Notification &notification);
    void onMessage(const QJsonObject &message, MonoTime at);
    Outcome<void> learnLinks();
    QString labelOf(const QString &transportId) const { return m_transportIds.key(transportId); }

    QString m_name;
    QString m_profile;
    std::unique_ptr<RpcClient> m_rpc;
    QStringList m_jids;
    QString m_contact;
    QString m_conversation;
    QHash<QString, QString> m_transportIds; ///< by label
    QHash<QString, QJsonObject> m_links; ///< by id
    QList<Arrival> m_arrivals;
    QStringList m_announced; ///< ids of outgoing messages in message.added
    QHash<QString, Tick> m_ticks;
};

/// The password of every account that Person makes.
QString personPassword();

} // namespace planb::test
