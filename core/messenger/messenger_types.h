// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/chat_state.h"
#include "core/model/contact.h"
#include "core/model/message.h"
#include "core/model/person.h"
#include "core/model/transport_config.h"
#include "core/transport/transport.h"

#include <QList>

#include <optional>

namespace planb {

/// Where the key of the profile's database is kept.
enum class KeyStorage {
    Keyring, ///< the operating system's keyring
    File, ///< a file with mode 0600 in the profile: no keyring was there
    Passphrase, ///< wrapped by a passphrase (Argon2id); unlock() is needed at each start
};
QString nameOf(KeyStorage storage); ///< "keyring", "file", "passphrase"

struct ProfileInfo {
    QString name;
    std::optional<QString> fingerprint; ///< absent until the profile has keys of its own
    QString version; ///< of this program
    KeyStorage keyStorage = KeyStorage::File;
};

/// A transport as front ends see it: no secrets.
struct TransportStatus {
    TransportId id;
    TransportKind kind = TransportKind::Xmpp;
    QString label;
    QString address;
    bool enabled = true;
    LinkState link;
    WallTime since; ///< when the link came into its phase
    bool inUse = false; ///< a message sent now would go this way
};

struct ConversationSummary {
    ConversationId id;
    ContactId contact;
    QString title;
    qint64 unread = 0;
    std::optional<Message> lastMessage;
    std::optional<MessageId> oldestUnread = {}; ///< the first unread one in the order of the page, wherever that is
};

struct SentMessage {
    MessageId message;
    ConversationId conversation;
};

struct AddedContact {
    ContactId contact;
    ConversationId conversation;
};

struct MessageWay {
    MessageState state = MessageState::Queued;
    QList<Attempt> attempts; ///< oldest first
};

/// What is known of whoever is at an address.
struct PersonStatus {
    Person person;
    Availability availability = Availability::Offline;
    QList<ListedPerson> lists; ///< of our accounts that have them on their list
};

/// To somebody who asks to see when we are there.
enum class RequestAnswer { Accept, Decline, Block };

struct TransportTest {
    bool ok = false;
    QList<ConnectStep> steps;
};

/// Transports that would fail together.
struct SharedRoutes {
    QList<TransportId> transports; ///< two or more, in order of priority
    QString what; ///< "domain", "operator", "addressRange", "network"; see core/delivery/independence.h
    QString name; ///< of what they share: "example.org", "203.0.113.0/24", "lan"
};

/// What delivery has learned of one enabled transport since the program started.
struct LinkStatus {
    TransportId transport;
    QString sight; ///< "down", "ready", "suspect": what messages find, whatever phase the transport is in
    Micros hopTimeout{0}; ///< without an answer for so long, messages go on by the next route
    int losses = 0; ///< in the last ten minutes, as far as they count against it
    std::optional<WallTime> heldUntil; ///< it is back, and has to prove itself until then
    int open = 0; ///< messages it owes an answer for

    bool operator==(const LinkStatus &) const = default;
};

/// The same of one way to one person: a transport of the chain and one of their addresses.
struct PathStatus {
    ContactId contact;
    TransportId transport;
    Address address;
    /// "open"; "ejected": messages got lost there, so it is used only if nothing better is open; "resting": the address
    /// or its server refused, it is not used.
    QString state;
    std::optional<WallTime> until; ///< of ejected and resting
    double successRate = 1.0; ///< of the last messages, 0 to 1
    Micros endToEndTimeout{0}; ///< without a confirmation for so long, a message may be repeated elsewhere
    std::optional<FailureCode> lastFailure;
    bool inUse = false; ///< the last message to this person went by this transport, and so does the next

    bool operator==(const PathStatus &) const = default;
};

/// The messages that delivery works on, each counted once.
struct OutboxStatus {
    int waiting = 0; ///< no way is open
    int open = 0; ///< given to a transport that has not answered
    int unconfirmed = 0; ///< a server took it, the other person has not confirmed it
    int stalled = 0; ///< a question to the user

    bool operator==(const OutboxStatus &) const = default;
};

struct DeliveryStatus {
    QList<LinkStatus> links; ///< in order of priority
    QList<PathStatus> paths; ///< by contact, then in the order in which they are tried
    OutboxStatus outbox;
    int repeatsLeft = 0; ///< so many messages may be repeated now for no other reason than a slow confirmation

    bool operator==(const DeliveryStatus &) const = default;
};

struct StatusSummary {
    QList<TransportStatus> transports; ///< in order of priority
    qint64 queued = 0; ///< outgoing messages in state Queued or Sending
    std::optional<WallTime> oldestQueuedAt;
    int independentRoutes = 0; ///< so many of the enabled transports share nothing that is known here
    QList<SharedRoutes> sharedRoutes;
    DeliveryStatus delivery;
};

/// From now on messages to `contact` take another transport than before.
struct RouteSwitch {
    ContactId contact;
    TransportId from;
    TransportId to;
    QString reason; ///< name of a FailureCode, or "Recovered", "ChainChanged"
    WallTime at;
};

/// Delivery rules the user may change. Stored in the profile.
struct DeliveryPolicy {
    /// How long a better transport must have been back before messages return to it; doubled for each
    /// loss within ten minutes. 0 to 3,600,000 ms.
    Millis returnAfter{30'000};
};

/// What others are told of this user and of the program. Stored in the profile.
struct PrivacyPolicy {
    bool sendsReadMarks = true; ///< how far was read; also asks others for theirs
    bool showsTyping = true;
    bool tellsVersion = false; ///< to whoever asks: name and version, nothing of the system

    bool operator==(const PrivacyPolicy &) const = default;
};

} // namespace planb
