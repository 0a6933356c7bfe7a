// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/inbox.h"

#include <algorithm>

namespace planb {

namespace {

// A clock that is set wrongly must not show a message as written in years to come.
constexpr Millis kClockTolerance{24 * 3'600'000};

} // namespace

Result<Contact> Inbox::contactFor(const Address &from, WallTime now, bool &isNew)
{
    auto known = m_store.contacts().byAddress(from);
    if (!known)
        return fail(known.error());
    isNew = !known->has_value();
    if (!isNew)
        return **known;
    // Nothing that reached us is dropped: strangers get a conversation of their own until the user decides.
    return m_store.contacts().add(from.value, {from}, false, now);
}

Result<QList<Inbox::Taken>> Inbox::take(const QList<Incoming> &incoming, const RouteLabel &route, WallTime now)
{
    auto transaction = m_store.begin();
    if (!transaction)
        return fail(transaction.error());
    QList<Taken> all;
    for (const Incoming &message : incoming) {
        auto taken = takeOne(message, route, now);
        if (!taken)
            return fail(taken.error());
        all.append(std::move(*taken));
    }
    if (const auto committed = transaction->commit(); !committed)
        return fail(committed.error());
    return all;
}

Result<Inbox::Taken> Inbox::takeOne(const Incoming &incoming, const RouteLabel &route, WallTime now)
{
    Taken taken;
    const auto contact = contactFor(incoming.from, now, taken.contactChanged);
    if (!contact)
        return fail(contact.error());
    taken.contact = *contact;
    // A copy of what this user sent says nothing of the other person's client.
    if (incoming.removesRepeats && incoming.direction == Direction::In) {
        if (const auto learned = learnRemovesRepeats(taken); !learned)
            return fail(learned.error());
    }
    const store::MessageRepository::IncomingDraft draft{
        .conversation = taken.contact.conversation,
        .contact = taken.contact.id,
        .wireId = incoming.wireId,
        .text = incoming.text,
        .order = incoming.order,
        .sentAt = std::min(incoming.sentAt.value_or(now), now + kClockTolerance),
        .receivedAt = now,
        .route = route,
        .replyTo = incoming.replyTo,
        .parents = incoming.parents,
        .direction = incoming.direction,
        .kind = incoming.kind,
        .target = incoming.target,
        .alias = incoming.alias,
        .wantsReadMark = incoming.wantsReadMark,
        .sealedBy = incoming.sealedBy,
    };
    auto added = m_store.messages().addIncoming(draft);
    if (!added)
        return fail(added.error());
    if (const auto noted = noteContent(taken, incoming, *added); !noted)
        return fail(noted.error());
    if (incoming.place) {
        // Of a repeat too: it may be one that was stored before its number could be.
        const auto noted = m_store.streams().take(taken.contact.id, *incoming.place);
        if (!noted)
            return fail(noted.error());
        taken.gapOpened = noted->opensGap;
    }
    if (const auto done = takeAcks(taken, incoming.acks, route); !done)
        return fail(done.error());
    return taken;
}

Result<void> Inbox::noteContent(Taken &taken, const Incoming &incoming, const std::optional<Message> &stored)
{
    taken.isRepeat = !stored;
    if (!stored)
        return {};
    if (incoming.kind == ContentKind::Text) {
        taken.added = stored;
    } else {
        const auto target = m_store.messages().targetOf(stored->id);
        if (!target)
            return fail(target.error());
        taken.changed = *target;
    }
    if (incoming.direction == Direction::In)
        return {};
    const auto read = m_store.messages().markRead(stored->conversation, stored->id);
    if (!read)
        return fail(read.error());
    taken.read = *read;
    return {};
}

Result<std::optional<Inbox::News>> Inbox::take(const Acknowledgement &acknowledgement, const RouteLabel &route)
{
    const auto contact = m_store.contacts().byAddress(acknowledgement.from);
    if (!contact)
        return fail(contact.error());
    if (!*contact)
        return std::optional<News>();
    auto transaction = m_store.begin();
    if (!transaction)
        return fail(transaction.error());
    News news{**contact, false, {}, {}};
    if (const auto learned = learnRemovesRepeats(news); !learned)
        return fail(learned.error());
    if (const auto done = takeAcks(news, acknowledgement.acks, route); !done)
        return fail(done.error());
    if (const auto committed = transaction->commit(); !committed)
        return fail(committed.error());
    return std::optional(news);
}

Result<Inbox::News> Inbox::confirm(const Contact &contact, MessageId message, const Report &report,
                                   const RouteLabel &route)
{
    auto transaction = m_store.begin();
    if (!transaction)
        return fail(transaction.error());
    News news{contact, false, {}, {}};
    if (report.removesRepeats) {
        if (const auto learned = learnRemovesRepeats(news); !learned)
            return fail(learned.error());
    }
    const bool isRead = report.kind == Report::Kind::Read;
    const auto all = isRead ? m_store.messages().notReadUpTo(message) : Result<QList<MessageId>>(QList{message});
    if (!all)
        return fail(all.error());
    for (const MessageId one : *all) {
        if (const auto done = confirm(news, one, route, isRead ? MessageState::Read : MessageState::Delivered); !done)
            return fail(done.error());
    }
    if (const auto committed = transaction->commit(); !committed)
        return fail(committed.error());
    return news;
}

Result<Inbox::TakenPage> Inbox::take(const ArchivePage &page, const RouteLabel &route, const QString &account,
                                     WallTime now)
{
    auto transaction = m_store.begin();
    if (!transaction)
        return fail(transaction.error());
    TakenPage taken;
    auto messages = take(page.messages, route, now);
    if (!messages)
        return fail(messages.error());
    taken.messages = std::move(*messages);
    for (const Acknowledgement &acknowledgement : page.acknowledgements) {
        const auto news = take(acknowledgement, route);
        if (!news)
            return fail(news.error());
        if (*news)
            taken.news.append(**news);
    }
    // After the messages: they may be about those that this user sent with another client.
    for (const Report &report : page.reports) {
        const auto news = takeReport(report, route);
        if (!news)
            return fail(news.error());
        if (*news)
            taken.news.append(**news);
    }
    if (page.mark) {
        if (const auto moved = m_store.archives().setMark(route.transport, account, *page.mark); !moved)
            return fail(moved.error());
    }
    if (const auto committed = transaction->commit(); !committed)
        return fail(committed.error());
    return taken;
}

Result<std::optional<Inbox::News>> Inbox::takeReport(const Report &report, const RouteLabel &route)
{
    const auto contact = m_store.contacts().byAddress(report.from);
    if (!contact)
        return fail(contact.error());
    if (!*contact)
        return std::optional<News>();
    const auto message = m_store.messages().findOutgoing((*contact)->id, report.wireId);
    if (!message)
        return fail(message.error());
    if (!*message)
        return std::optional<News>();
    auto news = confirm(**contact, **message, report, route);
    return news ? Result<std::optional<News>>(std::move(*news)) : Result<std::optional<News>>(fail(news.error()));
}

Result<void> Inbox::learnRemovesRepeats(News &news)
{
    if (news.contact.removesRepeats)
        return {};
    if (const auto learned = m_store.contacts().setRemovesRepeats(news.contact.id); !learned)
        return fail(learned.error());
    news.contact.removesRepeats = true;
    news.contactChanged = true;
    return {};
}

Result<void> Inbox::takeAcks(News &news, const QList<StreamAck> &acks, const RouteLabel &route)
{
    for (const StreamAck &ack : acks) {
        const auto messages = m_store.streams().confirmedBy(news.contact.id, ack);
        if (!messages)
            return fail(messages.error());
        for (const MessageId message : *messages) {
            if (auto done = confirm(news, message, route); !done)
                return done;
        }
        if (auto done = moveForgotten(news, ack); !done)
            return done;
    }
    return {};
}

// A profile that was restored from an old copy waits for numbers that it once told the other side to forget, and that
// nobody will ever confirm. Never in the stream of this run, whose numbers nobody can have been told to forget: else
// a hostile client could have us send the same message for ever.
Result<void> Inbox::moveForgotten(News &news, const StreamAck &ack)
{
    const StreamId &own = m_streams.to(news.contact.id);
    if (ack.stream == own)
        return {};
    const auto forgotten = m_store.streams().waitingBelow(news.contact.id, ack);
    if (!forgotten)
        return fail(forgotten.error());
    for (const MessageId message : *forgotten) {
        const auto place = m_store.messages().moveTo(message, own);
        if (!place)
            return fail(place.error());
        news.moved.append({message, *place});
    }
    return {};
}

Result<void> Inbox::confirm(News &news, MessageId message, const RouteLabel &route, MessageState state)
{
    // The confirmation names the message, not the copy; that it comes back the way a copy went tells which it was.
    const auto attempt = m_store.attempts().latestOn(message, route.transport);
    if (!attempt)
        return fail(attempt.error());
    const auto way = *attempt ? std::optional(route) : std::nullopt;
    const auto advanced = m_store.messages().advance(message, state, way);
    if (!advanced)
        return fail(advanced.error());
    // Not left to the engine: what is delivered must not be found in the outbox by the next start.
    if (auto removed = m_store.outbox().remove(message); !removed)
        return removed;
    news.confirmed.append({message, way ? std::optional(way->transport) : std::nullopt, *advanced});
    return {};
}

} // namespace planb
