// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/testkit/outcome.h"
#include "tests/testkit/prosody_config.h"

#include <QProcess>
#include <QString>

namespace planb::test {

/// A real Prosody for one domain, on loopback ports of its own, with all its data in one folder.
///
/// Signals go to the process it started, by number. The server dies with this object and with this program.
class Prosody
{
public:
    struct Options {
        bool openRegistration = false;
        bool takesFiles = false; ///< the certificate is for localhost as well
        bool invitesOnly = false; ///< accounts are made by invitation
        bool verboseLog = false;
        QString pluginFolder = {}; ///< where `extraModule` is
        QString extraModule = {}; ///< a Prosody module of the test's own, loaded beside the usual ones
        QString extraLines = {}; ///< settings in Lua, which replace the usual ones
    };

    /// `folder` is made by start() and left behind; `certificate` is for `domain`, or wrong on purpose.
    Prosody(const QString &folder, const QString &domain, const TestCertificate &certificate, Options options);
    Prosody(const QString &folder, const QString &domain, const TestCertificate &certificate)
        : Prosody(folder, domain, certificate, Options())
    {}
    ~Prosody();
    Prosody(const Prosody &) = delete;
    Prosody &operator=(const Prosody &) = delete;

    /// What is missing on this machine to run one, as a sentence; empty if nothing is.
    static QString whatIsMissing();

    /// Starts it and waits until it listens. The first start chooses the ports; later ones keep them.
    Outcome<void> start();
    /// Works whether it runs or not.
    Outcome<void> addUser(const QString &name, const QString &password) const;

    /// A new invitation to an account, as a link.
    Outcome<QString> invite() const;

    void stop(); ///< SIGTERM, waits; thaws it first, because a frozen process does not end
    void kill9();
    void freeze(); ///< connections stay open and nothing answers
    void thaw();

    bool isRunning() const { return m_process.state() == QProcess::Running; }
    qint64 pid() const { return m_process.processId(); }
    QString domain() const { return m_config.domain; }
    QString folder() const { return m_config.folder; }
    quint16 starttlsPort() const { return m_config.starttlsPort; }
    quint16 directTlsPort() const { return m_config.directTlsPort; }
    QString logFile() const;

private:
    enum class Listening { Yes, NotYet, PortTaken };

    Outcome<void> launch();
    Listening listening(qint64 from) const;
    Outcome<void> waitUntilListening(qint64 from);

    ProsodyConfig m_config;
    QProcess m_process;
    bool m_portsTaken = false;
    bool m_takesFiles = false;
};

} // namespace planb::test
