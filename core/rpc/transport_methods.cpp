// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/messenger.h"
#include "core/rpc/encode.h"
#include "core/rpc/methods.h"

namespace planb::rpc {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 kLastPosition = 9'999;

void addTransport(Messenger &messenger, const Parameters &in, const Reply &out)
{
    std::optional<int> position;
    if (const auto given = in.find<qint64>(u"position"_s))
        position = static_cast<int>(*given);
    out.answerWhen(messenger.addTransport(in.get<TransportKind>(u"kind"_s), in.get<QString>(u"label"_s),
                                          in.get<QJsonObject>(u"settings"_s), position),
                   [](TransportId id) {
                       return QJsonObject{{u"id"_s, id.toString()}};
                   });
}

void updateTransport(Messenger &messenger, const Parameters &in, const Reply &out)
{
    out.answerWhen(messenger.updateTransport(in.get<TransportId>(u"id"_s), in.find<QString>(u"label"_s),
                                             in.find<bool>(u"enabled"_s), in.find<QJsonObject>(u"settings"_s)));
}

} // namespace

QList<Method> transportMethods(Messenger &messenger)
{
    return {
        {u"transports.kinds"_s,
         {},
         [&messenger](const Parameters &, const Reply &out) {
             out.answerWhen(messenger.transportKinds(), listToJson<TransportKindInfo>);
         }},
        {u"transports.add"_s,
         {required(u"kind"_s, ParameterType::Kind), required(u"label"_s, ParameterType::Text),
          required(u"settings"_s, ParameterType::Object), optionalInteger(u"position"_s, 0, kLastPosition)},
         [&messenger](const Parameters &in, const Reply &out) { addTransport(messenger, in, out); }},
        {u"transports.list"_s,
         {},
         [&messenger](const Parameters &, const Reply &out) {
             out.answerWhen(messenger.transports(), listToJson<TransportStatus>);
         }},
        {u"transports.reorder"_s,
         {required(u"ids"_s, ParameterType::TransportList)},
         [&messenger](const Parameters &in, const Reply &out) {
             out.answerWhen(messenger.reorderTransports(in.get<QList<TransportId>>(u"ids"_s)));
         }},
        {u"transports.update"_s,
         {required(u"id"_s, ParameterType::Transport), optional(u"label"_s, ParameterType::Text),
          optional(u"enabled"_s, ParameterType::Boolean), optional(u"settings"_s, ParameterType::Object)},
         [&messenger](const Parameters &in, const Reply &out) { updateTransport(messenger, in, out); }},
        {u"transports.remove"_s,
         {required(u"id"_s, ParameterType::Transport)},
         [&messenger](const Parameters &in, const Reply &out) {
             out.answerWhen(messenger.removeTransport(in.get<TransportId>(u"id"_s)));
         }},
        {u"transports.test"_s,
         {required(u"id"_s, ParameterType::Transport)},
         [&messenger](const Parameters &in, const Reply &out) {
             out.answerWhen(messenger.testTransport(in.get<TransportId>(u"id"_s)),
                            [](const TransportTest &test) { return toJson(test); });
         },
         Pace::Alongside},
    };
}

} // namespace planb::rpc
