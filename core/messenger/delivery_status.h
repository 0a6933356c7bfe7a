// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/delivery/report.h"
#include "core/messenger/messenger_types.h"

namespace planb {

/// The engine's report as front ends see it: times by the wall clock of `clock`, names instead of numbers.
DeliveryStatus deliveryStatus(const delivery::Report &report, const Clock &clock);

} // namespace planb
