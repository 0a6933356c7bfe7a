// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/testkit/stage.h"

#include <QJsonObject>

namespace planb::bench {

/// What a part of the benchmark found: figures for programs and lines for people.
struct Finding {
    QJsonObject json;
    QStringList lines;
};

/// One message at a time through a healthy server: PlanB (both stores durable) beside two bare XMPP clients, in turn.
test::Outcome<Finding> measureLatency(test::Stage &stage, int messages);

enum class Fault { Killed, Frozen };
/// From the fault (and a message sent at that moment) to its arrival over the backup, `trials` times.
test::Outcome<Finding> measureSwitch(test::Stage &stage, Fault fault, int trials);

/// As many messages as fast as they are taken, one way.
test::Outcome<Finding> measureBurst(test::Stage &stage, int messages);

/// The engine with its store and a server that answers at once, in this process: messages sent, received, repeated.
test::Outcome<Finding> measureThroughput(int messages);

/// Sealing a message and opening it, beginning a session, and the cipher alone, in this process and without a store.
test::Outcome<Finding> measureSealing(int messages);

} // namespace planb::bench
