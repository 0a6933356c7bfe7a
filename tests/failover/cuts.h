// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/failover/audience.h"
#include "tests/failover/history_checker.h"
#include "tests/testkit/outcome.h"

#include <chrono>

namespace planb::failover {

struct CutPlan {
    std::chrono::seconds duration{60}; ///< of the cut
    std::chrono::seconds kept{300}; ///< how long the server keeps a lost stream
    bool byReset = false; ///< connections are reset at its beginning, instead of falling silent
    bool onEjabberd = false;
    Millis interval{200}; ///< between two messages of one person, before, during and after it
};

struct CutReport {
    QString server;
    qsizetype sent = 0; ///< by the person with PlanB
    qsizetype received = 0; ///< by the same
    int resumed = 0; ///< streams that went on
    double backAfterMs = 0; ///< from the end of the cut to the link's being ready; 0 where it never was down
    double settledAfterMs = 0; ///< from the last message's being said, 3 s later, to everything's being there
    Violations violations; ///< lost and doubled only

    QJsonObject toJson() const;
    QString toText() const;
};

/// Somebody with PlanB and one transport talks with somebody whose client knows neither repeats nor resumption, while
/// the network between PlanB and the server is cut once. Needs a PrivateNetwork.
test::Outcome<CutReport> runCuts(const CutPlan &plan, const Audience &audience);

} // namespace planb::failover
