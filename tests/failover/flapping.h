// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/failover/trials.h"

namespace planb::failover {

struct FlapPlan {
    std::chrono::seconds duration{60};
    Millis half{500}; ///< so long down, so long up
    Millis interval{200}; ///< between two messages of one person
    bool byReset = false; ///< down: resets instead of silence
    ArenaOptions arena = {};
};

struct FlapReport {
    qsizetype messages = 0;
    qsizetype attempts = 0;
    bench::Times confirmed; ///< from saying to knowing of the delivery
    std::chrono::seconds duration{0};
    int tierChanges = 0; ///< both people
    int mostIn30s = 0; ///< tier changes of one person within any 30 s
    Violations violations;
    QString backup;

    double tierChangesPer30s() const; ///< of one person, on average
    QJsonObject toJson() const;
    QString toText() const;
};

/// Two people talk while the network to the primary goes and comes. Needs a PrivateNetwork.
test::Outcome<FlapReport> runFlapping(const FlapPlan &plan, const Audience &audience);

/// The most of `times` (rising) that lie within any 30 s.
int mostWithin30s(const QList<MonoTime> &times);

} // namespace planb::failover
