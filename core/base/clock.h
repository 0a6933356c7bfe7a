// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <chrono>

namespace planb {

using Millis = std::chrono::milliseconds;
using Micros = std::chrono::microseconds;

/// Tag of the monotonic time line: never jumps, has no meaning across processes. Decides every timeout.
struct Monotonic {
    using duration = Micros;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<Monotonic>;
    static constexpr bool is_steady = true;
};
using MonoTime = Monotonic::time_point;

/// Wall-clock time, UTC, milliseconds since 1970-01-01. Shown and stored; never decides a timeout.
using WallTime = std::chrono::sys_time<Millis>;

constexpr qint64 toMillis(WallTime time)
{
    return time.time_since_epoch().count();
}
constexpr WallTime wallFromMillis(qint64 millis)
{
    return WallTime(Millis(millis));
}

/// Where shells get the time from. Pure classes take `now` as a parameter instead.
class Clock
{
public:
    virtual ~Clock() = default;
    virtual MonoTime now() const = 0;
    virtual WallTime wall() const = 0;
};

class SystemClock final : public Clock
{
public:
    MonoTime now() const override;
    WallTime wall() const override;
};

} // namespace planb
