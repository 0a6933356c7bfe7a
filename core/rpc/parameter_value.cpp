// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rpc/parameter_value.h"

#include <QJsonArray>

#include <limits>

namespace planb::rpc {

using namespace Qt::StringLiterals;

namespace {

using Value = Parameters::Value;
using Parsed = Expected<Value, Error>;

Unexpected<Error> wrong(const QString &name, const QString &mustBe)
{
    return Unexpected(wrongParameter(name, mustBe));
}

Unexpected<Error> unknown(FailureCode code, const QString &name)
{
    return Unexpected(errorOf(Failure{code, u"the parameter \"%1\" names none"_s.arg(name), {}}));
}

template<class IdType>
Parsed idValue(const QString &name, const QJsonValue &json, FailureCode ifUnknown)
{
    if (!json.isString())
        return wrong(name, u"text (an id)"_s);
    const std::optional<IdType> id = IdType::fromString(json.toString());
    return id ? Parsed(Value(*id)) : unknown(ifUnknown, name);
}

Parsed recipientValue(const QString &name, const QJsonValue &json)
{
    if (json.isString()) {
        if (const auto conversation = ConversationId::fromString(json.toString()))
            return Value(*conversation);
    }
    return idValue<ContactId>(name, json, FailureCode::UnknownContact);
}

Parsed transportListValue(const QString &name, const QJsonValue &json)
{
    if (!json.isArray())
        return wrong(name, u"a list of ids"_s);
    QList<TransportId> ids;
    const QJsonArray items = json.toArray();
    for (qsizetype i = 0; i < items.size(); ++i) {
        const Parsed id = idValue<TransportId>(u"%1[%2]"_s.arg(name).arg(i), items.at(i),
                                               FailureCode::UnknownTransport);
        if (!id)
            return id;
        ids.append(std::get<TransportId>(*id));
    }
    return Value(ids);
}

Parsed textListValue(const QString &name, const QJsonValue &json)
{
    QStringList texts;
    const QJsonArray items = json.toArray();
    for (const auto &item : items) {
        if (item.isString())
            texts.append(item.toString());
    }
    return json.isArray() && texts.size() == items.size() ? Parsed(Value(texts)) : wrong(name, u"a list of texts"_s);
}

Parsed stateValue(const QString &name, const QJsonValue &json)
{
    const auto state = chatStateFromName(json.toString());
    return state ? Parsed(Value(*state))
                 : wrong(name, u"one of \"active\", \"composing\", \"paused\", \"inactive\", \"gone\""_s);
}

Parsed integerValue(const Parameter &parameter, const QJsonValue &json)
{
    const bool isBounded = parameter.max != std::numeric_limits<qint64>::max();
    const QString mustBe = isBounded ? u"a whole number from %1 to %2"_s.arg(parameter.min).arg(parameter.max)
                                     : u"a whole number from %1"_s.arg(parameter.min);
    if (!json.isDouble())
        return wrong(parameter.name, mustBe);
    const qint64 value = json.toInteger(0);
    // toInteger() answers with its default for what has a fraction or does not fit.
    const bool isWhole = value != 0 || json.toDouble() == 0.0;
    if (!isWhole || value < parameter.min || value > parameter.max)
        return wrong(parameter.name, mustBe);
    return Value(value);
}

Parsed kindValue(const QString &name, const QJsonValue &json)
{
    const std::optional<TransportKind> kind = transportKindFromName(json.toString());
    return kind ? Parsed(Value(*kind)) : wrong(name, u"one of \"xmpp\", \"email\", \"lan\", \"sms\""_s);
}

Expected<Address, Error> addressValue(const QString &name, const QJsonValue &json)
{
    if (!json.isObject())
        return wrong(name, u"an object {kind, address}"_s);
    const auto parts = Parameters::parse(
        {required(u"kind"_s, ParameterType::Kind), required(u"address"_s, ParameterType::Text)}, json.toObject());
    if (!parts) {
        Error error = parts.error();
        error.message += u" It stands in %1."_s.arg(quoted(name));
        return Unexpected(error);
    }
    Result<Address> address = Address::recognise(parts->get<TransportKind>(u"kind"_s),
                                                 parts->get<QString>(u"address"_s));
    if (!address) {
        Failure failure = address.error();
        failure.detail = u"%1: %2"_s.arg(name, failure.detail);
        return Unexpected(errorOf(failure));
    }
    return *address;
}

Parsed addressesValue(const QString &name, const QJsonValue &json)
{
    if (!json.isArray())
        return wrong(name, u"a list of {kind, address}"_s);
    QList<Address> addresses;
    const QJsonArray items = json.toArray();
    for (qsizetype i = 0; i < items.size(); ++i) {
        const Expected<Address, Error> address = addressValue(u"%1[%2]"_s.arg(name).arg(i), items.at(i));
        if (!address)
            return Unexpected(address.error());
        addresses.append(*address);
    }
    return Value(addresses);
}

Parsed textValue(const Parameter &parameter, const QJsonValue &json)
{
    const bool mustBeFilled = parameter.type == ParameterType::FilledText;
    if (!json.isString() || (mustBeFilled && json.toString().isEmpty()))
        return wrong(parameter.name, mustBeFilled ? u"text, and not empty"_s : u"text"_s);
    return Value(json.toString());
}

} // namespace

Parsed parameterValue(const Parameter &parameter, const QJsonValue &json)
{
    const QString &name = parameter.name;
    switch (parameter.type) {
    case ParameterType::Text:
    case ParameterType::FilledText: return textValue(parameter, json);
    case ParameterType::Integer: return integerValue(parameter, json);
    case ParameterType::Boolean: return json.isBool() ? Parsed(Value(json.toBool())) : wrong(name, u"true or false"_s);
    case ParameterType::Object: return json.isObject() ? Parsed(Value(json.toObject())) : wrong(name, u"an object"_s);
    case ParameterType::Kind: return kindValue(name, json);
    case ParameterType::Addresses: return addressesValue(name, json);
    case ParameterType::Contact: return idValue<ContactId>(name, json, FailureCode::UnknownContact);
    case ParameterType::Conversation: return idValue<ConversationId>(name, json, FailureCode::UnknownConversation);
    case ParameterType::Message: return idValue<MessageId>(name, json, FailureCode::UnknownMessage);
    case ParameterType::Transport: return idValue<TransportId>(name, json, FailureCode::UnknownTransport);
    case ParameterType::Recipient: return recipientValue(name, json);
    case ParameterType::TransportList: return transportListValue(name, json);
    case ParameterType::TextList: return textListValue(name, json);
    case ParameterType::State: return stateValue(name, json);
    }
    Q_UNREACHABLE();
}

} // namespace planb::rpc
