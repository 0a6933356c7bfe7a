// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <cstdint>

namespace planb {

/// A source of random numbers, so that jitter and identifiers replay from a seed in tests.
/// Keys never come from here: they are made by libsodium in core/crypto.
class Random
{
public:
    virtual ~Random() = default;
    virtual std::uint64_t next() = 0;

    /// Uniform in [0, 1).
    double uniform();
    QByteArray bytes(qsizetype count);
};

/// The operating system's generator.
class SystemRandom final : public Random
{
public:
    std::uint64_t next() override;
};

/// splitmix64: the same numbers from the same seed on every platform. For tests and simulation.
class SeededRandom final : public Random
{
public:
    explicit SeededRandom(std::uint64_t seed) : m_state(seed) {}
    std::uint64_t next() override;

private:
    std::uint64_t m_state;
};

} // namespace planb
