// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/testkit/ejabberd.h"
#include "tests/testkit/person.h"
#include "tests/testkit/plain_xmpp_client.h"
#include "tests/testkit/prosody.h"

#include <memory>

namespace planb::test {

enum class ServerKind { Prosody, Ejabberd };

/// A Prosody or an ejabberd with what both can do: an archive, copies, a port for each way to encrypt.
class EitherServer
{
public:
    static QString whatIsMissing(ServerKind kind);

    EitherServer(ServerKind kind, const QString &folder, QString domain, const TestCertificate &certificate);

    /// Starts it and makes these accounts.
    Outcome<void> start(const QStringList &users);
    QString addressOf(const QString &user) const { return user + u'@' + m_domain; }
    /// Settings of a transport with the account of the person's name.
    QJsonObject settingsFor(const Person &person, const QString &caFile) const;
    /// Somebody else's client for one of the accounts.
    std::unique_ptr<PlainXmppClient> clientOf(const QString &user, const QString &caFile) const;

private:
    const QString m_domain;
    std::unique_ptr<Prosody> m_prosody;
    std::unique_ptr<Ejabberd> m_ejabberd;
};

} // namespace planb::test
