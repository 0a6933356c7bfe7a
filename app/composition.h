// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/messenger/messenger.h"

#include <memory>

namespace planb {

enum class Reach { Online, Offline };

/// The messenger with everything this program has built in: the one place where core and transports meet.
std::unique_ptr<Messenger> makeMessenger(const QString &profileFolder, Reach reach,
                                         std::optional<KeyStorage> keyStorage = {});

} // namespace planb
