// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/messenger/messenger_types.h"

#include <QStringView>

#include <optional>

namespace planb {

/// The way back from nameOf(KeyStorage).
std::optional<KeyStorage> keyStorageFromName(QStringView name);

} // namespace planb
