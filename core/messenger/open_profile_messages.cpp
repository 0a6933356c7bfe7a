// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/open_profile.h"

#include "core/model/message_text.h"

namespace planb {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMaxPage = 500;

} // namespace

Result<SentMessage> OpenProfile::send(ContactId to, const QString &text, std::optional<MessageId> replyTo,
                                      std::optional<TransportId> via)
{
    const auto contact = m_store->contacts().byId(to);
    if (!contact)
        return fail(contact.error());
    return queue(*contact, text, replyTo, via);
}

Result<SentMessage> OpenProfile::send(ConversationId to, const QString &text, std::optional<MessageId> replyTo,
                                      std::optional<TransportId> via)
{
    const auto conversation = m_store->conversations().byId(to);
    if (!conversation)
        return fail(conversation.error());
    return send(conversation->contact, text, replyTo, via);
}

Result<SentMessage> OpenProfile::queue(const Contact &contact, const QString &text, std::optional<MessageId> replyTo,
                                       std::optional<TransportId> via)
{
    if (const auto working = checkWorking(); !working)
        return fail(working.error());
    const auto normal = normalizedMessageText(text);
    if (!normal)
        return fail(normal.error());
    if (via && !m_chain->labelOf(*via))
        return fail(FailureCode::UnknownTransport, via->toString());
    if (replyTo) {
        const auto quoted = m_store->messages().byId(*replyTo);
        if (!quoted)
            return fail(quoted.error());
        if (quoted->conversation != contact.conversation)
            return fail(FailureCode::InvalidArgument, u"replyTo is a message of another conversation"_s);
    }
    const auto message = store({contact.conversation, contact.id, WireId::random(m_context.random), *normal,
                                m_context.clock.wall(), replyTo, m_streams.to(contact.id)},
                               via);
    if (!message)
        return fail(message.error());
    Q_EMIT messageAdded(*message);
    m_courier->carryOut();
    return SentMessage{message->id, message->conversation};
}

Result<Message> OpenProfile::store(const store::MessageRepository::OutgoingDraft &draft, std::optional<TransportId> via)
{
    auto transaction = m_store->begin();
    if (!transaction)
        return fail(transaction.error());
    auto message = m_store->messages().addOutgoing(draft);
    if (!message)
        return message;
    const store::OutboxRepository::OutboxRow row{message->id,  draft.contact, via,
                                                 draft.sentAt, false,         draft.text.toUtf8().size()};
    if (const auto kept = m_store->outbox().add(row); !kept)
        return fail(kept.error());
    auto done = m_courier->takeUp(*message, via);
    if (done)
        done = transaction->commit();
    if (!done) {
        m_courier->stopBecause(done.error());
        return fail(done.error());
    }
    return message;
}

Result<QList<Message>> OpenProfile::messages(ConversationId conversation, std::optional<MessageId> before, int limit)
{
    if (limit < 1 || limit > kMaxPage)
        return fail(FailureCode::InvalidArgument, u"limit must be from 1 to %1"_s.arg(kMaxPage));
    if (const auto known = m_store->conversations().byId(conversation); !known)
        return fail(known.error());
    return m_store->messages().page(conversation, before, limit);
}

Result<Message> OpenProfile::message(MessageId id)
{
    return m_store->messages().byId(id);
}

Result<MessageWay> OpenProfile::messageWay(MessageId id)
{
    const auto message = m_store->messages().byId(id);
    if (!message)
        return fail(message.error());
    auto attempts = m_store->attempts().ofMessage(id);
    if (!attempts)
        return fail(attempts.error());
    return MessageWay{message->state, std::move(*attempts)};
}

Result<void> OpenProfile::markRead(ConversationId conversation, MessageId upTo)
{
    if (const auto working = checkWorking(); !working)
        return working;
    const auto message = m_store->messages().byId(upTo);
    if (!message)
        return fail(message.error());
    if (message->conversation != conversation)
        return fail(FailureCode::InvalidArgument, u"upTo is a message of another conversation"_s);
    const auto changed = m_store->messages().markRead(conversation, upTo);
    if (!changed)
        return fail(changed.error());
    announceStates(*changed);
    showRead(*changed);
    return {};
}

void OpenProfile::announceStates(const QList<MessageId> &changed)
{
    for (const MessageId id : changed) {
        if (const auto message = m_store->messages().byId(id))
            Q_EMIT messageUpdated(id, message->state, message->route);
    }
}

Result<QList<ConversationSummary>> OpenProfile::conversations()
{
    const auto rows = m_store->conversations().all();
    if (!rows)
        return fail(rows.error());
    QList<ConversationSummary> all;
    for (const auto &row : *rows)
        all.append({row.id, row.contact, row.title, row.unread, row.last, row.oldestUnread});
    return all;
}

} // namespace planb
