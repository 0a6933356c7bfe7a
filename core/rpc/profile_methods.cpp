// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/messenger.h"
#include "core/rpc/encode.h"
#include "core/rpc/methods.h"

namespace planb::rpc {

using namespace Qt::StringLiterals;

namespace {

QJsonObject nameAndFingerprint(const ProfileInfo &profile)
{
    QJsonObject json = toJson(profile);
    json.remove(u"version"_s);
    return json;
}

} // namespace

QList<Method> profileMethods(Messenger &messenger)
{
    return {
        {u"profile.create"_s,
         {required(u"name"_s, ParameterType::Text), optional(u"passphrase"_s, ParameterType::FilledText)},
         [&messenger](const Parameters &in, const Reply &out) {
             const QString passphrase = in.find<QString>(u"passphrase"_s).value_or(QString());
             out.answerWhen(messenger.createProfile(in.get<QString>(u"name"_s), passphrase), nameAndFingerprint);
         }},
        {u"profile.unlock"_s,
         {required(u"passphrase"_s, ParameterType::Text)},
         [&messenger](const Parameters &in, const Reply &out) {
             out.answerWhen(messenger.unlock(in.get<QString>(u"passphrase"_s)));
         }},
        {u"profile.info"_s,
         {},
         [&messenger](const Parameters &, const Reply &out) {
             out.answerWhen(messenger.profileInfo(), [](const ProfileInfo &profile) { return toJson(profile); });
         }},
    };
}

} // namespace planb::rpc
