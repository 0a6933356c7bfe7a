// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/failover/audience.h"
#include "tests/failover/history_checker.h"
#include "tests/testkit/stage.h"

#include <QJsonObject>

namespace planb::failover {

struct KillPlan {
    int kills = 10;
    quint64 seed = 1; ///< decides who is killed and when; what runs at that moment is up to the machine
    int killsPerStage = 250; ///< then new servers and profiles, so that long runs do not measure long histories
    /// Between two messages of one person. Prosody's built-in archive holds 10,000 messages of one account, and beyond
    /// them writes its whole file again for each: a stage stays below that.
    Millis interval{50};
    Millis longestLife{400}; ///< of a client, from its first answer to the next kill
};

struct KillReport {
    int kills = 0;
    qsizetype messages = 0;
    Violations violations;
    QJsonObject restart; ///< {count, p50Ms, p99Ms, maxMs} from starting planbctl to its first answer

    QJsonObject toJson() const;
    QString toText() const { return violations.toText(); }
};

/// Two people talk without a pause over two servers while the client of one or the other is killed with SIGKILL and
/// started again.
test::Outcome<KillReport> runKillLoop(const KillPlan &plan, const Audience &audience);

} // namespace planb::failover
