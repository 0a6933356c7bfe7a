// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/delivery/engine.h"

#include "core/delivery/constants.h"

#include <utility>

namespace planb::delivery {

void Engine::on(const HandedOver &event, MonoTime now)
{
    const auto found = m_attempts.find(event.attempt);
    if (found == m_attempts.end())
        return;
    const OpenAttempt attempt = found->second;
    m_attempts.erase(found);
    if (event.failure)
        onAttemptFailed(attempt, event.attempt, *event.failure, now);
    else
        onAccepted(attempt, event.attempt, now);
    fillWindow(attempt.route.transport, now);
}

void Engine::onAccepted(const OpenAttempt &attempt, AttemptId id, MonoTime now)
{
    m_effects.push_back(FinishAttempt{id, AttemptState::Accepted, {}});
    const TransportId transport = attempt.route.transport;
    if (const auto link = m_links.find(transport); link != m_links.end()) {
        const LinkSight before = link->second.sight();
        link->second.onAttemptAccepted(id, now);
        noteRecovery(before, link->second.sight());
    }
    Path &path = pathOf(attempt.route);
    path.onAccepted();
    const auto found = m_items.find(attempt.message);
    if (found == m_items.end())
        return;
    Item &item = found->second;
    item.open.erase(attempt.route);
    // Where the address has been refused, "a server took it" has proved to mean nothing.
    if (!path.hasBeenRefused())
        item.bounced = false;
    item.accepted = true;
    item.doubtful = false;
    item.lastAccepted = attempt.route;
    item.lastAcceptedAt = now;
    m_waiting.erase(item.message);
    // After so long only a confirmation is progress, where one can be expected.
    if (!item.bounced && (now < item.giveUpAt || !removesRepeats(item)))
        item.stalled = false;
    if (!item.bounced && !item.stalled)
        advance(item, MessageState::Sent, transport);
    awaitConfirmation(item, now);
}

void Engine::onAttemptFailed(const OpenAttempt &attempt, AttemptId id, const Failure &failure, MonoTime now)
{
    const bool mayHaveArrived = failure.code == FailureCode::ConnectionLost || failure.code == FailureCode::HopTimeout;
    m_effects.push_back(FinishAttempt{id, mayHaveArrived ? AttemptState::Unsure : AttemptState::Rejected, failure});
    bool linkIsUp = false;
    if (const auto link = m_links.find(attempt.route.transport); link != m_links.end()) {
        const LinkSight before = link->second.sight();
        link->second.onAttemptFailed(id, failure, now);
        noteRecovery(before, link->second.sight());
        linkIsUp = link->second.sight() != LinkSight::Down;
    }
    const Blame blame = failure.blame();
    if (blame == Blame::Recipient || (linkIsUp && blame != Blame::Message)) {
        pathOf(attempt.route).onFailure(failure, now, m_random);
        m_routesChanged = true;
    }
    const auto found = m_items.find(attempt.message);
    if (found == m_items.end())
        return;
    Item &item = found->second;
    item.open.erase(attempt.route);
    item.reason = nameOf(failure.code);
    if (blame == Blame::Message)
        item.cannotCarry.insert(attempt.route.transport);
    lookAfter(item, now);
}

void Engine::noteRecovery(LinkSight before, LinkSight after)
{
    if (before == after)
        return;
    m_routesChanged = true;
    m_waysOpened = true;
}

void Engine::on(const Delivered &event, MonoTime now)
{
    const auto found = m_items.find(event.message);
    if (found == m_items.end())
        return;
    Item &item = found->second;
    // Only a message that went one way tells which way works …
    if (item.tried.size() == 1) {
        const auto &[route, tries] = *item.tried.begin();
        std::optional<Micros> took;
        // … and only one that was sent once how long its confirmation takes (Karn).
        if (tries == 1 && item.rounds == 0 && item.lastAccepted)
            took = now - item.lastAcceptedAt;
        Path &path = pathOf(route);
        if (!path.isOpen(now))
            m_routesChanged = m_waysOpened = true;
        path.onDelivered(took);
    }
    noteOutcome(item, event.via, now);
    advance(item, MessageState::Delivered, event.via);
    forget(event.message);
}

// The confirmation most likely came back the way its copy went.
void Engine::noteOutcome(const Item &item, std::optional<TransportId> via, MonoTime now)
{
    m_hedges.onDelivered();
    for (const auto &[route, tries] : item.tried) {
        if (item.tried.size() == 1 || route.transport == via)
            pathOf(route).health().onSuccess();
    }
    for (auto &[id, link] : m_links) {
        if (item.timedOutOn.contains(id))
            link.onOutcome(via == id, now);
        else if (item.lastAccepted && item.lastAccepted->transport == id)
            link.onOutcome(false, now);
    }
}

void Engine::on(const Bounced &event, MonoTime now)
{
    Path &path = pathOf(Route{event.via, event.address});
    path.onFailure(event.failure, now, m_random);
    path.health().onFailure(now);
    m_routesChanged = true;
    const auto found = m_items.find(event.item.message);
    Item &item = found == m_items.end() ? takeUp(event.item, now) : found->second;
    item.bounced = true;
    item.reason = nameOf(event.failure.code);
    if (event.failure.blame() == Blame::Message)
        item.cannotCarry.insert(event.via);
    setDue(item, {}, false);
    lookAfter(item, now);
}

void Engine::on(const Heard &event, MonoTime now)
{
    const auto contact = m_contacts.find(event.contact);
    if (contact == m_contacts.end())
        return;
    const auto before = std::exchange(contact->second.lastHeard, now);
    if (before && now - *before < kOnlineWithin)
        return;
    // They are there: what waits long for a confirmation may wait the short time instead.
    // Not at once, because confirmations of older messages may be right behind this one.
    std::vector<MessageId> sooner;
    for (const auto &[due, message] : m_due) {
        const Item &item = m_items.at(message);
        if (item.contact == event.contact && item.repeatWhenDue && due > now + confirmationTime(item, now))
            sooner.push_back(message);
    }
    for (const MessageId message : sooner) {
        Item &item = m_items.at(message);
        setDue(item, now + confirmationTime(item, now), true);
    }
}

} // namespace planb::delivery
