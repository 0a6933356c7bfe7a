// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace planb::sim {

/// What happened, line by line: always as a hash, so that two runs can be compared, and as text where asked for.
class Trace
{
public:
    enum class Keep { Hash, Print };
    explicit Trace(Keep keep) : m_keep(keep) {}

    void line(const std::string &when, const std::string &what);
    std::uint64_t hash() const { return m_hash; }
    std::uint64_t lines() const { return m_lines; }

private:
    Keep m_keep;
    std::uint64_t m_hash = 0xCBF29CE484222325ULL;
    std::uint64_t m_lines = 0;
};

} // namespace planb::sim
