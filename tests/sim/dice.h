// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/random.h"

#include <cstdint>
#include <vector>

namespace planb::sim {

/// Chance for one purpose: the same throws for the same seed and purpose, whatever else is thrown elsewhere.
class Dice
{
public:
    Dice(std::uint64_t seed, std::uint64_t purpose) : m_random(seed * 0x9E3779B97F4A7C15ULL + purpose) {}

    std::uint64_t next() { return m_random.next(); }
    bool chance(double probability) { return m_random.uniform() < probability; }
    std::size_t pick(std::size_t count) { return static_cast<std::size_t>(m_random.next() % count); }
    int between(int low, int high) { return low + static_cast<int>(pick(static_cast<std::size_t>(high - low + 1))); }
    Micros time(Micros low, Micros high)
    {
        const auto width = static_cast<std::uint64_t>((high - low).count()) + 1;
        return low + Micros(static_cast<Micros::rep>(m_random.next() % width));
    }
    /// Short ones as often as long ones: each power of two between the two is as likely as the next.
    Micros timeOfAnyLength(Micros low, Micros high)
    {
        int doublings = 0;
        while (low.count() << (doublings + 1) <= high.count())
            ++doublings;
        const Micros from = low * (1LL << pick(static_cast<std::size_t>(doublings) + 1));
        return std::min(high, time(from, 2 * from));
    }
    template<class T>
    const T &oneOf(const std::vector<T> &all)
    {
        return all[pick(all.size())];
    }

private:
    SeededRandom m_random;
};

} // namespace planb::sim
