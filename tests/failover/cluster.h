// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/figures.h"
#include "tests/failover/audience.h"
#include "tests/failover/history_checker.h"
#include "tests/testkit/outcome.h"

#include <QJsonObject>

namespace planb::failover {

struct ClusterPlan {
    int kills = 10;
    Millis interval{200}; ///< between two messages of one person; the archive of the built-in database takes no more
};

/// What it cost that nodes of a cluster were killed.
struct ClusterReport {
    int kills = 0;
    int killsOfBoth = 0; ///< of these, of a node that served both people; the others served one of them
    bench::Times back; ///< of each client that was thrown out: from the kill to its being ready on the other node
    bench::Times confirmed; ///< of messages said within 2 s around the kill: from saying to knowing of the delivery
    bench::Times whole; ///< from the start of a killed node to both nodes' knowing each other
    qsizetype messages = 0; ///< all
    Violations violations;

    QJsonObject toJson() const;
    QString toText() const;
};

/// Two people with one account each on one cluster of two ejabberds talk without a pause, while the nodes are killed
/// with SIGKILL one after the other and brought back. Needs a PrivateNetwork.
test::Outcome<ClusterReport> runCluster(const ClusterPlan &plan, const Audience &audience);

} // namespace planb::failover
