// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/open_profile.h"

#include "core/model/message_text.h"

namespace planb {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMaxPage = 500;

} // namespace

std::vector<Result<SentMessage>> OpenProfile::send(const std::vector<Outgoing> &messages)
{
    std::vector<Result<SentMessage>> results;
    std::vector<Draft> drafts;
    for (const Outgoing &message : messages) {
        auto draft = draftOf(message);
        results.push_back(draft ? Result<SentMessage>(SentMessage()) : Result<SentMessage>(fail(draft.error())));
        if (draft)
            drafts.push_back(*std::move(draft));
    }
    if (drafts.empty())
        return results;
    const auto stored = store(drafts);
    qsizetype next = 0;
    for (Result<SentMessage> &result : results) {
        if (!result)
            continue;
        if (stored)
            result = SentMessage{stored->at(next).id, stored->at(next).conversation};
        else
            result = fail(stored.error());
        ++next;
    }
    if (!stored)
        return results;
    for (const Message &message : *stored)
        Q_EMIT messageAdded(message);
    m_courier->carryOut();
    return results;
}

Result<OpenProfile::Draft> OpenProfile::draftOf(const Outgoing &message)
{
    if (const auto working = checkWorking(); !working)
        return fail(working.error());
    std::optional<ContactId> to;
    if (const auto *conversation = std::get_if<ConversationId>(&message.to)) {
        const auto known = m_store->conversations().byId(*conversation);
        if (!known)
            return fail(known.error());
        to = known->contact;
    }
    const auto contact = m_store->contacts().byId(to ? *to : std::get<ContactId>(message.to));
    if (!contact)
        return fail(contact.error());
    const auto text = normalizedMessageText(message.text);
    if (!text)
        return fail(text.error());
    if (message.via && !m_chain->labelOf(*message.via))
        return fail(FailureCode::UnknownTransport, message.via->toString());
    if (message.replyTo) {
        const auto quoted = m_store->messages().byId(*message.replyTo);
        if (!quoted)
            return fail(quoted.error());
        if (quoted->conversation != contact->conversation)
            return fail(FailureCode::InvalidArgument, u"replyTo is a message of another conversation"_s);
    }
    Draft draft{contact->conversation,  contact->id,     WireId::random(m_context.random), *text,
                m_context.clock.wall(), message.replyTo, m_streams.to(contact->id)};
    draft.via = message.via;
    return draft;
}

Result<QList<Message>> OpenProfile::store(const std::vector<Draft> &drafts)
{
    auto transaction = m_store->begin();
    if (!transaction)
        return fail(transaction.error());
    QList<Message> messages;
    for (const Draft &draft : drafts) {
        const auto message = m_store->messages().addOutgoing(draft);
        if (!message)
            return fail(message.error());
        const store::OutboxRepository::OutboxRow row{message->id,  draft.contact, draft.via,
                                                     draft.sentAt, false,         draft.text.toUtf8().size()};
        if (const auto kept = m_store->outbox().add(row); !kept)
            return fail(kept.error());
        messages.append(*message);
    }
    auto done = m_courier->takeUp(messages);
    if (done)
        done = transaction->commit();
    if (!done) {
        m_courier->stopBecause(done.error());
        return fail(done.error());
    }
    return messages;
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
