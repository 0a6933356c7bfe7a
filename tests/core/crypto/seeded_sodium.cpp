// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/crypto/seeded_sodium.h"

#include "core/base/random.h"

#include <sodium.h>

#include <algorithm>
#include <cstdlib>

namespace planb::test {

namespace {

SeededRandom &source()
{
    static SeededRandom random(0);
    return random;
}

std::uint32_t nextNumber()
{
    return static_cast<std::uint32_t>(source().next());
}

void fill(void *to, std::size_t size)
{
    const QByteArray bytes = source().bytes(static_cast<qsizetype>(size));
    std::copy(bytes.begin(), bytes.end(), static_cast<char *>(to));
}

// libsodium asks for a name, and keeps the pointer to all this.
randombytes_implementation s_seeded{[] { return "seeded"; }, nextNumber, nullptr, nullptr, fill, nullptr};

} // namespace

SeededSodium::SeededSodium(std::uint64_t seed)
{
    // Getting ready takes a random number, and happens once in a process: it must not be one of these.
    if (sodium_init() < 0)
        std::abort();
    source() = SeededRandom(seed);
    randombytes_set_implementation(&s_seeded);
}

SeededSodium::~SeededSodium()
{
    randombytes_set_implementation(&randombytes_sysrandom_implementation);
}

} // namespace planb::test
