// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/help.h"

#include "app/text.h"

namespace planb::ctl {

using namespace Qt::StringLiterals;

namespace {

constexpr auto kGeneralTail =
    u""
    "\nGlobal options:\n"
    "  --profile DIR  the profile's folder; default: the platform's folder for application data\n"
    "  --json         print one JSON value instead of text\n"
    "  --help         this text, or behind a command the command's own\n"
    "  --version      the version\n"
    "\nEnvironment:\n"
    "  PLANB_PASSPHRASE  the passphrase of the profile, when it has or shall have one\n"
    "  PLANB_PASSWORD    the password of the account, for \"transport add\", \"transport update --new-password\",\n"
    "                    \"account create\" and \"account password\"\n"
    "  PLANB_INVITATION  the link that somebody sent you, for \"account create --invited\" and \"invitation\"\n"
    "An invitation or a password that is not there is read from standard input, one line each, in this order.\n"
    "\nOne process at a time has a profile: while \"watch\" runs, \"send\" cannot. \"rpc\" does everything in one.\n"
    "\nExit codes: 0 done, 1 the thing asked for failed (one sentence on standard error),\n"
    "2 the call itself is wrong.\n";

QString usage(const Command &command)
{
    QString line = u"planbctl [--profile DIR] "_s + command.words;
    for (const Option &option : command.options) {
        const QString text = u"--"_s + option.name + (option.value.isEmpty() ? QString() : u' ' + option.value);
        switch (option.presence) {
        case Option::Presence::Required: line += u' ' + text; break;
        case Option::Presence::Optional: line += u" ["_s + text + u']'; break;
        case Option::Presence::Repeatable: line += u" ["_s + text + u"]…"_s; break;
        }
    }
    return command.positional.isEmpty() ? line : line + u' ' + command.positional;
}

} // namespace

QString generalHelp(const QList<Command> &commands)
{
    QList<QStringList> rows;
    for (const Command &command : commands)
        rows.append({u"  "_s + command.words, command.summary});
    return u"Usage: planbctl [--profile DIR] COMMAND [ARGUMENTS]\n\nCommands:\n"_s + table(rows)
        + QString::fromUtf16(kGeneralTail);
}

QString commandHelp(const Command &command)
{
    QString help = u"Usage: %1\n\n%2\n"_s.arg(usage(command), command.summary);
    if (command.options.isEmpty())
        return help;
    QList<QStringList> rows;
    for (const Option &option : command.options)
        rows.append({u"  --%1 %2"_s.arg(option.name, option.value), option.help});
    return help + u'\n' + table(rows);
}

} // namespace planb::ctl
