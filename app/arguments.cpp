// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/arguments.h"

#include "app/command.h"

#include <algorithm>

namespace planb::ctl {

using namespace Qt::StringLiterals;

namespace {

/// Walks over the words once. A step that fails leaves its sentence in m_trouble.
class Parser
{
public:
    Parser(QStringList words, const QList<Command> &commands) : m_words(std::move(words)), m_commands(commands) {}

    Expected<Invocation, QString> parse()
    {
        while (m_trouble.isEmpty() && m_at < m_words.size())
            takeWord(m_words[m_at++]);
        if (m_trouble.isEmpty() && !m_out.wantsHelp && !m_out.wantsVersion)
            checkWhole();
        if (!m_trouble.isEmpty())
            return Unexpected(m_trouble);
        return m_out;
    }

private:
    void takeWord(const QString &word)
    {
        if (word == u"--"_s && !m_optionsEnded && m_out.command)
            m_optionsEnded = true;
        else if (!m_optionsEnded && word.startsWith(u'-') && word.size() > 1)
            takeOption(word);
        else if (!m_out.command)
            takeCommandWord(word);
        else
            m_out.arguments.positional.append(word);
    }

    void takeCommandWord(const QString &word)
    {
        m_commandWords = m_commandWords.isEmpty() ? word : m_commandWords + u' ' + word;
        const auto it = std::find_if(m_commands.begin(), m_commands.end(),
                                     [this](const Command &command) { return command.words == m_commandWords; });
        if (it != m_commands.end())
            m_out.command = &*it;
        else if (!beginsACommand(m_commandWords))
            m_trouble = u"There is no command \"%1\"; see planbctl --help."_s.arg(m_commandWords);
    }

    bool beginsACommand(const QString &words) const
    {
        return std::any_of(m_commands.begin(), m_commands.end(),
                           [&words](const Command &command) { return command.words.startsWith(words + u' '); });
    }

    void takeOption(const QString &word)
    {
        const qsizetype equals = word.indexOf(u'=');
        const QString name = word.first(equals < 0 ? word.size() : equals);
        const std::optional<QString> attached = equals < 0 ? std::nullopt : std::optional(word.sliced(equals + 1));
        if (name == u"--json"_s)
            takeSwitch(name, attached, m_out.asJson);
        else if (name == u"--help"_s || name == u"-h"_s)
            takeSwitch(name, attached, m_out.wantsHelp);
        else if (name == u"--version"_s)
            takeSwitch(name, attached, m_out.wantsVersion);
        else if (name == u"--profile"_s)
            takeProfile(attached);
        else
            takeCommandOption(name, attached);
    }

    void takeSwitch(const QString &name, const std::optional<QString> &attached, bool &flag)
    {
        if (attached)
            m_trouble = u"The option %1 takes no value."_s.arg(name);
        flag = true;
    }

    void takeProfile(const std::optional<QString> &attached)
    {
        m_out.profile = valueOf(u"--profile"_s, attached);
        if (m_trouble.isEmpty() && m_out.profile.isEmpty())
            m_trouble = u"The option --profile needs a folder."_s;
    }

    void takeCommandOption(const QString &name, const std::optional<QString> &attached)
    {
        const Option *option = name.startsWith(u"--"_s) ? findOption(name.sliced(2)) : nullptr;
        if (!option) {
            m_trouble = m_out.command ? u"The command %1 has no option %2."_s.arg(m_out.command->words, name)
                                      : u"There is no option %1 before the command."_s.arg(name);
            return;
        }
        if (option->presence != Option::Presence::Repeatable && m_out.arguments.has(option->name)) {
            m_trouble = u"The option %1 was given twice."_s.arg(name);
            return;
        }
        bool given = false;
        if (option->value.isEmpty())
            takeSwitch(name, attached, given);
        const QString value = option->value.isEmpty() ? QString() : valueOf(name, attached);
        m_out.arguments.options.append({option->name, value});
    }

    const Option *findOption(const QString &name) const
    {
        if (!m_out.command)
            return nullptr;
        const QList<Option> &options = m_out.command->options;
        const auto it = std::find_if(options.begin(), options.end(), [&](const Option &o) { return o.name == name; });
        return it == options.end() ? nullptr : &*it;
    }

    QString valueOf(const QString &name, const std::optional<QString> &attached)
    {
        if (attached)
            return *attached;
        if (m_at < m_words.size())
            return m_words[m_at++];
        m_trouble = u"The option %1 needs a value."_s.arg(name);
        return {};
    }

    void checkWhole()
    {
        if (!m_out.command) {
            m_trouble = m_commandWords.isEmpty()
                ? u"A command is missing; see planbctl --help."_s
                : u"The command \"%1\" needs a second word; see planbctl --help."_s.arg(m_commandWords);
            return;
        }
        for (const Option &option : m_out.command->options) {
            if (option.presence == Option::Presence::Required && !m_out.arguments.has(option.name))
                m_trouble = u"The option --%1 is missing."_s.arg(option.name);
        }
        const qsizetype count = m_out.arguments.positional.size();
        if (count < m_out.command->fewest)
            m_trouble = u"The command %1 needs %2."_s.arg(m_out.command->words, m_out.command->positional);
        else if (count > m_out.command->most)
            m_trouble = u"\"%1\" is too much; an argument with spaces stands in quotes."_s.arg(
                m_out.arguments.positional[m_out.command->most]);
    }

    const QStringList m_words;
    const QList<Command> &m_commands;
    qsizetype m_at = 0;
    QString m_commandWords;
    bool m_optionsEnded = false;
    Invocation m_out;
    QString m_trouble;
};

} // namespace

std::optional<QString> Arguments::value(const QString &name) const
{
    for (const auto &[option, value] : options) {
        if (option == name)
            return value;
    }
    return {};
}

Expected<Invocation, QString> parseCommandLine(const QStringList &words, const QList<Command> &commands)
{
    return Parser(words, commands).parse();
}

std::optional<int> wholeNumber(const QString &text, int min, int max)
{
    const bool isDigits = !text.isEmpty() && text.size() <= 9
        && std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    const int number = isDigits ? text.toInt() : -1;
    return isDigits && number >= min && number <= max ? std::optional(number) : std::nullopt;
}

} // namespace planb::ctl
