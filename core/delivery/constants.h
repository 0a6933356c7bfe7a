// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/backoff.h"
#include "core/base/rtt_estimator.h"
#include "core/model/transport_kind.h"

namespace planb::delivery {

/// How patient we are with one kind of transport.
struct KindConstants {
    TimeoutBounds hop; ///< until the next hop takes responsibility
    TimeoutBounds endToEnd; ///< until the other person's device confirms
    Millis latencyClass; ///< how long a healthy delivery may take; spaces the rounds of repeats
    Millis ackDelay; ///< how long an acknowledgement waits for a message that could carry it
};

const KindConstants &constantsOf(TransportKind kind);

/// A person whose client spoke within this time is taken to be at the other end right now.
inline constexpr Millis kOnlineWithin{90'000};
/// … and within this time to be there soon.
inline constexpr Millis kRecentWithin{15 * 60'000};
/// Wait before a repeat to somebody heard of recently, or not at all.
inline constexpr Millis kRecentPatience{15'000};
inline constexpr Millis kAwayPatience{60'000};
inline constexpr Millis kLongestRound{24 * 3'600'000};

/// So many messages are acknowledged without delay.
inline constexpr int kAckAtOnce = 16;
/// Repeats of what is already here are answered no more often than this, for each person.
inline constexpr Millis kRepeatAckInterval{1'000};
/// A message is taken for lost when so many later ones of its stream have arrived without it.
inline constexpr quint64 kMissingAfterLater = 3;
/// … but not for ever: after so many repeats it waits for its rounds, whatever the other side says.
inline constexpr int kMostMissingRepeats = 4;

/// A link that was lost must have been back this long before messages return to it (the user can change it) …
inline constexpr Millis kReturnAfter{30'000};
/// … doubled for every loss within kLossMemory, up to kLongestHold.
inline constexpr Millis kLossMemory{10 * 60'000};
inline constexpr Millis kLongestHold{10 * 60'000};

/// While it is held it carries nothing that would show whether it works: it is asked this often, and an answer that
/// fails to come is the next loss.
inline constexpr Millis kHeldProbeInterval{5'000};

/// A path whose address was refused rests this long, doubled each time, up to kLongestRest.
inline constexpr Millis kUnknownRest{3'600'000};
inline constexpr Millis kUnavailableRest{60'000};
inline constexpr Millis kLongestRest{24 * 3'600'000};
/// A path whose server asked us to slow down.
inline constexpr BackoffPolicy kBusyBackoff{Millis(500), 1.6, 0.2, Millis(60'000)};

/// Messages that find no way make waiting transports try at once, but not more often than this.
inline constexpr Millis kNudgeInterval{5'000};

/// Open attempts per link; more wait their turn, so that a burst does not sit in one socket's buffer.
inline constexpr int kWindow = 200;

/// How many repeats on mere suspicion are free, and how many delivered messages earn another one.
inline constexpr int kHedgeCapacity = 20;
inline constexpr int kDeliveriesPerHedge = 20;

/// A path is ejected after so many unconfirmed messages in a row, or when too few of the last ones were confirmed …
inline constexpr int kEjectAfterFailures = 5;
inline constexpr double kEjectBelow = 0.5;
inline constexpr int kEjectMinOutcomes = 10;
inline constexpr double kOutcomeWeight = 0.1; ///< of one outcome: about the last 20 count
/// … for so long, times the number of ejections.
inline constexpr Millis kEjection{30'000};
inline constexpr Millis kLongestEjection{300'000};

/// A link whose hop timeouts were wrong for more than one in kSpuriousShare of kOutcomesPerReview delivered messages
/// waits longer from then on, for kLossMemory.
inline constexpr int kOutcomesPerReview = 200;
inline constexpr int kSpuriousShare = 20;
inline constexpr Millis kRaisedFloor{750}; ///< the first raise …
inline constexpr Millis kHighestFloor{2'000}; ///< … times 1.5 each time, up to this

/// Links lost within this time of each other share one outage of the local network …
inline constexpr Millis kOutageWithin{3'000};
/// … which is believed no more often than this.
inline constexpr Millis kOutageSpacing{60'000};

/// A contact must have been out of reach of every unmetered route this long before money is spent unasked.
inline constexpr Millis kMeteredAfter{120'000};
inline constexpr Millis kSpendingDay{24LL * 3'600'000};
inline constexpr Millis kSpendingMonth{30LL * 24 * 3'600'000};

/// A message without progress for so long is put before the user.
inline constexpr Millis kGiveUpAfter{30LL * 24 * 3'600'000};

} // namespace planb::delivery
