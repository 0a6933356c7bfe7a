// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/transport_contract.h"
#include "tests/transports/xmpp/xmpp_world.h"

namespace planb::test {

namespace {

const TransportWorldMaker kProsody{"Prosody", [] { return std::make_unique<ProsodyWorld>(); }, &Prosody::whatIsMissing};

} // namespace

INSTANTIATE_TEST_SUITE_P(Xmpp, TransportContract, testing::Values(kProsody), transportWorldName);

} // namespace planb::test
