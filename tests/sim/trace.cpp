// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/trace.h"

#include <cstdio>

namespace planb::sim {

void Trace::line(const std::string &when, const std::string &what)
{
    ++m_lines;
    for (const std::string *part : {&when, &what}) {
        for (const char c : *part) // FNV-1a
            m_hash = (m_hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
    }
    if (m_keep == Keep::Print)
        std::printf("%s  %s\n", when.c_str(), what.c_str());
}

} // namespace planb::sim
