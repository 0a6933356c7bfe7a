// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/delivery/item.h"

#include <optional>
#include <vector>

namespace planb::delivery {

/// What the engine knows of one transport's link.
struct LinkReport {
    TransportId transport;
    LinkSight sight = LinkSight::Down;
    Micros hopTimeout{0};
    int losses = 0; ///< lately, unforgiven
    std::optional<MonoTime> heldUntil; ///< it is up, and proves itself until then
    std::optional<Failure> lastFailure; ///< why it is not Ready
    int open = 0; ///< attempts that it owes an answer for

    bool operator==(const LinkReport &) const = default;
};

enum class PathState {
    Open,
    Ejected, ///< used only if nothing better is open
    Resting, ///< the address or its server refused: not used
};

/// What it knows of one way to one contact.
struct PathReport {
    ContactId contact;
    Route route;
    PathState state = PathState::Open;
    std::optional<MonoTime> until; ///< of Ejected and Resting
    double successRate = 1.0; ///< of the last messages, 0 to 1
    Micros endToEndTimeout{0};
    std::optional<FailureCode> lastFailure; ///< why it rests, or rested last
    bool isCurrent = false; ///< messages to this contact go by this transport

    bool operator==(const PathReport &) const = default;
};

/// How far the messages are that the engine still works on. Each is counted once.
struct OutboxReport {
    int waiting = 0; ///< no route can take it now
    int open = 0; ///< handed to a transport that has not answered
    int unconfirmed = 0; ///< a hop took it, the other person has not confirmed it
    int stalled = 0; ///< put before the user

    bool operator==(const OutboxReport &) const = default;
};

struct Report {
    std::vector<LinkReport> links; ///< in the order of the chain
    std::vector<PathReport> paths; ///< by contact, then in the order in which they are tried
    OutboxReport outbox;
    int hedges = 0; ///< repeats on mere suspicion that the budget allows now

    bool operator==(const Report &) const = default;
};

} // namespace planb::delivery
