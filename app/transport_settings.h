// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/arguments.h"

#include <QJsonObject>

namespace planb::ctl {

/// The options of "transport add" and "transport update" that set something at the server's side.
QList<Option> xmppSettingOptions();

/// Settings from those options, as far as they were given. The error is one sentence. No password: that never
/// stands among the arguments.
Expected<QJsonObject, QString> xmppSettings(const Arguments &arguments);

} // namespace planb::ctl
