// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/prosody.h"

#include "tests/testkit/child_process.h"
#include "tests/testkit/free_ports.h"
#include "tests/testkit/wait_until.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace planb::test {

namespace {

constexpr int kPortDraws = 5;
constexpr Millis kStartLimit{20'000};
constexpr int kStopLimitMs = 5'000;

QByteArray tailOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    file.seek(qMax<qint64>(0, file.size() - 1'500));
    return file.readAll().trimmed();
}

} // namespace

Prosody::Prosody(const QString &folder, const QString &domain, const TestCertificate &certificate, Options options)
{
    m_config.folder = QDir(folder).absolutePath();
    m_config.domain = domain;
    m_config.certificate = certificate;
    m_config.openRegistration = options.openRegistration;
    m_takesFiles = options.takesFiles;
    m_config.invitesOnly = options.invitesOnly;
    m_config.verboseLog = options.verboseLog;
    m_config.pluginFolder = options.pluginFolder;
    m_config.extraModule = options.extraModule;
    m_config.extraLines = options.extraLines;
    endWithParent(m_process);
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardOutputFile(m_config.folder + u"/prosody.out"_s, QIODevice::Append);
}

Prosody::~Prosody()
{
    kill9();
}

QString Prosody::whatIsMissing()
{
    return missingPrograms({u"prosody"_s, u"prosodyctl"_s, u"openssl"_s});
}

QString Prosody::logFile() const
{
    return m_config.folder + u"/prosody.log"_s;
}

Outcome<void> Prosody::start()
{
    if (m_portsTaken)
        return launch();
    // Between finding a port free and the server's bind somebody else may take it.
    Outcome<void> started = trouble(u"no port was free"_s);
    for (int draw = 0; draw < kPortDraws && !started; ++draw) {
        const QList<quint16> ports = freePorts(3);
        m_config.uploadPort = m_takesFiles ? ports.at(2) : 0;
        m_config.starttlsPort = ports.at(0);
        m_config.directTlsPort = ports.at(1);
        started = launch();
    }
    m_portsTaken = started.has_value();
    return started;
}

Outcome<void> Prosody::launch()
{
    if (!QDir().mkpath(m_config.folder + u"/data"_s))
        return trouble(u"The folder %1 could not be made."_s.arg(m_config.folder));
    const QString configFile = m_config.folder + u"/prosody.cfg.lua"_s;
    QFile file(configFile);
    if (!file.open(QIODevice::WriteOnly) || file.write(prosodyConfiguration(m_config)) < 0)
        return trouble(u"%1 could not be written: %2"_s.arg(configFile, file.errorString()));
    file.close();

    const QString program = findProgram(u"prosody"_s);
    if (program.isEmpty())
        return trouble(u"Prosody is not installed."_s);
    const qint64 logBefore = QFileInfo(logFile()).size();
    m_process.start(program, {u"--config"_s, configFile, u"-F"_s});
    if (!m_process.waitForStarted())
        return trouble(u"Prosody could not be started: "_s + m_process.errorString());
    return waitUntilListening(logBefore);
}

Outcome<void> Prosody::waitUntilListening(qint64 from)
{
    Listening state = Listening::NotYet;
    const bool settled = waitUntil(
        [&] {
            state = listening(from);
            return state != Listening::NotYet || !isRunning();
        },
        kStartLimit);
    if (state == Listening::Yes)
        return {};
    kill9();
    if (state == Listening::PortTaken)
        return trouble(u"A port of Prosody for %1 was taken by somebody else."_s.arg(m_config.domain));
    const QString what = settled ? u"ended"_s : u"was not ready within %1 s"_s.arg(kStartLimit.count() / 1000);
    const QByteArray words = tailOf(logFile()) + '\n' + tailOf(m_config.folder + u"/prosody.out"_s);
    return trouble(u"Prosody for %1 %2:\n%3"_s.arg(m_config.domain, what, QString::fromUtf8(words)));
}

// The log and not a connection tells: a connection would succeed as well if somebody else had the port, since
// Prosody goes on without a port that it cannot have.
Prosody::Listening Prosody::listening(qint64 from) const
{
    QFile file(logFile());
    if (!file.open(QIODevice::ReadOnly) || !file.seek(from))
        return Listening::NotYet;
    const QByteArray news = file.readAll();
    if (news.contains("Failed to open server port"))
        return Listening::PortTaken;
    const auto isOpen = [&](const char *service, quint16 port) {
        return news.contains(QByteArray("Activated service '") + service
                             + "' on [127.0.0.1]:" + QByteArray::number(port));
    };
    const bool both = isOpen("c2s", m_config.starttlsPort) && isOpen("c2s_direct_tls", m_config.directTlsPort);
    return both ? Listening::Yes : Listening::NotYet;
}

Outcome<void> Prosody::addUser(const QString &name, const QString &password) const
{
    QStringList arguments;
    if (runsAsRoot())
        arguments.append(u"--root"_s); // else prosodyctl changes to a user who may not write here
    arguments += {u"--config"_s, m_config.folder + u"/prosody.cfg.lua"_s, u"register"_s, name, m_config.domain,
                  password};
    auto added = runTool(findProgram(u"prosodyctl"_s), arguments);
    if (!added)
        return trouble(added.error());
    return {};
}

Outcome<QString> Prosody::invite() const
{
    QStringList arguments;
    if (runsAsRoot())
        arguments.append(u"--root"_s);
    arguments += {u"--config"_s, m_config.folder + u"/prosody.cfg.lua"_s, u"mod_invites"_s, u"generate"_s,
                  m_config.domain};
    const auto said = runTool(findProgram(u"prosodyctl"_s), arguments);
    if (!said)
        return trouble(said.error());
    const QString words = QString::fromUtf8(*said);
    const qsizetype begin = words.indexOf(u"xmpp:"_s);
    if (begin < 0)
        return trouble(u"No link in what prosodyctl said: "_s + words.left(500));
    return words.sliced(begin).split(QRegularExpression(u"\\s"_s)).first();
}

void Prosody::stop()
{
    if (!isRunning())
        return;
    thaw();
    m_process.terminate();
    if (!m_process.waitForFinished(kStopLimitMs))
        kill9();
}

void Prosody::kill9()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished(kStopLimitMs);
}

void Prosody::freeze()
{
    freezeProcess(pid());
}

void Prosody::thaw()
{
    thawProcess(pid());
}

} // namespace planb::test
