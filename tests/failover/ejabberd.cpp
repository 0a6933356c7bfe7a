// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/failover/ejabberd.h"

#include "tests/testkit/child_process.h"
#include "tests/testkit/free_ports.h"
#include "tests/testkit/wait_until.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcessEnvironment>
#include <QTcpSocket>

using namespace Qt::StringLiterals;

namespace planb::failover {

using test::Outcome;
using test::trouble;

namespace {

constexpr Millis kStartLimit{60'000};
constexpr int kAnswerLimitMs = 10'000;

QString configurationTemplate()
{
    return uR"(# A server for one test. Everything it owns is in this folder.
# It keeps no archive: one in Mnesia takes some thirty messages a second at best, and would be what is measured.
loglevel: info
hosts: ["@domain@"]
certfiles: ["@folder@/both.pem"]
ca_file: "@certificate@"
default_db: mnesia
auth_method: [mnesia]
auth_password_format: scram
listen:
  - port: @port@
    ip: "127.0.0.1"
    module: ejabberd_c2s
    starttls: true
    starttls_required: true
    access: all
    shaper: none
    max_stanza_size: 262144
  - port: @directTlsPort@
    ip: "127.0.0.1"
    module: ejabberd_c2s
    tls: true
    access: all
    shaper: none
    max_stanza_size: 262144
  - port: @adminPort@
    ip: "127.0.0.1"
    module: ejabberd_http
    request_handlers: { /api: mod_http_api }
acl:
  loopback: { ip: ["127.0.0.0/8"] }
api_permissions:
  "this computer": { who: { access: { allow: loopback } }, what: ["register"] }
registration_timeout: infinity
modules:
  mod_blocking: {}
  mod_carboncopy: {}
  mod_client_state: {}
  mod_disco: {}
  mod_http_api: {}
  mod_offline: {}
  mod_ping: {}
  mod_privacy: {}
  mod_register: { access: @register@, ip_access: all, registration_watchers: [] }
  mod_roster: {}
  mod_stream_mgmt: { resend_on_timeout: if_offline, resume_timeout: @resumeTime@, ack_timeout: 10 }
)"_s;
}

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

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

Ejabberd::Ejabberd(const QString &folder, const QString &domain, const test::TestCertificate &certificate)
    : m_folder(QDir(folder).absolutePath()), m_domain(domain), m_certificate(certificate)
{
    test::endWithParent(m_process);
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.setStandardOutputFile(path(u"ejabberd.out"_s));
}

Ejabberd::~Ejabberd()
{
    m_process.kill();
    m_process.waitForFinished();
}

QString Ejabberd::whatIsMissing()
{
    if (const QString missing = test::missingPrograms({u"erl"_s}); !missing.isEmpty())
        return missing;
    return erlangLibraries().isEmpty() ? u"not installed: ejabberd"_s : QString();
}

Outcome<void> Ejabberd::writeFiles() const
{
    if (!QDir().mkpath(path(u"db"_s)) || !QDir().mkpath(path(u"logs"_s)))
        return trouble(u"The folder %1 could not be made."_s.arg(m_folder));
    QString text = configurationTemplate();
    text.replace(u"@folder@"_s, m_folder);
    text.replace(u"@domain@"_s, m_domain);
    text.replace(u"@certificate@"_s, m_certificate.certificateFile);
    text.replace(u"@port@"_s, QString::number(m_port));
    text.replace(u"@register@"_s, m_isOpen ? u"all"_s : u"none"_s);
    text.replace(u"@directTlsPort@"_s, QString::number(m_directTlsPort));
    text.replace(u"@resumeTime@"_s, QString::number(m_resumeTime.count()));
    text.replace(u"@adminPort@"_s, QString::number(m_adminPort));
    if (auto written = write(path(u"ejabberd.yml"_s), text.toUtf8()); !written)
        return written;
    const QByteArray both = contentOf(m_certificate.certificateFile) + contentOf(m_certificate.keyFile);
    if (auto written = write(path(u"both.pem"_s), both); !written)
        return written;
    // No name is looked up outside.
    const QByteArray names = "{lookup,[\"file\"]}.\n{host,{127,0,0,1},[\"localhost\",\"" + m_domain.toUtf8()
        + "\"]}.\n{file,resolv,\"/dev/null\"}.\n";
    return write(path(u"inetrc"_s), names);
}

Outcome<void> Ejabberd::start()
{
    const QList<quint16> ports = test::freePorts(3);
    m_port = ports.at(0);
    m_adminPort = ports.at(1);
    m_directTlsPort = ports.at(2);
    if (auto written = writeFiles(); !written)
        return written;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HOME"_s, m_folder);
    environment.insert(u"ERL_LIBS"_s, erlangLibraries());
    environment.insert(u"ERL_INETRC"_s, path(u"inetrc"_s));
    environment.insert(u"ERL_CRASH_DUMP_BYTES"_s, u"0"_s);
    environment.insert(u"EJABBERD_CONFIG_PATH"_s, path(u"ejabberd.yml"_s));
    environment.insert(u"EJABBERD_LOG_PATH"_s, path(u"logs/ejabberd.log"_s));
    environment.insert(u"EJABBERD_PID_PATH"_s, path(u"pid"_s));
    m_process.setProcessEnvironment(environment);
    m_process.setWorkingDirectory(path(u"db"_s));
    m_process.start(test::findProgram(u"erl"_s),
                    {u"-noinput"_s, u"+K"_s, u"true"_s, u"-mnesia"_s, u"dir"_s, u"\"%1\""_s.arg(path(u"db"_s)), u"-s"_s,
                     u"ejabberd"_s});
    // The ports open before the modules run; this line is the first sign that all of it does.
    const bool isUp = test::waitUntil(
        [this] {
            return contentOf(path(u"logs/ejabberd.log"_s)).contains("is started in the node")
                || m_process.state() == QProcess::NotRunning;
        },
        kStartLimit);
    if (isUp && m_process.state() == QProcess::Running)
        return {};
    return trouble(u"ejabberd did not start: %1"_s.arg(QString::fromUtf8(
        (contentOf(path(u"ejabberd.out"_s)) + contentOf(path(u"logs/ejabberd.log"_s))).right(1'500))));
}

Outcome<void> Ejabberd::addUser(const QString &name, const QString &password) const
{
    const QJsonObject account{{u"user"_s, name}, {u"host"_s, m_domain}, {u"password"_s, password}};
    const QByteArray body = QJsonDocument(account).toJson(QJsonDocument::Compact);
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, m_adminPort);
    if (!socket.waitForConnected(kAnswerLimitMs))
        return trouble(u"ejabberd cannot be reached: "_s + socket.errorString());
    socket.write("POST /api/register HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: "
                 "application/json\r\nContent-Length: "
                 + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    QByteArray answer;
    while (socket.waitForReadyRead(kAnswerLimitMs))
        answer += socket.readAll();
    if (answer.startsWith("HTTP/1.1 200"))
        return {};
    return trouble(u"ejabberd made no account: %1"_s.arg(QString::fromUtf8(answer.right(300))));
}

} // namespace planb::failover
