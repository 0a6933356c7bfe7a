// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/testkit/temporary_profile.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QProcess>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

namespace planb::test {

/// How one run of planbctl ended.
struct Ending {
    int exitCode = -1; ///< -1: it was killed, crashed or did not end
    QByteArray out;
    QByteArray err;

    QJsonObject object() const;
    QJsonArray list() const;
};

/// planbctl as a user has it: called from outside, judged by what it prints and by how it ends.
class Planbctl
{
public:
    /// Without secrets, without a session bus: no keyring of the person who runs the tests is touched.
    Planbctl();

    QString folder() const { return m_profile.folder(); }
    /// For the calls that follow.
    void setEnvironment(const QString &name, const QString &value) { m_environment.insert(name, value); }
    void unsetEnvironment(const QString &name) { m_environment.remove(name); }

    /// planbctl --profile FOLDER ARGUMENTS, with `input` on standard input, to its end.
    Ending call(const QStringList &arguments, const QByteArray &input = {}) const;
    /// The same with nothing before the arguments.
    Ending callBare(const QStringList &arguments, const QByteArray &input = {}) const;
    /// A shell command in which $CTL stands for "planbctl --profile FOLDER".
    Ending shell(const QString &command, const QByteArray &input = {}) const;

    /// Makes the profile with its key in a file.
    bool init() const;
    /// Starts planbctl and leaves it running; waits until it runs.
    bool start(QProcess &process, const QStringList &arguments) const;

private:
    Ending run(const QString &program, const QStringList &arguments, const QByteArray &input) const;

    TemporaryProfile m_profile;
    QProcessEnvironment m_environment;
};

/// Lines that planbctl rpc wrote, taken apart.
struct RpcLines {
    QList<QJsonObject> answers;
    QList<QJsonObject> notifications;
};
RpcLines rpcLines(const QByteArray &out);

/// One request as a line.
QByteArray rpcCall(const QString &method, const QJsonObject &params, const QJsonValue &id);
int errorCode(const QJsonObject &answer); ///< 0: it is a result
QString failureCode(const QJsonObject &answer); ///< error.data.code

} // namespace planb::test
