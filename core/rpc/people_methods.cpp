// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/messenger.h"
#include "core/rpc/encode.h"
#include "core/rpc/encode_people.h"
#include "core/rpc/methods.h"

namespace planb::rpc {

using namespace Qt::StringLiterals;

namespace {

/// The address in "kind" and "address"; nothing after having answered.
std::optional<Address> addressOf(const Parameters &in, const Reply &out)
{
    const Result<Address> address = Address::recognise(in.get<TransportKind>(u"kind"_s), in.get<QString>(u"address"_s));
    if (address)
        return *address;
    out.answer(Unexpected(errorOf(address.error())));
    return {};
}

QList<Parameter> addressParameters()
{
    return {required(u"kind"_s, ParameterType::Kind), required(u"address"_s, ParameterType::FilledText)};
}

std::optional<RequestAnswer> answerFromName(const QString &name)
{
    if (name == u"accept")
        return RequestAnswer::Accept;
    if (name == u"decline")
        return RequestAnswer::Decline;
    return name == u"block" ? std::optional(RequestAnswer::Block) : std::nullopt;
}

void answerRequest(Messenger &messenger, const Parameters &in, const Reply &out)
{
    const auto answer = answerFromName(in.get<QString>(u"answer"_s));
    if (!answer)
        return out.answer(Unexpected(wrongParameter(u"answer"_s, u"one of \"accept\", \"decline\", \"block\""_s)));
    if (const auto from = addressOf(in, out))
        out.answerWhen(messenger.answerRequest(in.get<TransportId>(u"transportId"_s), *from, *answer));
}

void giveAvatar(Messenger &messenger, const Parameters &in, const Reply &out)
{
    if (const auto of = addressOf(in, out))
        out.answerWhen(messenger.avatar(*of), [](const std::optional<Avatar> &avatar) {
            return avatar ? QJsonValue(toJson(*avatar)) : QJsonValue(QJsonValue::Null);
        });
}

Method blockMethod(Messenger &messenger, const QString &name, bool isBlocked)
{
    return {name,
            {required(u"addresses"_s, ParameterType::Addresses)},
            [&messenger, isBlocked](const Parameters &in, const Reply &out) {
                out.answerWhen(messenger.setBlocked(in.get<QList<Address>>(u"addresses"_s), isBlocked));
            }};
}

} // namespace

QList<Method> peopleMethods(Messenger &messenger)
{
    return {
        {u"people.list"_s,
         {},
         [&messenger](const Parameters &, const Reply &out) { out.answerWhen(messenger.people(), peopleToJson); }},
        {u"people.avatar"_s, addressParameters(),
         [&messenger](const Parameters &in, const Reply &out) { giveAvatar(messenger, in, out); }},
        {u"requests.list"_s,
         {},
         [&messenger](const Parameters &, const Reply &out) {
             out.answerWhen(messenger.presenceRequests(), requestsToJson);
         }},
        {u"requests.answer"_s,
         addressParameters()
             + QList{required(u"transportId"_s, ParameterType::Transport),
                     required(u"answer"_s, ParameterType::FilledText)},
         [&messenger](const Parameters &in, const Reply &out) { answerRequest(messenger, in, out); }},
        {u"blocks.list"_s,
         {},
         [&messenger](const Parameters &, const Reply &out) {
             out.answerWhen(messenger.blocked(), listToJson<Address>);
         }},
        blockMethod(messenger, u"blocks.add"_s, true),
        blockMethod(messenger, u"blocks.remove"_s, false),
    };
}

} // namespace planb::rpc
