// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/demo/ledger.h"
#include "tests/demo/timeline.h"
#include "tests/testkit/person.h"

#include <QJsonObject>

namespace planb::demo {

/// The whole of a run, in numbers.
struct Summary {
    qsizetype sent = 0;
    qsizetype arrived = 0; ///< shown to the other at least once
    Difference live; ///< what was announced while it happened, both directions
    Difference stored; ///< what both histories hold in the end, each side's own messages included
    qsizetype undelivered = 0; ///< their author was never told that they arrived, or the history says otherwise
    Millis median{0}; ///< sent to shown, all messages
    QList<RoundFigures> rounds;
    Millis returnAfter{0}; ///< the policy of this run

    /// Everything exactly once, unchanged, in order, and the authors know. The order of announcements is free: a
    /// message held up by a fault may be announced late, and stands in its place in the history all the same.
    bool isFlawless() const;
};

test::Outcome<Summary> summarise(const Ledger &ledger, test::Person &first, test::Person &second);
void print(const Summary &summary, const Timeline &timeline);
QJsonObject toJson(const Summary &summary);

} // namespace planb::demo
