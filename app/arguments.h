// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>
#include <utility>

namespace planb::ctl {

struct Command;

/// One option that a command knows.
struct Option {
    enum class Presence { Optional, Required, Repeatable };
    QString name; ///< without the dashes
    QString value; ///< placeholder in the help; empty: a switch without value
    QString help;
    Presence presence = Presence::Optional;
};

/// What stood behind the command's words.
class Arguments
{
public:
    /// Options in the order in which they were written.
    QList<std::pair<QString, QString>> options;
    QStringList positional;

    bool has(const QString &name) const { return value(name).has_value(); }
    std::optional<QString> value(const QString &name) const;
};

/// A whole command line, understood. `command` is null for --version and for --help without a command.
struct Invocation {
    const Command *command = nullptr;
    Arguments arguments;
    QString profile; ///< empty: the default folder
    bool asJson = false;
    bool wantsHelp = false;
    bool wantsVersion = false;
};

/// Reads the arguments (without the program's name) against the table of commands. The error is one sentence.
/// Options may be written "--name VALUE" or "--name=VALUE"; "--" ends them. --profile, --json and --help may
/// stand anywhere before it.
Expected<Invocation, QString> parseCommandLine(const QStringList &words, const QList<Command> &commands);

/// A whole number from `min` to `max`, written as digits.
std::optional<int> wholeNumber(const QString &text, int min, int max);

} // namespace planb::ctl
