// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/contact.h"
#include "core/model/message.h"
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

struct StatusSummary {
    QList<TransportStatus> transports; ///< in order of priority
    qint64 queued = 0; ///< outgoing messages in state Queued or Sending
    std::optional<WallTime> oldestQueuedAt;
    int independentRoutes = 0; ///< so many of the enabled transports share nothing that is known here
    QList<SharedRoutes> sharedRoutes;
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

} // namespace planb
