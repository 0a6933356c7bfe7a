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

/// A person with slixmpp, a client that shares nothing with PlanB: counterpart.py in a process of its own.
class Counterpart
{
public:
    /// What is missing on this machine to run one, as a sentence; empty if nothing is.
    static QString whatIsMissing();

    /// Logs in and waits for it.
    Outcome<void> begin(const QString &jid, const QString &password, quint16 starttlsPort, const QString &caFile);
    ~Counterpart();

    /// See counterpart.py.
    void obey(const QJsonObject &command);
    /// The first message so far whose field has this value; waits for it. Empty if none comes.
    QJsonObject waitFor(const QString &field, const QString &value, Millis limit = kPatience);
    qsizetype countOf(const QString &field, const QString &value);

private:
    void readAll();

    QProcess m_process;
    QList<QJsonObject> m_told;
};

} // namespace planb::test
