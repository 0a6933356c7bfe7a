// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/failover/scenario.h"

#include "tests/failover/private_network.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace planb::failover {

using test::Outcome;

namespace {

constexpr Millis kHalfOfFiftyMs{25};

Outcome<void> clearNetwork(Arena &)
{
    return PrivateNetwork::clear();
}

Outcome<void> nothing(Arena &)
{
    return {};
}

Scenario killed()
{
    return {u"killed"_s,
            u"the primary's process is killed"_s,
            false,
            {},
            [](Arena &arena) {
                arena.primary().kill9();
                return Outcome<void>();
            },
            [](Arena &arena) { return arena.primary().start(); }};
}

Scenario frozen()
{
    return {u"frozen"_s,
            u"the primary's process is stopped: connections stay open, nothing answers"_s,
            false,
            {},
            [](Arena &arena) {
                arena.primary().freeze();
                return Outcome<void>();
            },
            [](Arena &arena) {
                arena.primary().thaw();
                return Outcome<void>();
            }};
}

Scenario reset()
{
    return {u"reset"_s,
            u"the network answers with resets for the primary"_s,
            true,
            {},
            [](Arena &arena) { return PrivateNetwork::reset({arena.primaryDoor()}); },
            clearNetwork};
}

Scenario blackhole()
{
    return {u"blackhole"_s,
            u"packets to and from the primary vanish; round trip 50 ms"_s,
            true,
            {kHalfOfFiftyMs},
            [](Arena &arena) { return PrivateNetwork::drop({arena.primaryDoor()}); },
            clearNetwork};
}

Scenario cut()
{
    return {u"cut"_s,
            u"all connections to the primary are lost, new ones work; round trip 50 ms"_s,
            false,
            {.delay = kHalfOfFiftyMs, .proxies = true},
            [](Arena &arena) {
                arena.loseConnections();
                return Outcome<void>();
            },
            nothing};
}

Scenario forgets()
{
    return {u"forgets"_s,
            u"the primary acknowledges messages and forgets them"_s,
            false,
            {},
            [](Arena &arena) { return arena.setForgetful(true); },
            [](Arena &arena) { return arena.setForgetful(false); }};
}

} // namespace

const QList<Scenario> &scenarios()
{
    static const QList<Scenario> all{killed(), frozen(), reset(), blackhole(), cut(), forgets()};
    return all;
}

std::optional<Scenario> scenarioNamed(const QString &name)
{
    const auto found = std::find_if(scenarios().begin(), scenarios().end(),
                                    [&](const Scenario &scenario) { return scenario.name == name; });
    return found == scenarios().end() ? std::nullopt : std::optional(*found);
}

} // namespace planb::failover
