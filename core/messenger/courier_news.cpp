// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/courier.h"

#include <algorithm>

namespace planb {

namespace {

constexpr qsizetype kBatch = 100;

} // namespace

// What comes in: messages, acknowledgements, receipts, bounces.

void Courier::onReceived(TransportId id, const QList<Incoming> &incoming)
{
    catchUp();
    // After a long absence thousands come in one piece; nobody else should wait for all of them.
    for (qsizetype at = 0; at < incoming.size(); at += kBatch)
        takeIn(id, incoming.mid(at, kBatch));
}

void Courier::takeIn(TransportId id, const QList<Incoming> &incoming)
{
    const auto label = m_chain.labelOf(id);
    if (!label || m_brokenBy)
        return;
    const auto taken = m_inbox.take(incoming, *label, m_clock.wall());
    if (!taken)
        return stopBecause(taken.error());
    std::vector<delivery::Event> events;
    for (qsizetype i = 0; i < incoming.size(); ++i) {
        const Incoming &message = incoming[i];
        const Inbox::Taken &one = (*taken)[i];
        if (Transport *transport = m_chain.transport(id))
            transport->handled(message.token, Disposition::Committed);
        std::ranges::move(eventsOf(id, message, one), std::back_inserter(events));
    }
    post(std::move(events));
    for (const Inbox::Taken &one : *taken)
        announce(one);
}

std::vector<delivery::Event> Courier::eventsOf(TransportId id, const Incoming &message, const Inbox::Taken &taken)
{
    std::vector<delivery::Event> events = tell(taken, message.acks);
    // What this user sent with another client is no word of the other person.
    if (message.direction == Direction::Out)
        return events;
    m_told.erase(taken.contact.id);
    events.emplace_back(delivery::Received{taken.contact.id, id, message.from, message.place.has_value(),
                                           taken.isRepeat, taken.gapOpened});
    return events;
}

// As with what comes by itself, but a repeat was confirmed when it came first.
void Courier::onPageRead(TransportId id, const ArchivePage &page)
{
    const auto label = m_chain.labelOf(id);
    Transport *transport = m_chain.transport(id);
    if (!label || !transport || m_brokenBy)
        return;
    const auto taken = m_inbox.take(page, *label, transport->traits().ownAddress, m_clock.wall());
    if (!taken)
        return stopBecause(taken.error());
    if (page.mark)
        transport->archive()->setMark(page.mark);
    std::vector<delivery::Event> events;
    for (qsizetype i = 0; i < page.messages.size(); ++i) {
        const Incoming &message = page.messages[i];
        const Inbox::Taken &one = taken->messages[i];
        transport->handled(message.token, one.isRepeat ? Disposition::Dropped : Disposition::Committed);
        std::ranges::move(eventsOf(id, message, one), std::back_inserter(events));
    }
    for (const Inbox::News &news : taken->news)
        std::ranges::move(tell(news, {}), std::back_inserter(events));
    for (const Acknowledgement &told : page.acknowledgements) {
        if (const auto contact = m_store.contacts().byAddress(told.from); contact && *contact) {
            for (const StreamAck &ack : told.acks)
                events.emplace_back(delivery::Acknowledged{(*contact)->id, ack});
        }
    }
    post(std::move(events));
    for (const Inbox::Taken &one : taken->messages)
        announce(one);
}

void Courier::announce(const Inbox::Taken &taken)
{
    if (taken.added)
        Q_EMIT messageAdded(*taken.added);
    if (taken.changed) {
        if (const auto message = m_store.messages().byId(*taken.changed))
            Q_EMIT messageChanged(*message);
    }
    m_advanced.append(taken.read);
    announceAdvanced();
}

void Courier::onStateShown(const Address &from, ChatState state)
{
    const auto contact = m_store.contacts().byAddress(from);
    if (contact && *contact)
        Q_EMIT stateShown((*contact)->id, state);
}

void Courier::onAcknowledged(TransportId id, const Acknowledgement &acknowledgement)
{
    catchUp();
    const auto label = m_chain.labelOf(id);
    if (!label || m_brokenBy)
        return;
    const auto news = m_inbox.take(acknowledgement, *label);
    if (!news)
        return stopBecause(news.error());
    if (!*news)
        return;
    std::vector<delivery::Event> events = tell(**news, acknowledgement.acks);
    events.emplace_back(delivery::Heard{(*news)->contact.id});
    post(std::move(events));
}

// What has been confirmed comes before the news itself: the engine must not repeat it because of that.
std::vector<delivery::Event> Courier::tell(const Inbox::News &news, const QList<StreamAck> &acks)
{
    if (news.contactChanged)
        onContactChanged(news.contact);
    std::vector<delivery::Event> events;
    for (const Inbox::Confirmed &confirmed : news.confirmed) {
        if (confirmed.isNews)
            m_advanced.append(confirmed.message);
        events.emplace_back(delivery::Delivered{confirmed.message, confirmed.via});
    }
    announceAdvanced();
    for (const Inbox::Moved &moved : news.moved)
        events.emplace_back(delivery::Moved{moved.message, moved.place});
    for (const StreamAck &ack : acks)
        events.emplace_back(delivery::Acknowledged{news.contact.id, ack});
    return events;
}

void Courier::onReported(TransportId id, const Report &report)
{
    catchUp();
    if (m_brokenBy)
        return;
    const auto contact = m_store.contacts().byAddress(report.from);
    if (!contact)
        return stopBecause(contact.error());
    if (!*contact)
        return; // a stranger's word about a message that never went to them
    const auto message = m_store.messages().findOutgoing((*contact)->id, report.wireId);
    if (!message)
        return stopBecause(message.error());
    if (!*message)
        return;
    const auto done = report.kind == Report::Kind::Bounced ? onBounced(id, report, **contact, **message)
                                                           : onConfirmed(id, report, **contact, **message);
    if (!done)
        stopBecause(done.error());
}

Result<void> Courier::onConfirmed(TransportId id, const Report &report, const Contact &contact, MessageId message)
{
    const auto label = m_chain.labelOf(id);
    if (!label)
        return {};
    const auto news = m_inbox.confirm(contact, message, report, *label);
    if (!news)
        return fail(news.error());
    std::vector<delivery::Event> events = tell(*news, {});
    events.emplace_back(delivery::Heard{contact.id});
    post(std::move(events));
    return {};
}

Result<void> Courier::onBounced(TransportId id, const Report &report, const Contact &contact, MessageId message)
{
    const auto row = m_store.messages().outgoing(message);
    if (!row)
        return fail(row.error());
    const MessageState state = row->message.state;
    // It came back on one way and arrived on another: what was shown stands.
    if (!mayFollow(state, MessageState::Delivered) || state == MessageState::Failed)
        return {};
    auto transaction = m_store.begin();
    if (!transaction)
        return fail(transaction.error());
    const Failure failure = report.failure.value_or(Failure{FailureCode::RecipientUnavailable, {}, {}});
    const auto attempt = m_store.attempts().latestOn(message, id);
    if (!attempt)
        return fail(attempt.error());
    if (*attempt) {
        if (auto finished = m_store.attempts().finish((*attempt)->id, AttemptState::Rejected, failure, m_clock.wall());
            !finished)
            return finished;
    }
    const auto textBytes = row->text.toUtf8().size();
    const WallTime queuedAt = row->message.sentAt;
    if (auto kept = m_store.outbox().add({message, contact.id, row->via, queuedAt, false, textBytes}); !kept)
        return kept;
    if (auto committed = transaction->commit(); !committed)
        return committed;
    const Millis age = std::max(Millis(0), m_clock.wall() - queuedAt);
    const delivery::ItemQueued item{message, contact.id, textBytes, row->via, age, true, row->place};
    post(delivery::Bounced{item, id, report.from, failure});
    return {};
}

} // namespace planb
