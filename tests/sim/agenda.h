// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <functional>
#include <vector>

namespace planb::sim {

/// What is going to happen, and what time it is. Happenings of one instant come in the order of their entry.
class Agenda
{
public:
    /// Not at zero: a time that was never set must not look like one that was.
    static constexpr MonoTime kBeginning{std::chrono::hours(1)};

    MonoTime now() const { return m_now; }
    void at(MonoTime when, std::function<void()> what);
    void after(Micros wait, std::function<void()> what) { at(m_now + wait, std::move(what)); }
    /// Lets the next one happen, if it comes before `end`; otherwise it is `end` now.
    bool runNext(MonoTime end);
    std::uint64_t count() const { return m_entered; }

private:
    struct Entry {
        MonoTime when;
        std::uint64_t place;
        std::function<void()> what;
    };
    static bool isLater(const Entry &a, const Entry &b);

    MonoTime m_now = kBeginning;
    std::uint64_t m_entered = 0;
    std::vector<Entry> m_heap;
};

} // namespace planb::sim
