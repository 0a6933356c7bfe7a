// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/model/content.h"
#include "core/model/message.h"
#include "core/model/stream.h"
#include "core/model/wire_id.h"

#include <QList>
#include <QString>

#include <optional>

namespace planb::store {

class Database;

/// The messages of all conversations. A message's place in its conversation is (order, direction, id), incoming
/// before outgoing: `order` is given by the author's client, so an author's messages stand in the order of sending
/// whatever the order of their arrival. Own messages, and those of clients that give no order, get 1 + the largest of
/// the conversation; own ones also of former conversations with the same person. So do orders of 0 or more than
/// kMaxOrderStep above the largest: one hostile number must not place everything written afterwards above it.
class MessageRepository
{
public:
    /// What the user wrote, before it has a row.
    struct OutgoingDraft {
        ConversationId conversation;
        ContactId contact;
        WireId wireId;
        QString text;
        WallTime sentAt;
        std::optional<MessageId> replyTo; ///< of the same conversation
        std::optional<StreamId> stream = {}; ///< it gets the next number of this one
        ContentKind kind = ContentKind::Text;
        std::optional<MessageId> target = {}; ///< of the same conversation; set unless kind is Text
        std::optional<TransportId> via = {}; ///< only by this one, if the user said so
    };

    /// What came in, before it has a row. Nothing in it is trusted.
    struct IncomingDraft {
        ConversationId conversation;
        ContactId contact;
        WireId wireId;
        QString text;
        std::optional<quint64> order; ///< given by the author's client
        WallTime sentAt;
        WallTime receivedAt;
        RouteLabel route;
        std::optional<WireId> replyTo;
        QList<WireId> parents = {}; ///< what the author had seen last; those after kMaxParents are left out
        Direction direction = Direction::In; ///< Out: this user sent it with another client
        ContentKind kind = ContentKind::Text;
        std::optional<WireId> target = {}; ///< set unless kind is Text; kept although nothing of that name is here
        std::optional<WireId> alias = {};
        bool wantsReadMark = false;
        QString sealedBy = {};
    };

    /// An outgoing message with what has to travel with it.
    struct OutgoingRow {
        Message message; ///< as it is shown
        WireId wireId;
        quint64 order = 0;
        std::optional<WireId> replyTo;
        std::optional<StreamPlace> place = {}; ///< as it is now: the base rises
        QList<WireId> parents = {}; ///< the newest of the conversation when it was written, the newest first
        QString text = {}; ///< as it was written: every copy that is sent says the same
        ContentKind kind = ContentKind::Text;
        std::optional<WireId> target = {};
        std::optional<MessageVersion> quoted = {}; ///< the message replied to, as it was written
        Direction quotedDirection = Direction::In;
        std::optional<TransportId> via = {}; ///< only by this one, if the user said so
    };

    static constexpr qint64 kMaxOrderStep = 1'000'000;
    static constexpr int kMaxPage = 500;

    explicit MessageRepository(Database &database) : m_database(database) {}

    /// Stores it as Queued. UnknownConversation; UnknownContact if the contact is not the conversation's or was
    /// removed; UnknownMessage if `replyTo` or `target` is not in the conversation.
    Result<Message> addOutgoing(const OutgoingDraft &draft);

    /// Stores it as Delivered, a Text unread, and late if its place is above a message that is here already; remembers
    /// its wire id for ever. Nothing if it is a repeat: its id was taken from this contact before; or neither this
    /// contact nor another one that has a message with the same id and the same text was added by the user (a stranger
    /// who writes over two servers is shown once).
    /// What this user sent with another client is stored as Sent; it is a repeat if a message to this contact has that id.
    /// UnknownConversation and UnknownContact as above.
    Result<std::optional<Message>> addIncoming(const IncomingDraft &draft);

    /// UnknownMessage if there is none.
    Result<Message> byId(MessageId id);
    /// UnknownMessage if there is none or it is an incoming one.
    Result<OutgoingRow> outgoing(MessageId id);
    /// The `limit` (1 to kMaxPage) messages before `before`, or the last ones; newest last. UnknownConversation;
    /// UnknownMessage if `before` is not in the conversation.
    Result<QList<Message>> page(ConversationId conversation, std::optional<MessageId> before, int limit);
    /// Gives an outgoing message the next number of another stream. UnknownMessage if there is none or it is an
    /// incoming one.
    Result<StreamPlace> moveTo(MessageId id, const StreamId &stream);
    /// By its wire id or its alias.
    Result<std::optional<MessageId>> findOutgoing(ContactId contact, const WireId &wireId);
    /// The message that an item of another kind than Text changes now; nothing while that message is not here, and if
    /// the item is not its author's.
    Result<std::optional<MessageId>> targetOf(MessageId item);
    /// What a message said, the oldest first, also of one that was taken back. UnknownMessage if there is none.
    Result<QList<MessageVersion>> versions(MessageId id);

    /// Moves an outgoing message to `state` where mayFollow() allows it, with the route if there is one; tells whether
    /// it did. UnknownMessage if there is none or it is an incoming one.
    Result<bool> advance(MessageId id, MessageState state, const std::optional<RouteLabel> &route);
    /// The incoming messages up to the place of `upTo` become Read; those that were unread, in the order of the page.
    /// UnknownMessage if `upTo` is not in the conversation.
    Result<QList<MessageId>> markRead(ConversationId conversation, MessageId upTo);

    /// Own messages that went out, up to the place of `upTo`, and are not known to have been read; the newest first, at
    /// most kMaxPage.
    Result<QList<MessageId>> notReadUpTo(MessageId upTo);
    /// How the author of an incoming message calls it, if they asked to be told that it was seen.
    Result<std::optional<WireId>> readMarkFor(MessageId id);

    /// Outgoing messages in state Queued or Sending.
    Result<qint64> queuedCount();
    /// When the oldest of them was written.
    Result<std::optional<WallTime>> oldestQueuedAt();

private:
    struct Place {
        qint64 order = 0;
        int direction = 0;
    };

    Result<void> checkConversation(ConversationId conversation, ContactId contact);
    Result<Place> placeOf(MessageId id, ConversationId conversation);
    Result<qint64> largestOrder(ConversationId conversation);
    Result<std::optional<QString>> wireIdOf(std::optional<MessageId> message, ConversationId conversation);
    Result<QString> newestWireIds(ConversationId conversation);
    Result<bool> isRepeat(const IncomingDraft &draft);
    Result<std::optional<QString>> canonicalTarget(const IncomingDraft &draft);
    Result<bool> isShownFromAnotherStranger(const IncomingDraft &draft);
    Result<Message> insertIncoming(const IncomingDraft &draft);

    Database &m_database;
};

} // namespace planb::store
