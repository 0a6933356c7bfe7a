// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/messenger.h"
#include "core/rpc/encode_account.h"
#include "core/rpc/methods.h"

#include <QJsonArray>

namespace planb::rpc {

using namespace Qt::StringLiterals;

namespace {

/// Text, a list of texts, or true and false.
std::optional<QStringList> answerValues(const QJsonValue &json)
{
    if (json.isString())
        return QStringList{json.toString()};
    if (json.isBool())
        return QStringList{json.toBool() ? u"1"_s : u"0"_s};
    if (!json.isArray())
        return {};
    QStringList values;
    for (const auto &value : json.toArray()) {
        if (!value.isString())
            return {};
        values.append(value.toString());
    }
    return values;
}

Expected<FormAnswers, Error> answersOf(const Parameters &in)
{
    FormAnswers answers;
    const auto given = in.find<QJsonObject>(u"answers"_s).value_or(QJsonObject());
    for (auto it = given.begin(); it != given.end(); ++it) {
        const auto values = answerValues(it.value());
        if (!values)
            return Unexpected(wrongParameter(u"answers"_s, u"an object of text, lists of text, true and false"_s));
        answers.insert(it.key(), *values);
    }
    return answers;
}

void askForAccount(Messenger &messenger, const Parameters &in, const Reply &out, bool submits)
{
    const auto answers = answersOf(in);
    if (!answers)
        return out.answer(Unexpected(answers.error()));
    AccountRequest request;
    request.kind = in.get<TransportKind>(u"kind"_s);
    request.settings = in.get<QJsonObject>(u"settings"_s);
    request.invitation = in.find<QString>(u"invitation"_s).value_or(QString());
    request.submits = submits;
    request.answers = *answers;
    out.answerWhen(messenger.askForAccount(request), [](const AccountAnswer &answer) { return toJson(answer); });
}

QList<Parameter> visitParameters()
{
    return {required(u"kind"_s, ParameterType::Kind), required(u"settings"_s, ParameterType::Object),
            optional(u"invitation"_s, ParameterType::FilledText)};
}

} // namespace

QList<Method> accountMethods(Messenger &messenger)
{
    return {
        {u"invitations.read"_s,
         {required(u"link"_s, ParameterType::FilledText)},
         [&messenger](const Parameters &in, const Reply &out) {
             out.answerWhen(messenger.readInvitation(in.get<QString>(u"link"_s)),
                            [](const Invitation &invitation) { return toJson(invitation); });
         }},
        {u"accounts.form"_s, visitParameters(),
         [&messenger](const Parameters &in, const Reply &out) { askForAccount(messenger, in, out, false); },
         Pace::Alongside},
        {u"accounts.create"_s, visitParameters() + QList{optional(u"answers"_s, ParameterType::Object)},
         [&messenger](const Parameters &in, const Reply &out) { askForAccount(messenger, in, out, true); },
         Pace::Alongside},
        {u"accounts.changePassword"_s,
         {required(u"id"_s, ParameterType::Transport), required(u"password"_s, ParameterType::FilledText)},
         [&messenger](const Parameters &in, const Reply &out) {
             out.answerWhen(messenger.changePassword(in.get<TransportId>(u"id"_s), in.get<QString>(u"password"_s)));
         },
         Pace::Alongside},
        {u"accounts.delete"_s,
         {required(u"id"_s, ParameterType::Transport)},
         [&messenger](const Parameters &in, const Reply &out) {
             out.answerWhen(messenger.deleteAccount(in.get<TransportId>(u"id"_s)));
         },
         Pace::Alongside},
    };
}

} // namespace planb::rpc
