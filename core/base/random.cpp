// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/random.h"

#include <QRandomGenerator>

#include <algorithm>
#include <cstring>

namespace planb {

double Random::uniform()
{
    // 53 bits: every double in [0, 1) that is a multiple of 2^-53.
    return static_cast<double>(next() >> 11U) * 0x1.0p-53;
}

QByteArray Random::bytes(qsizetype count)
{
    QByteArray out(count, Qt::Uninitialized);
    for (qsizetype at = 0; at < count; at += 8) {
        const std::uint64_t word = next();
        std::memcpy(out.data() + at, &word, static_cast<std::size_t>(std::min<qsizetype>(8, count - at)));
    }
    return out;
}

std::uint64_t SystemRandom::next()
{
    return QRandomGenerator::system()->generate64();
}

std::uint64_t SeededRandom::next()
{
    m_state += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = m_state;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
}

} // namespace planb
