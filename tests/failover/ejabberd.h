// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/testkit/outcome.h"
#include "tests/testkit/test_ca.h"

#include <QProcess>
#include <QString>

#include <chrono>

namespace planb::failover {

/// A real ejabberd for one domain, on loopback ports of its own, with all its data in one folder: the second
/// implementation beside Prosody. It is started without Erlang's distribution, so no name daemon outlives it.
class Ejabberd
{
public:
    /// `folder` is made by start() and left behind; `certificate` is for `domain`.
    Ejabberd(const QString &folder, const QString &domain, const test::TestCertificate &certificate);
    ~Ejabberd();
    Ejabberd(const Ejabberd &) = delete;
    Ejabberd &operator=(const Ejabberd &) = delete;

    static QString whatIsMissing();

    /// Strangers may make accounts (XEP-0077); for the next start().
    void openRegistration() { m_isOpen = true; }
    test::Outcome<void> start();
    test::Outcome<void> addUser(const QString &name, const QString &password) const;
    QString domain() const { return m_domain; }
    quint16 starttlsPort() const { return m_port; }
    quint16 directTlsPort() const { return m_directTlsPort; }
    /// How long a lost stream may be resumed; for the next start().
    void setResumeTime(std::chrono::seconds time) { m_resumeTime = time; }

private:
    test::Outcome<void> writeFiles() const;
    QString path(const QString &name) const { return m_folder + u'/' + name; }

    const QString m_folder;
    const QString m_domain;
    const test::TestCertificate m_certificate;
    quint16 m_port = 0;
    quint16 m_directTlsPort = 0;
    quint16 m_adminPort = 0;
    bool m_isOpen = false;
    std::chrono::seconds m_resumeTime{60};
    QProcess m_process;
};

} // namespace planb::failover
