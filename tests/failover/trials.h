// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/figures.h"
#include "tests/failover/audience.h"
#include "tests/failover/scenario.h"

#include <QJsonObject>

namespace planb::failover {

/// What many strikes of one fault cost.
struct TrialReport {
    int trials = 0;
    bench::Times said; ///< of messages said right after the strike: from saying to knowing of the delivery
    bench::Times underWay; ///< the same, of messages said right before it
    int overPrimary = 0; ///< messages of both kinds that arrived over the primary all the same
    qsizetype messages = 0; ///< of both kinds
    qsizetype attempts = 0; ///< for these messages
    int tierChanges = 0; ///< from the strike to the confirmation, both people
    Violations violations;
    QString backup;

    QJsonObject toJson() const;
    QString toText() const;
};

/// Lets two people talk, breaks the primary, measures, mends it; `count` times, each with clients that know of no
/// earlier fault and messages that take the primary.
test::Outcome<TrialReport> runTrials(const Scenario &scenario, int count, const Audience &audience);

/// How often the messages were handed to a transport. Asks their authors.
test::Outcome<qsizetype> attemptsFor(RecordedTalk &talk, const QStringList &texts);

} // namespace planb::failover
