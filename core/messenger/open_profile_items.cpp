// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/open_profile.h"

#include "core/base/log.h"
#include "core/model/message_text.h"

namespace planb {

using namespace Qt::StringLiterals;

// What is said about an earlier message, and what others see of this user's attention.

Result<SentMessage> OpenProfile::correct(MessageId id, const QString &text)
{
    const auto normal = normalizedMessageText(text);
    if (!normal)
        return fail(normal.error());
    return queueItem(id, ContentKind::Correction, *normal);
}

Result<SentMessage> OpenProfile::retract(MessageId id)
{
    return queueItem(id, ContentKind::Retraction, {});
}

Result<SentMessage> OpenProfile::react(MessageId id, const QStringList &reactions)
{
    const QStringList normal = normalizedReactions(reactions);
    if (normal.size() != reactions.size())
        return fail(FailureCode::InvalidArgument,
                    u"reactions are at most %1 different signs without spaces"_s.arg(kMaxReactions));
    return queueItem(id, ContentKind::Reaction, reactionLines(normal));
}

Result<SentMessage> OpenProfile::queueItem(MessageId target, ContentKind kind, const QString &text)
{
    if (const auto working = checkWorking(); !working)
        return fail(working.error());
    const auto message = m_store->messages().byId(target);
    if (!message)
        return fail(message.error());
    if (kind != ContentKind::Reaction && message->direction != Direction::Out)
        return fail(FailureCode::InvalidArgument, u"only its author can change a message"_s);
    if (message->retracted)
        return fail(FailureCode::InvalidArgument, u"the message was taken back"_s);
    store::MessageRepository::OutgoingDraft draft{message->conversation,
                                                  message->contact,
                                                  WireId::random(m_context.random),
                                                  text,
                                                  m_context.clock.wall(),
                                                  {},
                                                  m_streams.to(message->contact)};
    draft.kind = kind;
    draft.target = target;
    const auto stored = store({draft});
    if (!stored)
        return fail(stored.error());
    const Message &item = stored->first();
    if (const auto changed = m_store->messages().byId(target))
        Q_EMIT messageChanged(*changed);
    m_courier->carryOut();
    return SentMessage{item.id, item.conversation};
}

Result<QList<MessageVersion>> OpenProfile::versions(MessageId id)
{
    return m_store->messages().versions(id);
}

// Best effort: without a link nobody is told.
void OpenProfile::showRead(const QList<MessageId> &read)
{
    const auto shown = privacy();
    if (!shown || !shown->sendsReadMarks)
        return;
    const QList<MessageId> newestFirst(read.crbegin(), read.crend());
    for (const MessageId id : newestFirst) {
        const auto mark = m_store->messages().readMarkFor(id);
        const auto message = mark && *mark ? m_store->messages().byId(id)
                                           : Result<Message>(fail(FailureCode::UnknownMessage, {}));
        const auto contact = message ? m_store->contacts().byId(message->contact)
                                     : Result<Contact>(fail(FailureCode::UnknownContact, {}));
        if (!contact)
            continue;
        if (const auto way = m_chain->attentionTo(contact->addresses))
            way->first->showRead(**mark, way->second);
        return;
    }
}

Result<void> OpenProfile::showState(ConversationId to, ChatState state)
{
    const auto conversation = m_store->conversations().byId(to);
    if (!conversation)
        return fail(conversation.error());
    const auto contact = m_store->contacts().byId(conversation->contact);
    if (!contact)
        return fail(contact.error());
    const auto shown = privacy();
    if (!shown)
        return fail(shown.error());
    const auto way = shown->showsTyping ? m_chain->attentionTo(contact->addresses) : std::nullopt;
    if (way)
        way->first->showState(state, way->second);
    return {};
}

Result<PrivacyPolicy> OpenProfile::privacy()
{
    PrivacyPolicy stored;
    for (const auto &[name, value] : {std::pair(setting::kSendsReadMarks, &stored.sendsReadMarks),
                                      std::pair(setting::kShowsTyping, &stored.showsTyping),
                                      std::pair(setting::kTellsVersion, &stored.tellsVersion)}) {
        const auto text = m_store->settings().get(name.toString());
        if (!text)
            return fail(text.error());
        if (*text)
            *value = **text == u"yes";
    }
    return stored;
}

Result<void> OpenProfile::setPrivacy(const PrivacyPolicy &privacy)
{
    auto transaction = m_store->begin();
    if (!transaction)
        return fail(transaction.error());
    for (const auto &[name, value] : {std::pair(setting::kSendsReadMarks, privacy.sendsReadMarks),
                                      std::pair(setting::kShowsTyping, privacy.showsTyping),
                                      std::pair(setting::kTellsVersion, privacy.tellsVersion)}) {
        if (auto set = m_store->settings().set(name.toString(), value ? u"yes"_s : u"no"_s); !set)
            return set;
    }
    if (auto committed = transaction->commit(); !committed)
        return committed;
    m_courier->setPrivacy(privacy);
    m_self->setTellsVersion(privacy.tellsVersion);
    return {};
}

Result<void> OpenProfile::setActive(bool isActive)
{
    m_self->setActive(isActive);
    return {};
}

} // namespace planb
