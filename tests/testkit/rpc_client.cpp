// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/rpc_client.h"

#include "tests/testkit/child_process.h"

#include <QCoreApplication>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace planb::test {

namespace {

constexpr qsizetype kComplaintsKept = 8'192;

RpcReply replyOf(const QJsonObject &answer)
{
    const QJsonValue error = answer.value("error"_L1);
    if (error.isUndefined() || error.isNull())
        return answer.value("result"_L1);
    const QJsonObject data = error["data"_L1].toObject();
    return Unexpected<RpcError>(
        RpcError{error["code"_L1].toInt(), error["message"_L1].toString(), data.value("code"_L1).toString()});
}

} // namespace

QString planbctlProgram()
{
    const QString chosen = qEnvironmentVariable("PLANB_PLANBCTL");
    return chosen.isEmpty() ? QCoreApplication::applicationDirPath() + u"/planbctl"_s : chosen;
}

Outcome<QByteArray> runPlanbctl(const QString &profile, const QStringList &arguments, const QByteArray &input)
{
    return runTool(planbctlProgram(), QStringList{u"--profile"_s, profile} + arguments, input);
}

QString describe(const RpcError &error)
{
    const QString name = error.failure.isEmpty() ? QString::number(error.code) : error.failure;
    return name + u": "_s + error.message;
}

RpcClient::RpcClient(const QString &profileFolder, QObject *parent) : QObject(parent), m_profile(profileFolder)
{
    endWithParent(m_process);
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &RpcClient::onOutput);
    connect(&m_process, &QProcess::readyReadStandardError, this,
            [this] { m_complaints = (m_complaints + m_process.readAllStandardError()).right(kComplaintsKept); });
}

RpcClient::~RpcClient()
{
    // Whoever destroys it no longer listens, and may be half gone itself.
    blockSignals(true);
    m_process.disconnect(this);
    kill9();
}

Outcome<void> RpcClient::launch()
{
    m_complaints.clear();
    m_process.start(planbctlProgram(), {u"--profile"_s, m_profile, u"rpc"_s});
    if (!m_process.waitForStarted())
        return trouble(u"%1 could not be started: %2"_s.arg(planbctlProgram(), m_process.errorString()));
    return {};
}

Outcome<void> RpcClient::start(Millis limit)
{
    if (auto launched = launch(); !launched)
        return launched;
    const RpcReply alive = request(u"profile.info"_s, {}, limit);
    if (!alive)
        return trouble(u"planbctl rpc does not answer: "_s + describe(alive.error()));
    return {};
}

void RpcClient::writeLine(const QByteArray &line)
{
    m_process.write(line + '\n');
}

qint64 RpcClient::post(const QString &method, const QJsonObject &params)
{
    const qint64 id = ++m_lastId;
    const QJsonObject call{{u"jsonrpc"_s, u"2.0"_s}, {u"id"_s, id}, {u"method"_s, method}, {u"params"_s, params}};
    writeLine(QJsonDocument(call).toJson(QJsonDocument::Compact));
    return id;
}

std::optional<RpcReply> RpcClient::take(qint64 id)
{
    const auto found = m_replies.find(id);
    if (found == m_replies.end())
        return {};
    RpcReply reply = *found;
    m_replies.erase(found);
    return reply;
}

RpcReply RpcClient::request(const QString &method, const QJsonObject &params, Millis limit)
{
    const qint64 id = post(method, params);
    waitUntil([&] { return m_replies.contains(id) || !isRunning(); }, limit);
    if (auto reply = take(id))
        return *reply;
    return noAnswer(method);
}

RpcReply RpcClient::noAnswer(const QString &method) const
{
    const QString how = isRunning() ? u"no answer in time"_s : u"planbctl has ended"_s;
    return Unexpected<RpcError>(RpcError{0, u"%1: %2. %3"_s.arg(method, how, complaints().trimmed()), {}});
}

void RpcClient::onOutput()
{
    while (m_process.canReadLine())
        onLine(m_process.readLine());
}

void RpcClient::onLine(const QByteArray &line)
{
    const MonoTime now = SystemClock().now();
    const QJsonObject object = QJsonDocument::fromJson(line).object();
    if (object.contains("method"_L1)) {
        Q_EMIT notified({object["method"_L1].toString(), object["params"_L1].toObject(), now});
        return;
    }
    const qint64 id = object["id"_L1].toInteger();
    const RpcReply reply = replyOf(object);
    m_replies.insert(id, reply);
    Q_EMIT replied(id, reply);
}

void RpcClient::kill9()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    m_process.kill();
    m_process.waitForFinished();
    onOutput();
}

int RpcClient::closeInput(Millis limit)
{
    m_process.closeWriteChannel();
    if (!waitUntil([this] { return m_process.state() == QProcess::NotRunning; }, limit))
        return -1;
    onOutput();
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

} // namespace planb::test
