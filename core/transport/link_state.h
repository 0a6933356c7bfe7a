// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/failure.h"

#include <QString>

#include <optional>

namespace planb {

/// State of a transport's live connection. Computed by the transport from facts, never assigned.
///
/// | phase      | means                                                        | left by                          |
/// |------------|--------------------------------------------------------------|----------------------------------|
/// | Off        | stopped                                                      | start()                          |
/// | Connecting | name look-up, TCP, TLS, login under way                      | success, failure, time-out       |
/// | Ready      | logged in and answering                                      | silence, loss                    |
/// | Suspect    | logged in, but an answer is overdue; a probe is on its way   | any answer, or silence: Waiting  |
/// | Waiting    | failed; tries again by itself at `retryAt`                   | the time comes, nudge()          |
/// | Blocked    | failed in a way that trying again cannot help                | new settings, nudge()            |
enum class LinkPhase { Off, Connecting, Ready, Suspect, Waiting, Blocked };

QString nameOf(LinkPhase phase);

struct LinkState {
    LinkPhase phase = LinkPhase::Off;
    std::optional<Failure> failure; ///< set in Waiting, Blocked, and in Connecting after a failure
    std::optional<WallTime> retryAt; ///< set in Waiting
    std::optional<Micros> rtt; ///< smoothed round trip to the server, when measured

    bool operator==(const LinkState &) const = default;
};

} // namespace planb
