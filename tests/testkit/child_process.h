// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "tests/testkit/outcome.h"

#include <QByteArray>
#include <QProcess>
#include <QStringList>

namespace planb::test {

/// Makes the child end with this process, even when this process is killed with SIGKILL. Call before start(),
/// from the thread that outlives the child. Does nothing where the system has no such means.
void endWithParent(QProcess &child);

/// Signals to one process, by its number.
void freezeProcess(qint64 pid); ///< SIGSTOP
void thawProcess(qint64 pid); ///< SIGCONT

bool runsAsRoot();

/// Runs a tool to its end and returns what it wrote to standard output; the error holds what it complained about.
Outcome<QByteArray> runTool(const QString &program, const QStringList &arguments, const QByteArray &input = {},
                            Millis limit = Millis(30'000));

/// Absent programs among `programs`, as one sentence; empty if all are there.
QString missingPrograms(const QStringList &programs);
/// Where a program is: PATH and the folders of system administration.
QString findProgram(const QString &name);

} // namespace planb::test
