// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/testkit/ejabberd_config.h"
#include "tests/testkit/outcome.h"

#include <QJsonObject>
#include <QJsonValue>
#include <QProcess>
#include <QString>

#include <chrono>

namespace planb::test {

/// Makes a server a node among others: their common name daemon and secret, and its own name.
struct ErlangNode {
    QString name; ///< name@host
    QString cookie;
    quint16 namesPort = 0; ///< of ErlangNames
};

/// A real ejabberd for one domain, on loopback ports of its own, with all its data in one folder: the second
/// implementation beside Prosody. Alone it is started without Erlang's distribution, so no name daemon outlives it.
class Ejabberd
{
public:
    /// `folder` is made by start() and left behind; `certificate` is for `domain`.
    Ejabberd(const QString &folder, const QString &domain, const TestCertificate &certificate);
    ~Ejabberd();
    Ejabberd(const Ejabberd &) = delete;
    Ejabberd &operator=(const Ejabberd &) = delete;

    static QString whatIsMissing();

    // For the next start()
    void openRegistration() { m_config.openRegistration = true; }
    /// Strangers have to read a picture first; what it says is in captchaAnswerFile() from then on.
    void askNewcomersToReadAPicture() { m_asksForPicture = true; }
    QString captchaAnswerFile() const { return path(QStringLiteral("captcha-answer")); }
    /// Without one by default: Mnesia's takes some thirty messages a second at best, and would be what is measured.
    void keepArchive() { m_config.keepsArchive = true; }
    void setResumeTime(std::chrono::seconds time) { m_config.resumeTime = time; }
    void setNode(ErlangNode node) { m_node = std::move(node); }

    /// Starts it and waits until it works. The first start chooses the ports; later ones keep them.
    Outcome<void> start();
    void kill9();
    void freeze(); ///< connections stay open and nothing answers
    void thaw();
    Outcome<void> addUser(const QString &name, const QString &password) const;
    /// A command of ejabberdctl's list, by HTTP; those that the configuration allows.
    Outcome<QJsonValue> order(const QString &command, const QJsonObject &arguments = {}) const;
    /// Becomes a node of the other's cluster. What it has itself is given up for what is there.
    Outcome<void> join(const QString &otherNode) const;

    QString domain() const { return m_config.domain; }
    QString nodeName() const { return m_node.name; }
    quint16 starttlsPort() const { return m_config.port; }
    quint16 directTlsPort() const { return m_config.directTlsPort; }

private:
    Outcome<void> writeFiles() const;
    Outcome<void> writeCaptchaProgram();
    QProcessEnvironment environment() const;
    QStringList arguments() const;
    QString path(const QString &name) const { return m_config.folder + u'/' + name; }

    EjabberdConfig m_config;
    ErlangNode m_node; ///< without a name: alone
    quint16 m_nodePort = 0;
    bool m_asksForPicture = false;
    QProcess m_process;
};

} // namespace planb::test
