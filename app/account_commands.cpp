// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ask_secret.h"
#include "app/command.h"
#include "app/form_text.h"
#include "app/name_lookup.h"
#include "app/run.h"
#include "app/text.h"
#include "app/transport_settings.h"
#include "app/when_ready.h"
#include "core/rpc/encode_account.h"
#include "core/rpc/failure_sentence.h"

namespace planb::ctl {

using namespace Qt::StringLiterals;

namespace {

/// "FIELD=VALUE" of every --answer; a field that is answered twice has both values.
std::optional<FormAnswers> answersOf(const Arguments &arguments)
{
    FormAnswers answers;
    for (const auto &[option, value] : arguments.options) {
        if (option != u"answer"_s)
            continue;
        const qsizetype equals = value.indexOf(u'=');
        if (equals < 1)
            return {};
        answers[value.first(equals)].append(value.sliced(equals + 1));
    }
    return answers;
}

void addTransport(Run &run, const QString &label, QJsonObject settings, const QString &address)
{
    settings.insert(u"jid"_s, address);
    run.ask(run.messenger().addTransport(TransportKind::Xmpp, label, settings, {}), [&run, address](TransportId id) {
        run.finish(QJsonObject{{u"id"_s, id.toString()}, {u"address"_s, address}},
                   u"Made the account %1 and added it as %2.\n"_s.arg(printable(address), id.toString()));
    });
}

struct Creation {
    QString label;
    std::optional<QString> pictureFolder;
    AccountRequest request;
};

void showForm(Run &run, const AccountForm &form, const std::optional<QString> &pictureFolder)
{
    QStringList pictures;
    if (pictureFolder) {
        const auto saved = savePictures(form, *pictureFolder);
        if (saved)
            pictures = *saved;
        else
            complain(saved.error());
    }
    if (!run.asJson())
        run.print(formText(form, pictures).toUtf8());
}

void onAnswer(Run &run, const Creation &creation, const AccountAnswer &answer)
{
    if (!answer.form)
        return addTransport(run, creation.label, creation.request.settings, answer.address);
    showForm(run, *answer.form, creation.pictureFolder);
    const QString why = answer.refusal ? rpc::sentenceFor(*answer.refusal)
                                       : u"The server wants to know more: answer with --answer FIELD=VALUE."_s;
    run.fail(why, rpc::toJson(answer));
}

void create(Run &run, const Arguments &arguments)
{
    Expected<QJsonObject, QString> settings = xmppSettings(arguments);
    if (!settings)
        return run.refuse(settings.error());
    const auto answers = answersOf(arguments);
    if (!answers)
        return run.refuse(u"An answer is FIELD=VALUE."_s);
    if (!arguments.has(u"jid"_s) && !arguments.has(u"invited"_s))
        return run.refuse(u"The option --jid is missing."_s);
    Creation creation;
    creation.label = arguments.value(u"label"_s).value_or(QString());
    creation.pictureFolder = arguments.value(u"pictures"_s);
    creation.request.submits = true;
    creation.request.answers = *answers;
    if (arguments.has(u"invited"_s)) {
        const auto link = askInvitation(run);
        if (!link)
            return;
        creation.request.invitation = *link;
    }
    const auto password = askPassword(run);
    if (!password)
        return;
    settings->insert(u"password"_s, *password);
    creation.request.settings = *settings;
    run.open(Reach::Offline, [&run, creation] {
        run.ask(run.messenger().askForAccount(creation.request),
                [&run, creation](const AccountAnswer &answer) { onAnswer(run, creation, answer); });
    });
}

void changePassword(Run &run, const Arguments &arguments)
{
    const auto password = askPassword(run, u"The new password"_s);
    if (!password)
        return;
    whenReady(run, arguments.positional.first(), [&run, next = *password](TransportId id) {
        run.ask(run.messenger().changePassword(id, next), [&run] { run.finish(QJsonObject(), {}); });
    });
}

void deleteAccount(Run &run, const Arguments &arguments)
{
    if (!arguments.has(u"yes"_s))
        return run.refuse(u"This removes the account from its server for good; say --yes if you mean it."_s);
    whenReady(run, arguments.positional.first(), [&run](TransportId id) {
        run.ask(run.messenger().deleteAccount(id), [&run] { run.finish(QJsonObject(), {}); });
    });
}

void read(Run &run, const Arguments &)
{
    const auto link = askInvitation(run);
    if (!link)
        return;
    run.prepare(Reach::Offline);
    run.ask(run.messenger().readInvitation(*link), [&run](const Invitation &invitation) {
        QString text;
        if (!invitation.accountDomain.isEmpty())
            text += u"An account at %1\n"_s.arg(printable(invitation.accountDomain));
        if (invitation.contact)
            text += u"A contact: %1\n"_s.arg(printable(invitation.contact->value));
        run.finish(rpc::toJson(invitation), text);
    });
}

QList<Option> createOptions()
{
    using enum Option::Presence;
    QList<Option> options{
        {u"label"_s, u"LABEL"_s, u"your name for it, e.g. Primary"_s, Required},
        {u"jid"_s, u"JID"_s, u"the account to make, name@server"_s, Optional},
        {u"invited"_s, {}, u"PLANB_INVITATION or the first line of input is an invitation"_s, Optional},
        {u"answer"_s, u"FIELD=VALUE"_s,
         u"an answer to the form that an earlier call printed; give all of them, the ready ones too"_s, Repeatable},
        {u"pictures"_s, u"FOLDER"_s, u"save the pictures that come with the form in this folder"_s, Optional}};
    for (const Option &option : xmppSettingOptions()) {
        if (option.name != u"register"_s)
            options.append(option);
    }
    return options;
}

} // namespace

QList<Command> accountCommands()
{
    using enum Option::Presence;
    return {
        {u"account create"_s,
         {},
         u"make an account at a server and add it; its password is PLANB_PASSWORD or a line on standard input"_s,
         createOptions(),
         0,
         0,
         create},
        {u"account password"_s,
         u"ID"_s,
         u"change the password, at the server and here; the new one is read like that of \"account create\""_s,
         {},
         1,
         1,
         changePassword},
        {u"account delete"_s,
         u"ID"_s,
         u"remove the account from its server"_s,
         {{u"yes"_s, {}, u"it is meant"_s, Optional}},
         1,
         1,
         deleteAccount},
        {u"invitation"_s,
         {},
         u"tell what a link invites to; it is PLANB_INVITATION or one line on standard input"_s,
         {},
         0,
         0,
         read},
    };
}

} // namespace planb::ctl
