// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/failure.h"
#include "core/base/id.h"
#include "core/model/address.h"
#include "core/model/wire_id.h"

#include <QString>
#include <QStringList>
#include <QStringView>

#include <optional>

namespace planb {

enum class Direction { In, Out };

/// What a message's author is told. Never moves back; mayFollow() is the table.
///
/// | state     | means                                                                          |
/// |-----------|--------------------------------------------------------------------------------|
/// | Queued    | stored; nothing has left this computer                                         |
/// | Sending   | handed to at least one transport, nobody has taken responsibility yet           |
/// | Sent      | a server took it                                                               |
/// | Stalled   | no way is left, or none for 30 days: the user is asked; progress clears it      |
/// | Failed    | no transport can ever carry it (with the reason in its attempts)                |
/// | Delivered | the other person's device has stored it                                        |
/// | Read      | the other person has seen it (incoming: this user has)                         |
enum class MessageState { Queued, Sending, Sent, Stalled, Failed, Delivered, Read };

/// Whether a message in state `from` may be shown as `to` next.
bool mayFollow(MessageState from, MessageState to);
QString nameOf(MessageState state); ///< "queued", …; public
std::optional<MessageState> messageStateFromName(QStringView name);

/// The way a message went, as far as one transport tells it. Keeps its label when the transport is removed.
struct RouteLabel {
    TransportId transport;
    QString label;
    TransportKind kind = TransportKind::Xmpp;

    bool operator==(const RouteLabel &) const = default;
};

/// The signs put to a message; see normalizedReactions().
struct Reactions {
    QStringList mine;
    QStringList theirs;

    bool operator==(const Reactions &) const = default;
};

/// What the user sees in a conversation.
struct Message {
    MessageId id;
    ConversationId conversation;
    ContactId contact;
    Direction direction = Direction::Out;
    QString text;
    WallTime sentAt; ///< by the author's clock; shown, never sorted by
    std::optional<WallTime> receivedAt; ///< incoming only
    MessageState state = MessageState::Queued;
    std::optional<RouteLabel> route;
    bool encrypted = false;
    bool verified = false;
    std::optional<MessageId> replyTo;
    /// Incoming: it stands above messages that were here before it came, so it has to be pointed at.
    bool late = false;
    /// Incoming: its author had seen a message of this conversation that has not come here (yet).
    bool missing = false;
    /// When its author wrote what `text` says now; absent: it says what it said first.
    std::optional<WallTime> correctedAt = {};
    bool retracted = false; ///< its author took it back; `text` is empty then
    Reactions reactions = {};
    /// Incoming: name of the encryption it came in and that is unknown here ("OMEMO"); `text` is what its author's
    /// client wrote for such cases, or empty.
    QString sealedBy = {};

    bool operator==(const Message &) const = default;
};

/// What a message said at some time.
struct MessageVersion {
    QString text;
    WallTime writtenAt;

    bool operator==(const MessageVersion &) const = default;
};

/// Progress of one try on one route.
///
/// | state    | means                                                                             |
/// |----------|-----------------------------------------------------------------------------------|
/// | Started  | handed to the transport                                                           |
/// | Accepted | the next hop took responsibility                                                  |
/// | Unsure   | no answer in time, or the link was lost: it may or may not have arrived           |
/// | Rejected | refused, with the failure                                                         |
enum class AttemptState { Started, Accepted, Unsure, Rejected };
QString nameOf(AttemptState state);
std::optional<AttemptState> attemptStateFromName(QStringView name);

/// One message on one route, once.
struct Attempt {
    AttemptId id;
    MessageId message;
    RouteLabel route;
    Address address;
    WallTime startedAt;
    AttemptState state = AttemptState::Started;
    std::optional<Failure> failure;
    std::optional<WallTime> finishedAt = {}; ///< when the last news of it came; absent while it is Started
    /// Why it was made after an earlier one: name of a FailureCode, "NoConfirmation", …; empty for the first.
    /// core/delivery/effect.h lists them.
    QString reason = {};

    bool operator==(const Attempt &) const = default;
};

} // namespace planb
