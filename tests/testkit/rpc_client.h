// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "tests/testkit/outcome.h"
#include "tests/testkit/wait_until.h"

#include <QHash>
#include <QJsonObject>
#include <QJsonValue>
#include <QObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QString>

#include <optional>

namespace planb::test {

/// The planbctl under test: $PLANB_PLANBCTL, or the one beside this program.
QString planbctlProgram();
/// Runs one planbctl command on a profile to its end.
Outcome<QByteArray> runPlanbctl(const QString &profile, const QStringList &arguments, const QByteArray &input = {});

struct RpcError {
    int code = 0;
    QString message;
    QString failure; ///< name of the Failure code, for -32000
};
QString describe(const RpcError &error);

using RpcReply = Expected<QJsonValue, RpcError>;

/// Drives `planbctl --profile DIR rpc`: a process of its own, spoken to only through its public interface.
class RpcClient : public QObject
{
    Q_OBJECT

public:
    struct Notification {
        QString method;
        QJsonObject params;
        MonoTime at; ///< when its line was read
    };

    explicit RpcClient(const QString &profileFolder, QObject *parent = nullptr);
    ~RpcClient() override;

    /// For the next start, instead of this program's own.
    void setEnvironment(const QProcessEnvironment &environment) { m_process.setProcessEnvironment(environment); }
    /// Starts the process without waiting for its first answer.
    Outcome<void> launch();
    /// Starts the process and waits until it answers.
    Outcome<void> start(Millis limit = kPatience);
    bool isRunning() const { return m_process.state() == QProcess::Running; }
    qint64 pid() const { return m_process.processId(); }

    /// Asks and waits for the answer. No answer within `limit`, or the process ending, is an error with code 0.
    RpcReply request(const QString &method, const QJsonObject &params = {}, Millis limit = kPatience);
    /// Asks without waiting; take() or replied() has the answer under the number returned.
    qint64 post(const QString &method, const QJsonObject &params = {});
    std::optional<RpcReply> take(qint64 id);
    /// Writes a line as it is, to try what a broken client would do.
    void writeLine(const QByteArray &line);

    void kill9();
    /// Ends the input, the regular way to end `rpc`; returns the exit status, or -1 if it did not end in time.
    int closeInput(Millis limit = kPatience);
    /// The last of what it wrote to standard error.
    QString complaints() const { return QString::fromUtf8(m_complaints); }

Q_SIGNALS:
    void notified(const planb::test::RpcClient::Notification &notification);
    void replied(qint64 id, const planb::test::RpcReply &reply);

private:
    void onOutput();
    void onLine(const QByteArray &line);
    RpcReply noAnswer(const QString &method) const;

    QString m_profile;
    QProcess m_process;
    qint64 m_lastId = 0;
    QHash<qint64, RpcReply> m_replies;
    QByteArray m_complaints;
};

} // namespace planb::test
