// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/planbctl.h"

#include "tests/testkit/child_process.h"
#include "tests/testkit/rpc_client.h"
#include "tests/testkit/wait_until.h"

#include <QDebug>
#include <QJsonDocument>

namespace planb::test {

using namespace Qt::StringLiterals;

namespace {
constexpr int kLimitMs = 30'000;
} // namespace

QJsonObject Ending::object() const
{
    return QJsonDocument::fromJson(out).object();
}

QJsonArray Ending::list() const
{
    return QJsonDocument::fromJson(out).array();
}

Planbctl::Planbctl() : m_environment(QProcessEnvironment::systemEnvironment())
{
    for (const QString &name : {u"PLANB_PASSPHRASE"_s, u"PLANB_PASSWORD"_s, u"DBUS_SESSION_BUS_ADDRESS"_s, u"DISPLAY"_s,
                                u"WAYLAND_DISPLAY"_s, u"QT_LOGGING_RULES"_s})
        m_environment.remove(name);
    // The bus may be found by its usual place, too.
    m_environment.insert(u"XDG_RUNTIME_DIR"_s, m_profile.folder() + u"-runtime"_s);
    m_environment.insert(u"CTL"_s, u"'%1' --profile '%2'"_s.arg(planbctlProgram(), folder()));
}

Ending Planbctl::call(const QStringList &arguments, const QByteArray &input) const
{
    return callBare(QStringList{u"--profile"_s, folder()} + arguments, input);
}

Ending Planbctl::callBare(const QStringList &arguments, const QByteArray &input) const
{
    return run(planbctlProgram(), arguments, input);
}

Ending Planbctl::shell(const QString &command, const QByteArray &input) const
{
    QString whole = command;
    whole.replace(u"$CTL"_s, m_environment.value(u"CTL"_s));
    return run(u"/bin/sh"_s, {u"-c"_s, whole}, input);
}

Ending Planbctl::run(const QString &program, const QStringList &arguments, const QByteArray &input) const
{
    QProcess process;
    endWithParent(process);
    process.setProcessEnvironment(m_environment);
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    Ending ending;
    const bool hasEnded = process.waitForFinished(kLimitMs);
    if (hasEnded && process.exitStatus() == QProcess::NormalExit)
        ending.exitCode = process.exitCode();
    else
        qWarning().noquote() << program << arguments.join(u' ')
                             << (hasEnded ? u"was killed by signal %1"_s.arg(process.exitCode())
                                          : u"did not end: "_s + process.errorString());
    ending.out = process.readAllStandardOutput();
    ending.err = process.readAllStandardError();
    return ending;
}

bool Planbctl::init() const
{
    const Ending ending = call({u"init"_s, u"--name"_s, u"Alice"_s, u"--key"_s, u"file"_s});
    if (ending.exitCode != 0)
        qWarning().noquote() << "no profile was made:" << ending.err;
    return ending.exitCode == 0;
}

bool Planbctl::start(QProcess &process, const QStringList &arguments) const
{
    endWithParent(process);
    process.setProcessEnvironment(m_environment);
    process.start(planbctlProgram(), QStringList{u"--profile"_s, folder()} + arguments);
    return process.waitForStarted();
}

RpcLines rpcLines(const QByteArray &out)
{
    RpcLines lines;
    for (const QByteArray &line : out.split('\n')) {
        if (line.isEmpty())
            continue;
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        (object.contains(u"method"_s) ? lines.notifications : lines.answers).append(object);
    }
    return lines;
}

QByteArray rpcCall(const QString &method, const QJsonObject &params, const QJsonValue &id)
{
    const QJsonObject call{{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, id}, {u"method"_s, method}, {u"params"_s, params}};
    return QJsonDocument(call).toJson(QJsonDocument::Compact) + '\n';
}

int errorCode(const QJsonObject &answer)
{
    return answer.value(u"error"_s).toObject().value(u"code"_s).toInt();
}

QString failureCode(const QJsonObject &answer)
{
    return answer.value(u"error"_s).toObject().value(u"data"_s).toObject().value(u"code"_s).toString();
}

} // namespace planb::test
