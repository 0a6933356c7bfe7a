// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/account_errand.h"
#include "core/transport/invitation.h"

#include <QJsonObject>

/// The JSON shapes around accounts, after the rules of encode.h.
namespace planb::rpc {

QJsonObject toJson(const FormField &field); ///< {name, type, label, help, required, values, options, media}
QJsonObject toJson(const AccountForm &form); ///< {instructions, url, fields}
QJsonObject toJson(const AccountAnswer &answer); ///< {created, address, form, refusal}
/// {kind, accountDomain, accountName, contact, contactName, hasToken}: the token itself stays where it came from.
QJsonObject toJson(const Invitation &invitation);

} // namespace planb::rpc
