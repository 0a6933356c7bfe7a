// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/ejabberd.h"

#include "tests/testkit/child_process.h"
#include "tests/testkit/free_ports.h"
#include "tests/testkit/wait_until.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcessEnvironment>
#include <QTcpSocket>

using namespace Qt::StringLiterals;

namespace planb::test {

namespace {

constexpr Millis kStartLimit{120'000}; // a killed node repairs its tables first
constexpr int kAnswerLimitMs = 10'000;
constexpr int kJoinLimitMs = 60'000;

Outcome<void> write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        return trouble(u"%1 could not be written: %2"_s.arg(path, file.errorString()));
    return {};
}

/// Where Debian's and Ubuntu's package puts ejabberd's own libraries; empty if it is not there.
QString erlangLibraries()
{
    const QDir all(u"/usr/lib"_s);
    for (const QString &name : all.entryList({u"*-linux-gnu"_s}, QDir::Dirs)) {
        const QString folder = all.filePath(name);
        if (!QDir(folder).entryList({u"ejabberd-*"_s}, QDir::Dirs).isEmpty())
            return folder;
    }
    return {};
}

QByteArray contentOf(const QString &path, qint64 from = 0)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && file.seek(from) ? file.readAll() : QByteArray();
}

} // namespace

Ejabberd::Ejabberd(const QString &folder, const QString &domain, const TestCertificate &certificate)
{
    m_config.folder = QDir(folder).absolutePath();
    m_config.domain = domain;
    m_config.certificate = certificate;
    endWithParent(m_process);
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardOutputFile(path(u"ejabberd.out"_s), QIODevice::Append);
}

Ejabberd::~Ejabberd()
{
    kill9();
}

QString Ejabberd::whatIsMissing()
{
    if (const QString missing = missingPrograms({u"erl"_s}); !missing.isEmpty())
        return missing;
    return erlangLibraries().isEmpty() ? u"not installed: ejabberd"_s : QString();
}

Outcome<void> Ejabberd::writeFiles() const
{
    if (!QDir().mkpath(path(u"db"_s)) || !QDir().mkpath(path(u"logs"_s)))
        return trouble(u"The folder %1 could not be made."_s.arg(m_config.folder));
    if (auto written = write(path(u"ejabberd.yml"_s), m_config.text()); !written)
        return written;
    const TestCertificate &certificate = m_config.certificate;
    const QByteArray both = contentOf(certificate.certificateFile) + contentOf(certificate.keyFile);
    if (auto written = write(path(u"both.pem"_s), both); !written)
        return written;
    return write(path(u"inetrc"_s), m_config.names());
}

// Nothing that could be looked at, but ejabberd wants to see a GIF's first bytes.
Outcome<void> Ejabberd::writeCaptchaProgram()
{
    const QString program = path(u"captcha.sh"_s);
    const QString script = u"#!/bin/sh\nprintf %s \"$1\" >'"_s + captchaAnswerFile()
        + u"'\nprintf 'GIF89a%s' \"$1\"\n"_s;
    if (!QDir().mkpath(m_config.folder))
        return trouble(u"The folder %1 could not be made."_s.arg(m_config.folder));
    if (auto written = write(program, script.toUtf8()); !written)
        return written;
    if (!QFile::setPermissions(program, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
        return trouble(u"%1 could not be made a program."_s.arg(program));
    m_config.captchaProgram = program;
    return {};
}

QProcessEnvironment Ejabberd::environment() const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HOME"_s, m_config.folder);
    environment.insert(u"ERL_LIBS"_s, erlangLibraries());
    environment.insert(u"ERL_INETRC"_s, path(u"inetrc"_s));
    environment.insert(u"ERL_CRASH_DUMP_BYTES"_s, u"0"_s);
    environment.insert(u"ERL_EPMD_PORT"_s, QString::number(m_node.namesPort));
    environment.insert(u"ERL_EPMD_ADDRESS"_s, u"127.0.0.1"_s);
    environment.insert(u"EJABBERD_CONFIG_PATH"_s, path(u"ejabberd.yml"_s));
    environment.insert(u"EJABBERD_LOG_PATH"_s, path(u"logs/ejabberd.log"_s));
    environment.insert(u"EJABBERD_PID_PATH"_s, path(u"pid"_s));
    return environment;
}

QStringList Ejabberd::arguments() const
{
    QStringList all{u"-noinput"_s, u"+K"_s, u"true"_s, u"-mnesia"_s, u"dir"_s, u"\"%1\""_s.arg(path(u"db"_s))};
    if (!m_node.name.isEmpty()) {
        const QString port = QString::number(m_nodePort);
        all += {u"-name"_s, m_node.name, u"-setcookie"_s, m_node.cookie, u"-start_epmd"_s, u"false"_s};
        all += {u"-kernel"_s, u"inet_dist_use_interface"_s, u"{127,0,0,1}"_s};
        all += {u"inet_dist_listen_min"_s, port, u"inet_dist_listen_max"_s, port};
    }
    return all + QStringList{u"-s"_s, u"ejabberd"_s};
}

Outcome<void> Ejabberd::start()
{
    if (m_config.port == 0) {
        const QList<quint16> ports = freePorts(4);
        m_config.port = ports.at(0);
        m_config.adminPort = ports.at(1);
        m_config.directTlsPort = ports.at(2);
        m_nodePort = ports.at(3);
    }
    if (m_asksForPicture) {
        if (auto written = writeCaptchaProgram(); !written)
            return written;
    }
    if (auto written = writeFiles(); !written)
        return written;
    const QString log = path(u"logs/ejabberd.log"_s);
    const qint64 before = QFileInfo(log).size();
    m_process.setProcessEnvironment(environment());
    m_process.setWorkingDirectory(path(u"db"_s));
    m_process.start(findProgram(u"erl"_s), arguments());
    // The ports open before the modules run; this line is the first sign that all of it does.
    const bool isUp = waitUntil(
        [&] {
            return contentOf(log, before).contains("is started in the node")
                || m_process.state() == QProcess::NotRunning;
        },
        kStartLimit);
    if (isUp && m_process.state() == QProcess::Running)
        return {};
    return trouble(u"ejabberd did not start: %1"_s.arg(
        QString::fromUtf8((contentOf(path(u"ejabberd.out"_s)) + contentOf(log, before)).right(1'500))));
}

void Ejabberd::kill9()
{
    m_process.kill();
    m_process.waitForFinished();
}

void Ejabberd::freeze()
{
    freezeProcess(m_process.processId());
}

void Ejabberd::thaw()
{
    thawProcess(m_process.processId());
}

Outcome<QJsonValue> Ejabberd::order(const QString &command, const QJsonObject &arguments) const
{
    const QByteArray body = QJsonDocument(arguments).toJson(QJsonDocument::Compact);
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, m_config.adminPort);
    if (!socket.waitForConnected(kAnswerLimitMs))
        return trouble(u"ejabberd cannot be reached: "_s + socket.errorString());
    socket.write("POST /api/" + command.toUtf8()
                 + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: "
                   "application/json\r\nContent-Length: "
                 + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    QByteArray answer;
    while (socket.waitForReadyRead(kAnswerLimitMs))
        answer += socket.readAll();
    if (!answer.startsWith("HTTP/1.1 200"))
        return trouble(u"ejabberd refused %1: %2"_s.arg(command, QString::fromUtf8(answer.right(300))));
    // A value alone is no JSON document to Qt.
    const QByteArray value = answer.mid(answer.indexOf("\r\n\r\n") + 4);
    return QJsonDocument::fromJson('[' + value + ']').array().at(0);
}

// From a node of its own, as ejabberdctl does it: the server stops while it joins, and with it what listens to HTTP.
Outcome<void> Ejabberd::join(const QString &otherNode) const
{
    QProcess control;
    endWithParent(control);
    control.setProcessEnvironment(environment());
    control.setProcessChannelMode(QProcess::MergedChannels);
    control.start(findProgram(u"erl"_s),
                  {u"-noinput"_s, u"-hidden"_s, u"-name"_s, u"control-"_s + m_node.name, u"-setcookie"_s, m_node.cookie,
                   u"-start_epmd"_s, u"false"_s, u"-kernel"_s, u"inet_dist_use_interface"_s, u"{127,0,0,1}"_s, u"-s"_s,
                   u"ejabberd_ctl"_s, u"-extra"_s, m_node.name, u"--no-timeout"_s, u"join_cluster"_s, otherNode});
    if (control.waitForFinished(kJoinLimitMs) && control.exitCode() == 0)
        return {};
    return trouble(u"%1 did not join: %2"_s.arg(m_node.name, QString::fromUtf8(control.readAll().right(500))));
}

Outcome<void> Ejabberd::addUser(const QString &name, const QString &password) const
{
    const auto made = order(u"register"_s, {{u"user"_s, name}, {u"host"_s, domain()}, {u"password"_s, password}});
    return made ? Outcome<void>() : trouble(made.error());
}

} // namespace planb::test
