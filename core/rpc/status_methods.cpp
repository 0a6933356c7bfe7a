// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/messenger.h"
#include "core/rpc/encode.h"
#include "core/rpc/methods.h"

namespace planb::rpc {

using namespace Qt::StringLiterals;

namespace {
constexpr qint64 kLongestReturn = 3'600'000; // the bound that DeliveryPolicy states
} // namespace

QList<Method> statusMethods(Messenger &messenger)
{
    return {
        {u"status.get"_s,
         {},
         [&messenger](const Parameters &, const Reply &out) {
             out.answerWhen(messenger.status(), [](const StatusSummary &status) { return toJson(status); });
         }},
        {u"policy.get"_s,
         {},
         [&messenger](const Parameters &, const Reply &out) {
             out.answerWhen(messenger.policy(), [](const DeliveryPolicy &policy) { return toJson(policy); });
         }},
        {u"policy.set"_s,
         {requiredInteger(u"returnAfterMs"_s, 0, kLongestReturn)},
         [&messenger](const Parameters &in, const Reply &out) {
             out.answerWhen(messenger.setPolicy(DeliveryPolicy{Millis(in.get<qint64>(u"returnAfterMs"_s))}));
         }},
        {u"privacy.get"_s,
         {},
         [&messenger](const Parameters &, const Reply &out) {
             out.answerWhen(messenger.privacy(), [](const PrivacyPolicy &policy) { return toJson(policy); });
         }},
        {u"privacy.set"_s,
         {required(u"sendsReadMarks"_s, ParameterType::Boolean), required(u"showsTyping"_s, ParameterType::Boolean),
          optional(u"tellsVersion"_s, ParameterType::Boolean)},
         [&messenger](const Parameters &in, const Reply &out) {
             out.answerWhen(messenger.setPrivacy({in.get<bool>(u"sendsReadMarks"_s), in.get<bool>(u"showsTyping"_s),
                                                  in.find<bool>(u"tellsVersion"_s).value_or(false)}));
         }},
        {u"app.setActive"_s,
         {required(u"active"_s, ParameterType::Boolean)},
         [&messenger](const Parameters &in, const Reply &out) {
             out.answerWhen(messenger.setActive(in.get<bool>(u"active"_s)));
         }},
    };
}

} // namespace planb::rpc
