// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/arguments.h"

#include <functional>

namespace planb::ctl {

class Run;

/// One row of the table of commands.
struct Command {
    QString words; ///< "send", "transport add"
    QString positional; ///< placeholders in the help: "ID…"
    QString summary;
    QList<Option> options;
    qsizetype fewest = 0; ///< positional arguments
    qsizetype most = 0;
    /// Begins the work; ends it, now or later, through the Run.
    std::function<void(Run &, const Arguments &)> start;
};

QList<Command> profileCommands();
QList<Command> accountCommands();
QList<Command> transportCommands();
QList<Command> contactCommands();
QList<Command> peopleCommands();
QList<Command> sendCommands();
QList<Command> messageCommands();
QList<Command> watchCommands();
QList<Command> statusCommands();
QList<Command> rpcCommands();

QList<Command> allCommands();

} // namespace planb::ctl
