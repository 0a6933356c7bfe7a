// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/transport/fake_world.h"
#include "tests/testkit/transport_contract.h"

namespace planb::test {

INSTANTIATE_TEST_SUITE_P(Fake, TransportContract,
                         testing::Values(TransportWorldMaker{"Joined", [] { return std::make_unique<FakeWorld>(); }}),
                         transportWorldName);

} // namespace planb::test
