// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/messenger/own_streams.h"
#include "core/model/contact.h"
#include "core/model/message.h"
#include "core/store/store.h"
#include "core/transport/archive.h"
#include "core/transport/transport.h"

#include <optional>

namespace planb {

/// Takes what transports receive into the store: finds or makes the contact, recognises repeats, notes what came of
/// which stream, and which of our own messages arrived. Everything is committed in one transaction before a
/// method returns.
class Inbox
{
public:
    /// A message of ours that the other side has.
    struct Confirmed {
        MessageId message;
        /// The way the confirmation came, if the message went that way too: then it is the way it arrived.
        std::optional<TransportId> via;
        bool isNews = false; ///< what is shown of it changed
    };
    /// A message of ours that has to go out once more, under another number.
    struct Moved {
        MessageId message;
        StreamPlace place;
    };
    struct News {
        Contact contact;
        bool contactChanged = false; ///< new, or known from now on to remove repeats
        QList<Confirmed> confirmed;
        QList<Moved> moved;
    };
    struct Taken : News {
        bool isRepeat = false;
        std::optional<Message> added; ///< a new message to show
        bool gapOpened = false; ///< messages right before it are missing
        std::optional<MessageId> changed; ///< the message that looks different now
        QList<MessageId> read; ///< what this user has seen, as they wrote with another client afterwards
    };

    Inbox(store::Store &store, OwnStreams &streams) : m_store(store), m_streams(streams) {}

    /// One entry for each message, in their order; all of them are stored, or none. Makes contacts of strangers.
    Result<QList<Taken>> take(const QList<Incoming> &incoming, const RouteLabel &route, WallTime now);
    /// Nothing for a stranger: we never wrote to one whom we do not know.
    Result<std::optional<News>> take(const Acknowledgement &acknowledgement, const RouteLabel &route);
    /// Of a receipt for this message, which went to this contact; or of a mark that everything up to it was read.
    Result<News> confirm(const Contact &contact, MessageId message, const Report &report, const RouteLabel &route);

    struct TakenPage {
        QList<Taken> messages; ///< one for each of the page's
        QList<News> news; ///< of its acknowledgements and reports
    };
    /// All of a page, and the mark that it brings, in one step. `account` is whose archive it is.
    Result<TakenPage> take(const ArchivePage &page, const RouteLabel &route, const QString &account, WallTime now);

private:
    Result<std::optional<News>> takeReport(const Report &report, const RouteLabel &route);
    Result<Taken> takeOne(const Incoming &incoming, const RouteLabel &route, WallTime now);
    Result<Contact> contactFor(const Address &from, WallTime now, bool &isNew);
    Result<void> learnRemovesRepeats(News &news);
    Result<void> takeAcks(News &news, const QList<StreamAck> &acks, const RouteLabel &route);
    Result<void> noteContent(Taken &taken, const Incoming &incoming, const std::optional<Message> &stored);
    Result<void> confirm(News &news, MessageId message, const RouteLabel &route,
                         MessageState state = MessageState::Delivered);
    Result<void> moveForgotten(News &news, const StreamAck &ack);

    store::Store &m_store;
    OwnStreams &m_streams;
};

} // namespace planb
