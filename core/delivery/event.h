// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/failure.h"
#include "core/base/id.h"
#include "core/model/address.h"
#include "core/model/stream.h"

#include <optional>
#include <variant>
#include <vector>

namespace planb::delivery {

/// How a transport's link looks to the engine.
enum class LinkSight {
    Down, ///< off, connecting, waiting or blocked
    Ready,
    Suspect, ///< logged in, but not answering
};

/// How many messages a metered transport may send within 24 hours and 30 days. Nothing, unless the user says more.
struct SpendingLimits {
    int perDay = 0;
    int perMonth = 0;
};

/// One enabled transport of the chain.
struct ChainLink {
    TransportId id;
    TransportKind kind = TransportKind::Xmpp;
    QString domain; ///< of the own account; empty for kinds without one
    qsizetype maxTextBytes = 0;
    bool metered = false;
    SpendingLimits limits = {}; ///< of a metered one
};

/// The user's chain, in order of priority. Replaces the former one.
struct ChainChanged {
    std::vector<ChainLink> chain;
};
struct LinkChanged {
    TransportId transport;
    LinkSight sight = LinkSight::Down;
    std::optional<Failure> failure; ///< why it is down
    std::optional<Micros> rtt; ///< of the login, the first hint how fast the link answers
};
/// A contact as it is now. `addresses` in order of preference.
struct ContactChanged {
    ContactId contact;
    std::vector<Address> addresses;
    bool removesRepeats = false;
    bool mayCost = false; ///< the user allows metered transports for this person when nothing else works
};
/// The contact is gone; its items are forgotten.
struct ContactRemoved {
    ContactId contact;
};
/// `gone` is the same person as `into`, which is known already; its items are now that one's.
struct ContactJoined {
    ContactId gone;
    ContactId into;
};

/// A message to deliver: new, or found in the outbox at start (after the chain and the contacts have been told).
/// One that is already on its way is left alone.
struct ItemQueued {
    MessageId message;
    ContactId contact;
    qsizetype textBytes = 0;
    std::optional<TransportId> via; ///< the user chose this transport for it
    Millis age{0};
    bool accepted = false; ///< some hop took it in an earlier life
    std::optional<StreamPlace> place = {}; ///< by which the other side acknowledges it
};
/// A transport's answer to StartAttempt; exactly one for each.
struct HandedOver {
    AttemptId attempt;
    std::optional<Failure> failure;
};
/// The other person's client confirmed the message.
struct Delivered {
    MessageId message;
    std::optional<TransportId> via; ///< the way the confirmation came
};
/// A message came back after a hop had taken it. The engine may have forgotten it by then,
/// so it comes with all that is needed to take it up again.
struct Bounced {
    ItemQueued item;
    TransportId via;
    Address address;
    Failure failure;
};
/// Anything at all came from this person.
struct Heard {
    ContactId contact;
};
/// A message from this person is on disk, or was there already.
struct Received {
    ContactId contact;
    TransportId via;
    Address from;
    bool hasPlace = false; ///< its author's PlanB waits for an acknowledgement
    bool isRepeat = false;
    bool gapOpened = false; ///< something before it is missing
};
/// Something came from this person in an earlier life that has perhaps not been acknowledged.
struct AckOwed {
    ContactId contact;
};
/// What this person's PlanB has on disk of one stream. The messages it covers have been told as Delivered.
struct Acknowledged {
    ContactId contact;
    StreamAck ack;
};
/// The other side was told to forget the number this message had; it has another one now.
struct Moved {
    MessageId message;
    StreamPlace place;
};
/// A metered transport sent a message in an earlier life.
struct Spent {
    TransportId transport;
    Millis age{0};
};
struct ReturnAfterChanged {
    Millis returnAfter;
};
/// The time of nextWake() has come.
struct Woken {};

using Event =
    std::variant<ChainChanged, LinkChanged, ContactChanged, ContactRemoved, ContactJoined, ItemQueued, HandedOver,
                 Delivered, Bounced, Heard, Received, AckOwed, Acknowledged, Moved, Spent, ReturnAfterChanged, Woken>;

} // namespace planb::delivery
