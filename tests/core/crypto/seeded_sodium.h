// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace planb::test {

/// As long as it lives, libsodium draws its random numbers from a seed: the same keys and nonces in each run, for frozen
/// vectors and fuzzing. The product has no such way; this calls libsodium from a test's own code. One at a time.
class SeededSodium
{
public:
    explicit SeededSodium(std::uint64_t seed);
    ~SeededSodium();
    SeededSodium(const SeededSodium &) = delete;
    SeededSodium &operator=(const SeededSodium &) = delete;
};

} // namespace planb::test
