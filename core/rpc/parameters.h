// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"
#include "core/model/address.h"
#include "core/model/chat_state.h"
#include "core/rpc/rpc_error.h"

#include <QHash>
#include <QJsonObject>
#include <QList>

#include <limits>
#include <optional>
#include <variant>

namespace planb::rpc {

/// What a parameter must be, and what it becomes in Parameters.
///
/// | type           | JSON                                   | value              |
/// |----------------|----------------------------------------|--------------------|
/// | Text           | string                                 | QString            |
/// | FilledText     | string that is not empty               | QString            |
/// | Integer        | whole number within min and max        | qint64             |
/// | Boolean        | true, false                            | bool               |
/// | Object         | object                                 | QJsonObject        |
/// | Kind           | "xmpp", …                              | TransportKind      |
/// | Addresses      | [{kind, address}]                      | QList<Address>     |
/// | Contact, …     | string: an id                          | ContactId, …       |
/// | Recipient      | string: a contact's or conversation's id | ContactId or ConversationId |
/// | TransportList  | list of strings: ids                   | QList<TransportId> |
/// | TextList       | list of strings                        | QStringList        |
/// | State          | name of a chat state                   | ChatState          |
enum class ParameterType {
    Text,
    FilledText,
    Integer,
    Boolean,
    Object,
    Kind,
    Addresses,
    Contact,
    Conversation,
    Message,
    Transport,
    Recipient,
    TransportList,
    TextList,
    State,
};

/// One row of a method's parameter list.
struct Parameter {
    QString name;
    ParameterType type = ParameterType::Text;
    bool required = true;
    qint64 min = 0; ///< Integer only, inclusive
    qint64 max = std::numeric_limits<qint64>::max(); ///< Integer only, inclusive
};

Parameter required(const QString &name, ParameterType type);
Parameter optional(const QString &name, ParameterType type);
Parameter requiredInteger(const QString &name, qint64 min, qint64 max);
Parameter optionalInteger(const QString &name, qint64 min, qint64 max);

/// A request's parameters after every one of them was found to be known, there and of its type; a handler
/// therefore reads them without looking again. Reading one as another type than the table says is a broken
/// invariant (std::bad_variant_access).
class Parameters
{
public:
    using Value = std::variant<QString, qint64, bool, QJsonObject, TransportKind, QList<Address>, ContactId,
                               ConversationId, MessageId, TransportId, QList<TransportId>, QStringList, ChatState>;

    /// Refuses unknown parameters, missing ones and wrong types with InvalidParameters. Null counts as absent.
    /// Ids are opaque to callers: text that cannot be an id names nothing, which is the same failure
    /// (UnknownContact, …) as an id that names nothing any more. A bad address is InvalidArgument.
    static Expected<Parameters, Error> parse(const QList<Parameter> &list, const QJsonObject &params);

    template<class T>
    T get(const QString &name) const
    {
        return std::get<T>(m_values.value(name));
    }

    /// Nothing when the parameter was not given, or (Recipient) is of the other kind.
    template<class T>
    std::optional<T> find(const QString &name) const
    {
        const auto it = m_values.constFind(name);
        if (it == m_values.cend())
            return {};
        const T *value = std::get_if<T>(&*it);
        return value ? std::optional<T>(*value) : std::nullopt;
    }

private:
    QHash<QString, Value> m_values;
};

} // namespace planb::rpc
