// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rpc/parameters.h"

#include "core/rpc/parameter_value.h"

#include <algorithm>

namespace planb::rpc {

using namespace Qt::StringLiterals;

Parameter required(const QString &name, ParameterType type)
{
    return {name, type, true};
}

Parameter optional(const QString &name, ParameterType type)
{
    return {name, type, false};
}

Parameter requiredInteger(const QString &name, qint64 min, qint64 max)
{
    return {name, ParameterType::Integer, true, min, max};
}

Parameter optionalInteger(const QString &name, qint64 min, qint64 max)
{
    return {name, ParameterType::Integer, false, min, max};
}

Expected<Parameters, Error> Parameters::parse(const QList<Parameter> &list, const QJsonObject &params)
{
    for (auto it = params.constBegin(); it != params.constEnd(); ++it) {
        const QString name = it.key();
        if (std::none_of(list.begin(), list.end(), [&name](const Parameter &known) { return known.name == name; })) {
            return Unexpected(
                Error{ErrorCode::InvalidParameters, u"The method has no parameter %1."_s.arg(quoted(name)), {}});
        }
    }
    Parameters out;
    for (const Parameter &parameter : list) {
        const QJsonValue json = params.value(parameter.name);
        if (json.isUndefined() || json.isNull()) {
            if (!parameter.required)
                continue;
            return Unexpected(
                Error{ErrorCode::InvalidParameters, u"The parameter %1 is missing."_s.arg(quoted(parameter.name)), {}});
        }
        Expected<Value, Error> value = parameterValue(parameter, json);
        if (!value)
            return Unexpected(value.error());
        out.m_values.insert(parameter.name, *value);
    }
    return out;
}

} // namespace planb::rpc
