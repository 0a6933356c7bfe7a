// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/child_process.h"

#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace planb::test {

namespace {

QString complaintOf(const QString &program, QProcess &process)
{
    QString words = QString::fromUtf8(process.readAllStandardError()).trimmed();
    if (words.isEmpty())
        words = QString::fromUtf8(process.readAllStandardOutput()).trimmed();
    const QString how = process.exitStatus() == QProcess::NormalExit ? u"ended with status %1"_s
                                                                     : u"was killed by signal %1"_s;
    return u"%1 %2: %3"_s.arg(program, how.arg(process.exitCode()), words);
}

} // namespace

Outcome<QByteArray> runTool(const QString &program, const QStringList &arguments, const QByteArray &input, Millis limit)
{
    QProcess process;
    endWithParent(process);
    process.start(program, arguments);
    if (!process.waitForStarted())
        return trouble(u"%1 could not be started: %2"_s.arg(program, process.errorString()));
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(static_cast<int>(limit.count()))) {
        process.kill();
        process.waitForFinished();
        return trouble(u"%1 did not end within %2 s"_s.arg(program).arg(limit.count() / 1000));
    }
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
        return trouble(complaintOf(program, process));
    return process.readAllStandardOutput();
}

QString findProgram(const QString &name)
{
    const QString inPath = QStandardPaths::findExecutable(name);
    if (!inPath.isEmpty())
        return inPath;
    return QStandardPaths::findExecutable(name, {u"/usr/sbin"_s, u"/sbin"_s, u"/usr/local/sbin"_s});
}

QString missingPrograms(const QStringList &programs)
{
    QStringList missing;
    for (const QString &name : programs) {
        if (findProgram(name).isEmpty())
            missing.append(name);
    }
    return missing.isEmpty() ? QString() : u"not installed: "_s + missing.join(u", "_s);
}

} // namespace planb::test
