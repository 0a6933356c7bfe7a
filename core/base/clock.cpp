// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"

namespace planb {

MonoTime SystemClock::now() const
{
    using std::chrono::duration_cast;
    return MonoTime(duration_cast<Micros>(std::chrono::steady_clock::now().time_since_epoch()));
}

WallTime SystemClock::wall() const
{
    return std::chrono::time_point_cast<Millis>(std::chrono::system_clock::now());
}

} // namespace planb
