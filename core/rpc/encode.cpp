// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rpc/encode.h"

#include <array>

namespace planb::rpc {

using namespace Qt::StringLiterals;

namespace {

template<class Enum, std::size_t N>
QString nameIn(const std::array<const char16_t *, N> &names, Enum value)
{
    return QString::fromUtf16(names[static_cast<std::size_t>(value)]);
}

QString nameOf(SettingField::Type type)
{
    constexpr std::array kNames{u"text", u"integer", u"boolean", u"choice", u"file"};
    return nameIn(kNames, type);
}

QString nameOf(ConnectStep::Name name)
{
    constexpr std::array kNames{u"lookup", u"connect", u"tls", u"login", u"roundTrip"};
    return nameIn(kNames, name);
}

qint64 wholeMillis(Micros duration)
{
    return std::chrono::round<Millis>(duration).count();
}

template<class IdType>
QJsonValue idOrNull(IdType id)
{
    return id.isValid() ? QJsonValue(id.toString()) : QJsonValue::Null;
}

template<class IdType>
QJsonValue idOrNull(const std::optional<IdType> &id)
{
    return id ? idOrNull(*id) : QJsonValue::Null;
}

} // namespace

QJsonValue toJson(const std::optional<WallTime> &time)
{
    return time ? QJsonValue(toMillis(*time)) : QJsonValue::Null;
}

QJsonValue toJson(const std::optional<RouteLabel> &route)
{
    if (!route)
        return QJsonValue::Null;
    return QJsonObject{
        {u"transportId"_s, route->transport.toString()}, {u"label"_s, route->label}, {u"kind"_s, nameOf(route->kind)}};
}

QJsonObject toJson(const Failure &failure, const std::optional<WallTime> &retryAt)
{
    return {{u"code"_s, nameOf(failure.code)},
            {u"blame"_s, nameOf(failure.blame())},
            {u"detail"_s, failure.detail},
            {u"retryAt"_s, toJson(retryAt)}};
}

QJsonObject toJson(const Address &address)
{
    return {{u"kind"_s, nameOf(address.kind)}, {u"address"_s, address.value}};
}

QJsonObject toJson(const ProfileInfo &profile)
{
    return {{u"name"_s, profile.name},
            {u"fingerprint"_s, profile.fingerprint ? QJsonValue(*profile.fingerprint) : QJsonValue::Null},
            {u"version"_s, profile.version}};
}

QJsonObject toJson(const SettingField &field)
{
    QJsonObject json{{u"name"_s, field.name},         {u"label"_s, field.label},   {u"type"_s, nameOf(field.type)},
                     {u"required"_s, field.required}, {u"secret"_s, field.secret}, {u"help"_s, field.help}};
    if (field.type == SettingField::Type::Choice)
        json.insert(u"choices"_s, QJsonArray::fromStringList(field.choices));
    return json;
}

QJsonObject toJson(const ConnectStep &step)
{
    return {{u"name"_s, nameOf(step.name)},
            {u"ok"_s, !step.failure.has_value()},
            {u"ms"_s, wholeMillis(step.took)},
            {u"detail"_s, step.failure ? describe(*step.failure) : step.detail}};
}

QJsonObject toJson(const Attempt &attempt)
{
    return {{u"transportId"_s, attempt.route.transport.toString()},
            {u"label"_s, attempt.route.label},
            {u"kind"_s, nameOf(attempt.route.kind)},
            {u"address"_s, attempt.address.value},
            {u"startedAt"_s, toMillis(attempt.startedAt)},
            {u"finishedAt"_s, toJson(attempt.finishedAt)},
            {u"reason"_s, attempt.reason.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(attempt.reason)},
            {u"state"_s, nameOf(attempt.state)},
            {u"failure"_s, attempt.failure ? QJsonValue(toJson(*attempt.failure, {})) : QJsonValue::Null}};
}

QJsonObject toJson(const TransportKindInfo &kind)
{
    return {{u"kind"_s, nameOf(kind.kind)}, {u"label"_s, kind.label}, {u"settings"_s, listToJson(kind.fields)}};
}

QJsonObject toJson(const LinkWarning &warning)
{
    return {{u"code"_s, nameOf(warning.code)}, {u"detail"_s, warning.detail}, {u"since"_s, toMillis(warning.since)}};
}

QJsonObject toJson(const TransportStatus &transport)
{
    const LinkState &link = transport.link;
    return {{u"id"_s, transport.id.toString()},
            {u"kind"_s, nameOf(transport.kind)},
            {u"label"_s, transport.label},
            {u"address"_s, transport.address},
            {u"enabled"_s, transport.enabled},
            {u"state"_s, nameOf(link.phase)},
            {u"since"_s, toMillis(transport.since)},
            {u"failure"_s, link.failure ? QJsonValue(toJson(*link.failure, link.retryAt)) : QJsonValue::Null},
            {u"rttMs"_s, link.rtt ? QJsonValue(wholeMillis(*link.rtt)) : QJsonValue::Null},
            {u"warnings"_s, listToJson(link.warnings)},
            {u"inUse"_s, transport.inUse}};
}

QJsonObject toJson(const TransportTest &test)
{
    return {{u"ok"_s, test.ok}, {u"steps"_s, listToJson(test.steps)}};
}

QJsonObject toJson(const Contact &contact)
{
    return {{u"id"_s, contact.id.toString()},
            {u"conversationId"_s, contact.conversation.toString()},
            {u"name"_s, contact.name},
            {u"addresses"_s, listToJson(contact.addresses)},
            {u"added"_s, contact.isAdded}};
}

QJsonObject toJson(const Message &message)
{
    return {{u"id"_s, message.id.toString()},
            {u"conversationId"_s, message.conversation.toString()},
            {u"contactId"_s, message.contact.toString()},
            {u"direction"_s, message.direction == Direction::In ? u"in"_s : u"out"_s},
            {u"text"_s, message.text},
            {u"sentAt"_s, toMillis(message.sentAt)},
            {u"receivedAt"_s, toJson(message.receivedAt)},
            {u"state"_s, nameOf(message.state)},
            {u"route"_s, toJson(message.route)},
            {u"encrypted"_s, message.encrypted},
            {u"verified"_s, message.verified},
            {u"replyTo"_s, idOrNull(message.replyTo)},
            {u"late"_s, message.late},
            {u"missing"_s, message.missing},
            {u"correctedAt"_s, toJson(message.correctedAt)},
            {u"retracted"_s, message.retracted},
            {u"reactions"_s, toJson(message.reactions)},
            {u"sealedBy"_s, message.sealedBy.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(message.sealedBy)}};
}

QJsonObject toJson(const Reactions &reactions)
{
    return {{u"mine"_s, QJsonArray::fromStringList(reactions.mine)},
            {u"theirs"_s, QJsonArray::fromStringList(reactions.theirs)}};
}

QJsonObject toJson(const MessageVersion &version)
{
    return {{u"text"_s, version.text}, {u"writtenAt"_s, toMillis(version.writtenAt)}};
}

QJsonObject toJson(const PrivacyPolicy &policy)
{
    return {{u"sendsReadMarks"_s, policy.sendsReadMarks},
            {u"showsTyping"_s, policy.showsTyping},
            {u"tellsVersion"_s, policy.tellsVersion}};
}

QJsonObject toJson(const MessageWay &way)
{
    return {{u"state"_s, nameOf(way.state)}, {u"attempts"_s, listToJson(way.attempts)}};
}

QJsonObject toJson(const ConversationSummary &conversation)
{
    const std::optional<Message> &last = conversation.lastMessage;
    return {{u"id"_s, conversation.id.toString()},
            {u"title"_s, conversation.title},
            {u"kind"_s, u"contact"_s},
            {u"unread"_s, conversation.unread},
            {u"oldestUnreadId"_s, idOrNull(conversation.oldestUnread)},
            {u"lastMessage"_s, last ? QJsonValue(toJson(*last)) : QJsonValue::Null}};
}

QJsonObject toJson(const SharedRoutes &shared)
{
    QJsonArray ids;
    for (const TransportId id : shared.transports)
        ids.append(id.toString());
    return {{u"transportIds"_s, ids}, {u"what"_s, shared.what}, {u"name"_s, shared.name}};
}

QJsonObject toJson(const LinkStatus &link)
{
    return {{u"transportId"_s, link.transport.toString()},     {u"sight"_s, link.sight},
            {u"hopTimeoutMs"_s, wholeMillis(link.hopTimeout)}, {u"losses"_s, link.losses},
            {u"heldUntil"_s, toJson(link.heldUntil)},          {u"open"_s, link.open}};
}

QJsonObject toJson(const PathStatus &path)
{
    return {{u"contactId"_s, path.contact.toString()},
            {u"transportId"_s, path.transport.toString()},
            {u"kind"_s, nameOf(path.address.kind)},
            {u"address"_s, path.address.value},
            {u"state"_s, path.state},
            {u"until"_s, toJson(path.until)},
            {u"successRate"_s, path.successRate},
            {u"endToEndTimeoutMs"_s, wholeMillis(path.endToEndTimeout)},
            {u"lastFailure"_s, path.lastFailure ? QJsonValue(nameOf(*path.lastFailure)) : QJsonValue::Null},
            {u"inUse"_s, path.inUse}};
}

QJsonObject toJson(const OutboxStatus &outbox)
{
    return {{u"waiting"_s, outbox.waiting},
            {u"open"_s, outbox.open},
            {u"unconfirmed"_s, outbox.unconfirmed},
            {u"stalled"_s, outbox.stalled}};
}

QJsonObject toJson(const StatusSummary &status)
{
    return {{u"transports"_s, listToJson(status.transports)},     {u"queued"_s, status.queued},
            {u"oldestQueuedAt"_s, toJson(status.oldestQueuedAt)}, {u"independentRoutes"_s, status.independentRoutes},
            {u"sharedRoutes"_s, listToJson(status.sharedRoutes)}, {u"links"_s, listToJson(status.delivery.links)},
            {u"paths"_s, listToJson(status.delivery.paths)},      {u"outbox"_s, toJson(status.delivery.outbox)},
            {u"repeatsLeft"_s, status.delivery.repeatsLeft}};
}

QJsonObject toJson(const DeliveryPolicy &policy)
{
    return {{u"returnAfterMs"_s, static_cast<qint64>(policy.returnAfter.count())}};
}

QJsonObject toJson(const RouteSwitch &change)
{
    return {{u"contactId"_s, change.contact.toString()},
            {u"fromTransportId"_s, idOrNull(change.from)},
            {u"toTransportId"_s, idOrNull(change.to)},
            {u"reason"_s, change.reason},
            {u"at"_s, toMillis(change.at)}};
}

} // namespace planb::rpc
