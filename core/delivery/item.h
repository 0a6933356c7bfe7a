// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/delivery/event.h"

#include <QString>

#include <map>
#include <optional>
#include <set>

namespace planb::delivery {

/// One way to a contact: one of my transports and one of their addresses of that kind.
struct Route {
    TransportId transport;
    Address address;

    bool operator==(const Route &) const = default;
    auto operator<=>(const Route &) const = default;
};

/// A message on its way, as far as routing is concerned.
struct Item {
    MessageId message;
    ContactId contact;
    qsizetype textBytes = 0;
    std::optional<TransportId> via;
    std::optional<StreamPlace> place;
    MonoTime giveUpAt{};
    bool accepted = false; ///< some hop took it
    bool bounced = false; ///< it came back: that a hop takes it again proves nothing
    bool doubtful = false; ///< the link was lost right after it had been accepted, or a repeat is overdue
    bool stalled = false; ///< put before the user
    int rounds = 0; ///< repeats for want of a confirmation
    QString reason; ///< of the next attempt; empty for the first
    std::set<Route> open; ///< an attempt is under way there
    std::map<Route, int> tried;
    std::set<TransportId> cannotCarry;
    std::set<TransportId> timedOutOn; ///< the hop timeout or a loss moved it on from there
    std::optional<Route> lastAccepted;
    MonoTime lastAcceptedAt{};
    /// When to act without any event: repeat, try a rested path, give up.
    std::optional<MonoTime> due;
    bool repeatWhenDue = false;
};

} // namespace planb::delivery
