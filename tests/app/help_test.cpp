// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/help.h"

#include <QRegularExpression>

#include <gtest/gtest.h>

namespace planb::ctl {

namespace {

using namespace Qt::StringLiterals;

TEST(Help, NamesEveryCommandWithWhatItDoes)
{
    const QString help = generalHelp(allCommands());
    for (const Command &command : allCommands()) {
        EXPECT_TRUE(help.contains(u"  "_s + command.words + u"  "_s)) << command.words.toStdString();
        EXPECT_FALSE(command.summary.isEmpty()) << command.words.toStdString();
        EXPECT_TRUE(commandHelp(command).contains(command.summary)) << command.words.toStdString();
        for (const Option &option : command.options)
            EXPECT_FALSE(option.help.isEmpty()) << command.words.toStdString() << " --" << option.name.toStdString();
    }
}

TEST(Help, TellsForEverySecretWhichCommandsReadIt)
{
    const QString help = generalHelp(allCommands());
    const auto entryOf = [&help](const QString &variable) {
        const QRegularExpression entry(u"\\n  "_s + variable + u"  +([^\\n]+(?:\\n {10,}[^\\n]+)*)"_s);
        return entry.match(help).captured(1);
    };
    for (const QString &command :
         {u"transport add"_s, u"transport update --new-password"_s, u"account create"_s, u"account password"_s})
        EXPECT_TRUE(entryOf(u"PLANB_PASSWORD"_s).contains(u'"' + command + u'"')) << command.toStdString();
    for (const QString &command : {u"account create --invited"_s, u"invitation"_s})
        EXPECT_TRUE(entryOf(u"PLANB_INVITATION"_s).contains(u'"' + command + u'"')) << command.toStdString();
    EXPECT_FALSE(entryOf(u"PLANB_PASSPHRASE"_s).isEmpty());
}

} // namespace

} // namespace planb::ctl
