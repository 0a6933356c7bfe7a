// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/testkit/outcome.h"
#include "tests/testkit/wait_until.h"

#include <QJsonObject>
#include <QList>
#include <QProcess>
#include <QString>

namespace planb::test {

/// A person with a client that shares nothing with PlanB, in a process of its own: slixmpp by counterpart.py, or
/// profanity by profanity.py.
class Counterpart
{
public:
    enum class Client { Slixmpp, Profanity };

    explicit Counterpart(Client client = Client::Slixmpp) : m_client(client) {}
    /// What is missing on this machine to run one, as a sentence; empty if nothing is.
    static QString whatIsMissing(Client client = Client::Slixmpp);

    /// Logs in and waits for it.
    Outcome<void> begin(const QString &jid, const QString &password, quint16 starttlsPort, const QString &caFile);
    ~Counterpart();

    /// See the client's script.
    void obey(const QJsonObject &command);
    /// The first message so far whose field has this value; waits for it. Empty if none comes.
    QJsonObject waitFor(const QString &field, const QString &value, Millis limit = kPatience);
    qsizetype countOf(const QString &field, const QString &value);

private:
    void readAll();

    const Client m_client;
    QProcess m_process;
    QList<QJsonObject> m_told;
};

} // namespace planb::test
