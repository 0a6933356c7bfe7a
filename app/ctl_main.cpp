// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/help.h"
#include "app/output.h"
#include "app/paths.h"
#include "app/process_setup.h"
#include "app/run.h"
#include "app/termination.h"

#include <QCoreApplication>
#include <QLoggingCategory>

#include <cstdio>

namespace {

using namespace Qt::StringLiterals;
using namespace planb;
using namespace planb::ctl;

void logToStandardError(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const QByteArray line = qFormatLogMessage(type, context, message).toUtf8() + '\n';
    std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stderr);
    std::fflush(stderr);
}

int show(const QString &text)
{
    return writeOutput(text.toUtf8()) == OutputState::Open ? Run::Done : Run::Failed;
}

int carryOut(const Invocation &invocation)
{
    Termination termination;
    Run run(profileFolder(invocation.profile), invocation.asJson);
    QObject::connect(&termination, &Termination::requested, &run, &Run::interrupt);
    QObject::connect(&run, &Run::ended, qApp, [](int exitCode) { QCoreApplication::exit(exitCode); });
    // exit() means nothing before the loop runs.
    QMetaObject::invokeMethod(
        &run, [&run, &invocation] { invocation.command->start(run, invocation.arguments); }, Qt::QueuedConnection);
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char *argv[])
{
    setUpProcess();
    qInstallMessageHandler(logToStandardError);
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"PlanB"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(PLANB_VERSION));

    const QList<Command> commands = allCommands();
    const auto invocation = parseCommandLine(QCoreApplication::arguments().sliced(1), commands);
    if (!invocation) {
        complain(invocation.error());
        return Run::WrongCall;
    }
    if (invocation->wantsVersion)
        return show(u"planbctl "_s + QCoreApplication::applicationVersion() + u'\n');
    if (invocation->wantsHelp)
        return show(invocation->command ? commandHelp(*invocation->command) : generalHelp(commands));
    // A person who calls a command wants its answer; QT_LOGGING_RULES brings the log back.
    if (invocation->command->words != u"rpc"_s)
        QLoggingCategory::setFilterRules(u"planb.*.info=false"_s);
    return carryOut(*invocation);
}
