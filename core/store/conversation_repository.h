// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/model/message.h"

#include <QList>
#include <QString>

#include <optional>

namespace planb::store {

class Database;

struct ConversationRow {
    ConversationId id;
    ContactId contact;
    QString title; ///< the contact's name, also when it was removed
    qint64 unread = 0;
    std::optional<MessageId> oldestUnread; ///< the first one in the order of the page
    std::optional<Message> last; ///< the last one in the order of the page
};

/// Every contact has one conversation, from being added on; it outlives the contact's removal.
class ConversationRepository
{
public:
    explicit ConversationRepository(Database &database) : m_database(database) {}

    /// By their last message, the one stored last first; at the end those without messages.
    Result<QList<ConversationRow>> all();
    /// UnknownConversation if there is none.
    Result<ConversationRow> byId(ConversationId id);
    /// Also of a removed contact. UnknownContact if there is none.
    Result<ConversationId> ofContact(ContactId contact);

private:
    Database &m_database;
};

} // namespace planb::store
