// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <functional>

namespace planb::test {

/// Long enough for a busy machine; a test that passes never waits this long.
inline constexpr Millis kPatience{10'000};

/// Runs the event loop until `condition` holds, looking after each round of events and at least every 5 ms.
/// False if `limit` passes first. For tests and tools only: production code never spins a loop.
bool waitUntil(const std::function<bool()> &condition, Millis limit = kPatience);

} // namespace planb::test
