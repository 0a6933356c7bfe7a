// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/delivery/engine.h"

#include "core/delivery/constants.h"
#include "core/delivery/router.h"

#include <algorithm>
#include <utility>

namespace planb::delivery {

namespace {

constexpr auto kConnectionLost = FailureCode::ConnectionLost;
constexpr auto kHopTimeout = FailureCode::HopTimeout;

} // namespace

Engine::Engine(Random &random, AttemptId lastAttempt)
    : m_random(random), m_lastAttempt(lastAttempt), m_returnAfter(kReturnAfter)
{
}

Effects Engine::handle(const Event &event, MonoTime now)
{
    m_effects.clear();
    std::visit([&](const auto &happened) { on(happened, now); }, event);
    if (m_routesChanged) {
        m_routesChanged = false;
        dispatchWaiting(now);
        reviewRoutes(now);
    }
    return std::exchange(m_effects, {});
}

std::optional<MonoTime> Engine::nextWake(MonoTime now) const
{
    std::optional<MonoTime> wake;
    const auto consider = [&wake](std::optional<MonoTime> time) {
        if (time && (!wake || *time < *wake))
            wake = time;
    };
    for (const auto &[id, link] : m_links) {
        consider(link.hopDeadline());
        consider(link.heldUntil(now));
    }
    if (!m_due.empty())
        consider(m_due.begin()->first);
    return wake;
}

void Engine::on(const ChainChanged &event, MonoTime now)
{
    std::vector<TransportId> gone;
    for (const auto &[id, link] : m_links) {
        if (std::ranges::none_of(event.chain, [&](const ChainLink &entry) { return entry.id == id; }))
            gone.push_back(id);
    }
    m_chain = event.chain;
    for (const ChainLink &entry : m_chain) {
        const auto [link, isNew] = m_links.try_emplace(entry.id, entry, m_returnAfter);
        if (!isNew)
            link->second.setChain(entry);
    }
    for (const TransportId id : gone)
        m_links.erase(id);
    for (auto &[id, contact] : m_contacts)
        contact.routes = routesInOrder(m_chain, contact.addresses);
    for (const TransportId id : gone)
        failOver(id, kConnectionLost, now);
    m_routesChanged = true;
}

void Engine::on(const LinkChanged &event, MonoTime now)
{
    const auto link = m_links.find(event.transport);
    if (link == m_links.end())
        return;
    const LinkSight before = link->second.sight();
    link->second.onSight(event, now);
    if (link->second.sight() != before && before == LinkSight::Ready)
        failOver(event.transport, link->second.sight() == LinkSight::Down ? kConnectionLost : kHopTimeout, now);
    m_routesChanged = m_routesChanged || link->second.sight() != before;
}

void Engine::on(const ContactChanged &event, MonoTime)
{
    ContactView &contact = m_contacts[event.contact];
    contact.addresses = event.addresses;
    contact.removesRepeats = event.removesRepeats;
    contact.routes = routesInOrder(m_chain, contact.addresses);
    m_routesChanged = true;
}

void Engine::on(const ContactRemoved &event, MonoTime)
{
    std::vector<MessageId> theirs;
    for (const auto &[id, item] : m_items) {
        if (item.contact == event.contact)
            theirs.push_back(id);
    }
    for (const MessageId id : theirs)
        forget(id);
    m_contacts.erase(event.contact);
}

Item &Engine::takeUp(const ItemQueued &event, MonoTime now)
{
    Item item;
    item.message = event.message;
    item.contact = event.contact;
    item.textBytes = event.textBytes;
    item.via = event.via;
    item.giveUpAt = now + std::max(Millis(0), kGiveUpAfter - event.age);
    item.accepted = event.accepted;
    return m_items.insert_or_assign(event.message, std::move(item)).first->second;
}

void Engine::on(const ItemQueued &event, MonoTime now)
{
    Item &item = takeUp(event, now);
    if (item.accepted) {
        awaitConfirmation(item, now);
        return;
    }
    dispatch(item, now);
    // dispatch() may have failed it for good.
    if (m_waiting.contains(event.message))
        nudgeLinks(now);
}

void Engine::nudgeLinks(MonoTime now)
{
    for (auto &[id, link] : m_links) {
        if (link.takeNudge(now))
            m_effects.push_back(NudgeLink{id});
    }
}

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
    // Room in the link's window: somebody may have waited for it.
    if (!m_waiting.empty())
        m_routesChanged = true;
}

void Engine::onAccepted(const OpenAttempt &attempt, AttemptId id, MonoTime now)
{
    m_effects.push_back(FinishAttempt{id, AttemptState::Accepted, {}});
    const auto link = m_links.find(attempt.route.transport);
    if (link != m_links.end()) {
        const LinkSight before = link->second.sight();
        link->second.onAttemptAccepted(id, now, !attempt.timedOut);
        m_routesChanged = m_routesChanged || before != link->second.sight();
    }
    const auto found = m_items.find(attempt.message);
    if (found == m_items.end())
        return;
    Item &item = found->second;
    item.open.erase(attempt.route);
    // Where the address has been refused, "a server took it" has proved to mean nothing.
    Path &path = pathOf(attempt.route);
    path.onAccepted();
    if (!path.hasBeenRefused())
        item.bounced = false;
    item.accepted = true;
    item.lastAccepted = attempt.route;
    item.lastAcceptedAt = now;
    m_waiting.erase(item.message);
    if (!item.bounced && !item.stalled)
        advance(item, MessageState::Sent, attempt.route.transport);
    awaitConfirmation(item, now);
}

void Engine::onAttemptFailed(const OpenAttempt &attempt, AttemptId id, const Failure &failure, MonoTime now)
{
    const bool mayHaveArrived = failure.code == FailureCode::ConnectionLost || failure.code == FailureCode::HopTimeout;
    m_effects.push_back(FinishAttempt{id, mayHaveArrived ? AttemptState::Unsure : AttemptState::Rejected, failure});
    const auto link = m_links.find(attempt.route.transport);
    if (link != m_links.end())
        link->second.onAttemptFailed(id);
    const auto found = m_items.find(attempt.message);
    if (found == m_items.end())
        return;
    Item &item = found->second;
    item.open.erase(attempt.route);
    if (failure.blame() == Blame::Message)
        item.cannotCarry.insert(attempt.route.transport);
    else if (failure.blame() == Blame::Recipient || (link != m_links.end() && link->second.sight() != LinkSight::Down))
        pathOf(attempt.route).onFailure(failure, now, m_random);
    if (needsAttempt(item))
        dispatch(item, now);
}

void Engine::on(const Delivered &event, MonoTime now)
{
    const auto found = m_items.find(event.message);
    if (found == m_items.end())
        return;
    Item &item = found->second;
    int tries = 0;
    for (const auto &[route, count] : item.tried)
        tries += count;
    // Only a message that was sent once tells how long its confirmation took (Karn).
    if (tries == 1 && item.lastAccepted)
        pathOf(*item.lastAccepted).onDelivered(std::chrono::duration_cast<Micros>(now - item.lastAcceptedAt));
    advance(item, MessageState::Delivered, event.via);
    forget(event.message);
}

void Engine::on(const Bounced &event, MonoTime now)
{
    pathOf(Route{event.via, event.address}).onFailure(event.failure, now, m_random);
    m_routesChanged = true;
    const auto found = m_items.find(event.item.message);
    Item &item = found == m_items.end() ? takeUp(event.item, now) : found->second;
    item.bounced = true;
    if (event.failure.blame() == Blame::Message)
        item.cannotCarry.insert(event.via);
    setDue(item, {}, false);
    if (needsAttempt(item))
        dispatch(item, now);
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
        if (item.contact == event.contact && item.repeatWhenDue && due > now + patienceFor(item, now))
            sooner.push_back(message);
    }
    for (const MessageId message : sooner) {
        Item &item = m_items.at(message);
        setDue(item, now + patienceFor(item, now), true);
    }
}

void Engine::on(const ReturnAfterChanged &event, MonoTime)
{
    m_returnAfter = event.returnAfter;
    for (auto &[id, link] : m_links)
        link.setReturnAfter(event.returnAfter);
}

void Engine::on(const Woken &, MonoTime now)
{
    checkHopDeadlines(now);
    checkDueItems(now);
    // A hold may have ended: then another route is the best.
    m_routesChanged = true;
}

void Engine::checkHopDeadlines(MonoTime now)
{
    for (auto &[id, link] : m_links) {
        const auto deadline = link.hopDeadline();
        if (!deadline || *deadline > now)
            continue;
        link.onHopTimeout(now);
        m_effects.push_back(ProbeLink{id});
        m_routesChanged = true;
        failOver(id, kHopTimeout, now);
    }
}

void Engine::checkDueItems(MonoTime now)
{
    std::vector<MessageId> due;
    for (auto at = m_due.begin(); at != m_due.end() && at->first <= now; ++at)
        due.push_back(at->second);
    for (const MessageId message : due) {
        Item &item = m_items.at(message);
        const bool wasRepeat = item.repeatWhenDue;
        setDue(item, {}, false);
        if (wasRepeat)
            repeat(item, now);
        else
            dispatch(item, now);
    }
}

// Everything that hangs on a link which stopped answering goes on by another route now.
void Engine::failOver(TransportId lost, FailureCode reason, MonoTime now)
{
    std::set<MessageId> affected;
    for (auto &[id, attempt] : m_attempts) {
        if (attempt.route.transport != lost || attempt.timedOut)
            continue;
        attempt.timedOut = true;
        m_effects.push_back(FinishAttempt{id, AttemptState::Unsure, Failure{reason, {}, {}}});
        affected.insert(attempt.message);
    }
    // A server that dies takes with it what it has just accepted.
    for (auto &[id, item] : m_items) {
        const bool unconfirmed = item.repeatWhenDue && item.lastAccepted && item.lastAccepted->transport == lost;
        if (!unconfirmed || now - item.lastAcceptedAt > constantsOf(item.lastAccepted->address.kind).endToEnd.cap)
            continue;
        item.doubtful = true;
        affected.insert(id);
    }
    for (const MessageId message : affected) {
        const auto found = m_items.find(message);
        if (found != m_items.end() && needsAttempt(found->second))
            dispatch(found->second, now);
    }
}

} // namespace planb::delivery
