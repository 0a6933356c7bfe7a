// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"
#include "core/base/result.h"
#include "core/model/stream.h"

#include <QList>

#include <optional>

namespace planb::store {

class Database;

/// What has come of each contact's streams, and which of our own messages an acknowledgement covers. Whether a message
/// is shown is never decided here: repeats are recognised by their wire ids.
class StreamRepository
{
public:
    /// Of one contact; those that something came of last are kept. A run of the other side's program makes one.
    static constexpr int kMaxStreams = 16;

    struct Taken {
        bool isNew = false; ///< the number was not covered before, and is now
        bool opensGap = false; ///< numbers right before it are missing, and it is the first to show it
    };

    explicit StreamRepository(Database &database) : m_database(database) {}

    /// A message of this contact with this place is on disk. InvalidArgument if there is no such contact.
    Result<Taken> take(ContactId contact, const StreamPlace &place);
    /// Of the streams that something came of last; the newest first.
    Result<QList<StreamAck>> newest(ContactId contact, qsizetype count);
    /// Whom perhaps nobody told what has come: something came since setAcknowledged().
    Result<QList<ContactId>> owed();
    Result<void> setAcknowledged(ContactId contact);
    /// What has come of the streams of `from` has come of those of `into` as well.
    Result<void> copy(ContactId from, ContactId into);
    /// The same, and `gone` has none any more.
    Result<void> join(ContactId gone, ContactId into);

    /// Our messages to this contact that went out, are not yet Delivered and are covered; the lowest number first.
    Result<QList<MessageId>> confirmedBy(ContactId contact, const StreamAck &ack);
    /// Our messages in the outbox for this contact with numbers that the other side was told to forget.
    Result<QList<MessageId>> waitingBelow(ContactId contact, const StreamAck &ack);

private:
    Result<std::optional<AckRanges>> ranges(ContactId contact, const StreamId &stream);
    Result<void> put(ContactId contact, const StreamAck &ack);
    Result<void> prune(ContactId contact);

    Database &m_database;
};

} // namespace planb::store
