// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/arguments.h"
#include "app/command.h"
#include "app/help.h"

#include <gtest/gtest.h>

namespace planb::ctl {

namespace {

using namespace Qt::StringLiterals;
using Pairs = QList<std::pair<QString, QString>>;

const QList<Command> &testCommands()
{
    using enum Option::Presence;
    static const QList<Command> commands{
        {u"make"_s, {}, u"make one"_s, {{u"name"_s, u"NAME"_s, u"its name"_s, Required}}, 0, 0, {}},
        {u"thing add"_s,
         u"KIND"_s,
         u"add one"_s,
         {{u"red"_s, u"R"_s, {}, Repeatable}, {u"blue"_s, u"B"_s, {}, Repeatable}, {u"fast"_s, {}, {}, Optional}},
         1,
         1,
         {}},
        {u"thing list"_s, {}, u"list them"_s, {}, 0, 0, {}},
    };
    return commands;
}

Expected<Invocation, QString> parse(const QStringList &words)
{
    return parseCommandLine(words, testCommands());
}

QString troubleWith(const QStringList &words)
{
    const auto parsed = parse(words);
    return parsed ? QString() : parsed.error();
}

TEST(CommandLine, FindsCommandsOfOneAndOfTwoWords)
{
    EXPECT_EQ(parse({u"make"_s, u"--name"_s, u"x"_s})->command->words, u"make"_s);
    EXPECT_EQ(parse({u"thing"_s, u"list"_s})->command->words, u"thing list"_s);
}

TEST(CommandLine, TakesValuesBehindASpaceOrAnEqualsSign)
{
    EXPECT_EQ(parse({u"make"_s, u"--name"_s, u"a=b"_s})->arguments.value(u"name"_s), u"a=b"_s);
    EXPECT_EQ(parse({u"make"_s, u"--name=a=b"_s})->arguments.value(u"name"_s), u"a=b"_s);
    EXPECT_EQ(parse({u"make"_s, u"--name="_s})->arguments.value(u"name"_s), QString());
}

TEST(CommandLine, TakesAValueThatLooksLikeAnOption)
{
    EXPECT_EQ(parse({u"make"_s, u"--name"_s, u"--json"_s})->arguments.value(u"name"_s), u"--json"_s);
}

TEST(CommandLine, KeepsTheOrderOfOptionsOfDifferentNames)
{
    const auto parsed = parse({u"thing"_s, u"add"_s, u"--red=1"_s, u"--blue=2"_s, u"kind"_s, u"--red"_s, u"3"_s});
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->arguments.options, (Pairs{{u"red"_s, u"1"_s}, {u"blue"_s, u"2"_s}, {u"red"_s, u"3"_s}}));
    EXPECT_EQ(parsed->arguments.positional, QStringList{u"kind"_s});
}

TEST(CommandLine, TakesGlobalOptionsAnywhere)
{
    const auto parsed = parse({u"--profile"_s, u"/p"_s, u"thing"_s, u"--json"_s, u"list"_s});
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->profile, u"/p"_s);
    EXPECT_TRUE(parsed->asJson);
    EXPECT_EQ(parse({u"thing"_s, u"list"_s, u"--profile=/q"_s})->profile, u"/q"_s);
}

TEST(CommandLine, TakesEverythingBehindTwoDashesAsIs)
{
    const auto parsed = parse({u"thing"_s, u"add"_s, u"--"_s, u"--fast"_s});
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->arguments.positional, QStringList{u"--fast"_s});
    EXPECT_FALSE(parsed->arguments.has(u"fast"_s));
}

TEST(CommandLine, TakesASingleDashAsAnArgument)
{
    EXPECT_EQ(parse({u"thing"_s, u"add"_s, u"-"_s})->arguments.positional, QStringList{u"-"_s});
}

TEST(CommandLine, WantsHelpOrVersionWithoutTheRest)
{
    EXPECT_TRUE(parse({u"--help"_s})->wantsHelp);
    EXPECT_TRUE(parse({u"make"_s, u"-h"_s})->wantsHelp);
    EXPECT_TRUE(parse({u"--version"_s})->wantsVersion);
}

TEST(CommandLine, SaysWhatIsWrongInOneSentence)
{
    const QList<std::pair<QStringList, QString>> cases{
        {{}, u"A command is missing; see planbctl --help."_s},
        {{u"nonsense"_s}, u"There is no command \"nonsense\"; see planbctl --help."_s},
        {{u"thing"_s}, u"The command \"thing\" needs a second word; see planbctl --help."_s},
        {{u"thing"_s, u"eat"_s}, u"There is no command \"thing eat\"; see planbctl --help."_s},
        {{u"make"_s}, u"The option --name is missing."_s},
        {{u"make"_s, u"--name"_s}, u"The option --name needs a value."_s},
        {{u"make"_s, u"--name=a"_s, u"--name=b"_s}, u"The option --name was given twice."_s},
        {{u"make"_s, u"--nmae=a"_s}, u"The command make has no option --nmae."_s},
        {{u"make"_s, u"-n"_s}, u"The command make has no option -n."_s},
        {{u"--name=a"_s, u"make"_s}, u"There is no option --name before the command."_s},
        {{u"--profile"_s}, u"The option --profile needs a value."_s},
        {{u"--profile="_s, u"thing"_s, u"list"_s}, u"The option --profile needs a folder."_s},
        {{u"thing"_s, u"list"_s, u"--json=yes"_s}, u"The option --json takes no value."_s},
        {{u"thing"_s, u"add"_s, u"k"_s, u"--fast=1"_s}, u"The option --fast takes no value."_s},
        {{u"thing"_s, u"add"_s}, u"The command thing add needs KIND."_s},
        {{u"thing"_s, u"add"_s, u"a"_s, u"b"_s}, u"\"b\" is too much; an argument with spaces stands in quotes."_s},
    };
    for (const auto &[words, sentence] : cases)
        EXPECT_EQ(troubleWith(words), sentence) << words.join(u' ').toStdString();
}

TEST(CommandLine, ReadsWholeNumbersOnlyFromDigitsInRange)
{
    EXPECT_EQ(wholeNumber(u"0"_s, 0, 10), 0);
    EXPECT_EQ(wholeNumber(u"65535"_s, 1, 65'535), 65'535);
    for (const QString &text : {u""_s, u"-1"_s, u"+1"_s, u" 1"_s, u"1.0"_s, u"11"_s, u"99999999999"_s, u"٣"_s})
        EXPECT_FALSE(wholeNumber(text, 0, 10)) << text.toStdString();
}

TEST(CommandTable, HasNoCommandTwiceAndNoneThatHidesAnother)
{
    const QList<Command> commands = allCommands();
    for (const Command &one : commands) {
        for (const Command &other : commands) {
            EXPECT_TRUE(&one == &other || one.words != other.words);
            EXPECT_FALSE(other.words.startsWith(one.words + u' ')) << other.words.toStdString();
        }
    }
}

TEST(CommandTable, IsWholeInTheHelp)
{
    const QList<Command> commands = allCommands();
    const QString help = generalHelp(commands);
    for (const Command &command : commands) {
        EXPECT_TRUE(help.contains(command.words)) << command.words.toStdString();
        EXPECT_TRUE(command.start);
        for (const Option &option : command.options)
            EXPECT_TRUE(commandHelp(command).contains(u"--"_s + option.name)) << option.name.toStdString();
    }
}

} // namespace

} // namespace planb::ctl
