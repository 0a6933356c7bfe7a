// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/delivery/simulation.h"

#include <gtest/gtest.h>

namespace planb::delivery::test {
namespace {

constexpr std::uint64_t kStories = 2'000;
constexpr std::uint64_t kBatches = 8;
constexpr int kSteps = 300;

/// Tells the story once more, for whoever has to find out why it ended badly.
std::string toldAgain(std::uint64_t seed)
{
    Simulation story(seed, Simulation::Keep::Text);
    story.run(kSteps);
    story.calmDown();
    return "seed " + std::to_string(seed) + "\n" + story.text();
}

class EngineProperty : public testing::TestWithParam<std::uint64_t>
{};

TEST_P(EngineProperty, KeepsItsPromisesWhateverHappens)
{
    const std::uint64_t first = GetParam() * (kStories / kBatches);
    for (std::uint64_t seed = first; seed < first + kStories / kBatches; ++seed) {
        Simulation story(seed);
        story.run(kSteps);
        story.calmDown();
        ASSERT_EQ(story.complaint(), "") << toldAgain(seed);
    }
}

INSTANTIATE_TEST_SUITE_P(Stories, EngineProperty, testing::Range<std::uint64_t>(0, kBatches));

TEST(EngineProperties, TellsTheSameStoryForTheSameSeed)
{
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        Simulation once(seed);
        Simulation again(seed);
        for (Simulation *story : {&once, &again}) {
            story->run(kSteps);
            story->calmDown();
        }
        ASSERT_FALSE(once.log().empty());
        ASSERT_TRUE(once.log() == again.log()) << "seed " << seed;
    }
}

} // namespace
} // namespace planb::delivery::test
