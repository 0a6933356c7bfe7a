// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/transport_contract.h"
#include "tests/transports/xmpp/xmpp_world.h"

namespace planb::test {

namespace {

TransportWorldMaker littleServer(const char *name, bool streamManagement)
{
    return {name, [streamManagement] { return std::make_unique<LittleServerWorld>(streamManagement); }};
}

} // namespace

INSTANTIATE_TEST_SUITE_P(Xmpp, TransportContract,
                         testing::Values(littleServer("WithStreamManagement", true), littleServer("WithPings", false)),
                         transportWorldName);

} // namespace planb::test
