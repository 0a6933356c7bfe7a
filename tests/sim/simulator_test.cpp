// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/theatre.h"

#include <gtest/gtest.h>

namespace planb::sim::test {

namespace {

void expectKept(Mode mode, std::uint64_t from, std::uint64_t count)
{
    Theatre theatre;
    for (std::uint64_t seed = from; seed < from + count; ++seed) {
        const Outcome outcome = theatre.play(planFor(seed, mode));
        EXPECT_EQ(outcome.complaint, "") << "planb-sim --seed " << seed << " --mode " << nameOf(mode) << " --trace";
    }
}

} // namespace

TEST(Simulator, FindsEveryPromiseKeptWhenTheFaultsEnd)
{
    expectKept(Mode::Liveness, 1, 15);
}

// A contact that was removed and added again; a death between a confirmation and the end of its outbox row; one between
// writing and syncing, and a repeat of what was written.
TEST(Simulator, FindsThePromisesKeptThatItOnceFoundBroken)
{
    for (const std::uint64_t seed : {20, 213, 938})
        expectKept(Mode::Liveness, seed, 1);
}

TEST(Simulator, FindsEveryPromiseKeptWhileTheFaultsGoOn)
{
    expectKept(Mode::Safety, 1, 6);
}

TEST(Simulator, PlaysTheSameStoryForTheSameSeed)
{
    Theatre theatre;
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        const Plan plan = planFor(seed, Mode::Liveness);
        const Outcome first = theatre.play(plan);
        EXPECT_GT(first.traceLines, 10U);
        EXPECT_EQ(first.traceHash, theatre.play(plan).traceHash) << "seed " << seed;
    }
}

} // namespace planb::sim::test
