// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rpc/parameters.h"

#include <QJsonValue>

namespace planb::rpc {

/// Brings one parameter's JSON into the value its type stands for, or says what is wrong with it by name.
Expected<Parameters::Value, Error> parameterValue(const Parameter &parameter, const QJsonValue &json);

} // namespace planb::rpc
