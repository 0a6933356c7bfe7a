// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rpc/notifier.h"

#include "core/messenger/messenger.h"
#include "core/rpc/encode.h"
#include "core/rpc/encode_people.h"
#include "core/rpc/request.h"

namespace planb::rpc {

using namespace Qt::StringLiterals;

Notifier::Notifier(Messenger &messenger, const std::function<void(const QByteArray &)> &write, QObject *parent)
    : QObject(parent)
{
    connect(&messenger, &Messenger::messageAdded, this, [write](const Message &message) {
        write(notificationLine(u"message.added"_s, {{u"message"_s, toJson(message)}}));
    });
    connect(&messenger, &Messenger::messageUpdated, this,
            [write](MessageId id, MessageState state, const std::optional<RouteLabel> &route) {
                write(notificationLine(
                    u"message.updated"_s,
                    {{u"messageId"_s, id.toString()}, {u"state"_s, nameOf(state)}, {u"route"_s, toJson(route)}}));
            });
    connect(&messenger, &Messenger::messageChanged, this, [write](const Message &message) {
        write(notificationLine(u"message.changed"_s, {{u"message"_s, toJson(message)}}));
    });
    connect(&messenger, &Messenger::stateShown, this, [write](ContactId contact, ChatState state) {
        write(
            notificationLine(u"contact.state"_s, {{u"contactId"_s, contact.toString()}, {u"state"_s, nameOf(state)}}));
    });
    connect(&messenger, &Messenger::transportChanged, this, [write](const TransportStatus &status) {
        write(notificationLine(u"transport.changed"_s, {{u"transport"_s, toJson(status)}}));
    });
    connect(&messenger, &Messenger::routeSwitched, this,
            [write](const RouteSwitch &change) { write(notificationLine(u"chain.switched"_s, toJson(change))); });
    connect(&messenger, &Messenger::personChanged, this, [write](const PersonStatus &person) {
        write(notificationLine(u"person.changed"_s, {{u"person"_s, toJson(person)}}));
    });
    connect(&messenger, &Messenger::requestAdded, this, [write](const PresenceRequest &request) {
        write(notificationLine(u"request.added"_s, {{u"request"_s, toJson(request)}}));
    });
    connect(&messenger, &Messenger::requestRemoved, this, [write](TransportId id, const Address &from) {
        QJsonObject json = toJson(from);
        json.insert(u"transportId"_s, id.toString());
        write(notificationLine(u"request.removed"_s, json));
    });
}

} // namespace planb::rpc
