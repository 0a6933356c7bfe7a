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
{}

Effects Engine::handle(const Event &event, MonoTime now)
{
    m_effects.clear();
    std::visit([&](const auto &happened) { on(happened, now); }, event);
    if (std::exchange(m_waysOpened, false)) {
        dispatchWaiting(now);
        m_acks.waysOpened(now);
    }
    sendDueAcks(now);
    if (std::exchange(m_routesChanged, false) || (m_holdEnds && *m_holdEnds <= now))
        reviewRoutes(now);
    m_holdEnds.reset();
    for (const auto &[id, link] : m_links) {
        const auto end = link.heldUntil(now);
        if (end && (!m_holdEnds || *end < *m_holdEnds))
            m_holdEnds = end;
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
        consider(link.probeAt(now));
    }
    consider(m_holdEnds);
    consider(m_acks.nextDue());
    if (!m_due.empty())
        consider(m_due.begin()->first);
    return wake ? std::optional(std::max(*wake, now)) : wake;
}

void Engine::on(const ChainChanged &event, MonoTime now)
{
    std::vector<TransportId> gone;
    for (const auto &[id, link] : m_links) {
        if (std::ranges::none_of(event.chain, [known = id](const ChainLink &entry) { return entry.id == known; }))
            gone.push_back(id);
    }
    m_chain = event.chain;
    for (const ChainLink &entry : m_chain) {
        const auto [link, isNew] = m_links.try_emplace(entry.id, entry, m_returnAfter);
        if (!isNew)
            link->second.setChain(entry);
    }
    for (const TransportId id : gone) {
        m_links.erase(id);
        m_wantRoom.erase(id);
        std::erase_if(m_paths, [id](const auto &path) { return path.first.transport == id; });
    }
    for (auto &[id, contact] : m_contacts)
        contact.routes = routesInOrder(m_chain, contact.addresses);
    for (const TransportId id : gone)
        failOver(id, kConnectionLost, now);
    m_routesChanged = true;
    m_waysOpened = true;
}

void Engine::on(const LinkChanged &event, MonoTime now)
{
    const auto link = m_links.find(event.transport);
    if (link == m_links.end())
        return;
    const LinkSight before = link->second.sight();
    link->second.onSight(event, now);
    const LinkSight after = link->second.sight();
    if (after == before)
        return;
    m_routesChanged = true;
    if (before == LinkSight::Ready) {
        if (event.failure || after == LinkSight::Suspect)
            noteLost(event.transport, now);
        failOver(event.transport, after == LinkSight::Down ? kConnectionLost : kHopTimeout, now);
    }
    m_waysOpened = true; // also when it went down: to those that waited for room on it
    if (after == LinkSight::Ready) {
        for (auto &[id, contact] : m_contacts)
            noteReach(contact, now);
        repeatByFasterRoute(event.transport, now);
    }
}

void Engine::on(const ContactChanged &event, MonoTime now)
{
    ContactView &contact = m_contacts[event.contact];
    contact.addresses = event.addresses;
    contact.routes = routesInOrder(m_chain, contact.addresses);
    contact.mayCost = event.mayCost;
    const bool removedRepeats = std::exchange(contact.removesRepeats, event.removesRepeats);
    if (removedRepeats && !event.removesRepeats)
        stopRepeating(event.contact, now);
    m_routesChanged = true;
    m_waysOpened = true;
}

void Engine::stopRepeating(ContactId contact, MonoTime now)
{
    for (const MessageId message : itemsOf(contact)) {
        Item &item = m_items.at(message);
        item.repeatWhenDue = false;
        if (item.accepted)
            lookAfter(item, now);
    }
}

std::vector<MessageId> Engine::itemsOf(ContactId contact) const
{
    std::vector<MessageId> theirs;
    for (const auto &[id, item] : m_items) {
        if (item.contact == contact)
            theirs.push_back(id);
    }
    return theirs;
}

void Engine::on(const ContactRemoved &event, MonoTime)
{
    for (const MessageId message : itemsOf(event.contact))
        forget(message);
    m_contacts.erase(event.contact);
    m_acks.forget(event.contact);
}

void Engine::on(const ContactJoined &event, MonoTime)
{
    for (auto &[id, item] : m_items) {
        if (item.contact == event.gone)
            item.contact = event.into;
    }
    m_contacts.erase(event.gone);
    m_acks.forget(event.gone);
    m_routesChanged = true;
    m_waysOpened = true;
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
    item.place = event.place;
    return m_items.emplace(event.message, std::move(item)).first->second;
}

void Engine::on(const ItemQueued &event, MonoTime now)
{
    if (m_items.contains(event.message))
        return;
    Item &item = takeUp(event, now);
    if (item.accepted) {
        awaitConfirmation(item, now);
        hastenYoung(event.message, event.age, now);
        return;
    }
    dispatch(item, now);
    // dispatch() may have failed it for good.
    if (m_waiting.contains(event.message))
        nudgeLinks(now);
}

// The confirmation of a message from just before this start may have come while nobody was here to take it.
// Its age stands in for the silence of its receiver, which is not known yet.
void Engine::hastenYoung(MessageId message, Millis age, MonoTime now)
{
    const auto item = m_items.find(message);
    if (item == m_items.end() || !item->second.repeatWhenDue || age >= kRecentWithin)
        return;
    const Micros patience = age < kOnlineWithin ? Micros(constantsOf(TransportKind::Xmpp).endToEnd.first)
                                                : Micros(kRecentPatience);
    setDue(item->second, std::min(*item->second.due, now + patience), true);
}

void Engine::nudgeLinks(MonoTime now)
{
    for (auto &[id, link] : m_links) {
        if (link.takeNudge(now))
            m_effects.push_back(NudgeLink{id});
    }
}

void Engine::on(const Spent &event, MonoTime now)
{
    if (const auto link = m_links.find(event.transport); link != m_links.end())
        link->second.spending().onSpent(now - event.age);
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
    for (auto &[id, link] : m_links) {
        if (link.takeProbe(now))
            m_effects.push_back(ProbeLink{id});
    }
    checkDueItems(now);
}

void Engine::checkHopDeadlines(MonoTime now)
{
    std::vector<TransportId> silent;
    for (auto &[id, link] : m_links) {
        const auto deadline = link.hopDeadline();
        if (!deadline || *deadline > now)
            continue;
        link.onHopTimeout(now);
        m_effects.push_back(ProbeLink{id});
        silent.push_back(id);
        m_routesChanged = true;
        m_waysOpened = true; // to those that waited for room on it
    }
    // Not before all of them are known, or a message would go from one silent link to the next.
    for (const TransportId id : silent)
        noteLost(id, now);
    for (const TransportId id : silent)
        failOver(id, kHopTimeout, now);
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
            repeat(item, now, RepeatReason::NoConfirmation);
        else
            lookAfter(item, now);
    }
}

void Engine::noteLost(TransportId lost, MonoTime now)
{
    const std::vector<TransportId> shared = m_outages.onLost(lost, now);
    if (shared.empty())
        return;
    for (auto &[id, link] : m_links) {
        if (std::ranges::find(shared, id) != shared.end())
            link.forgiveLoss(now);
        else if (link.sight() == LinkSight::Ready && shared.size() == 2)
            m_effects.push_back(ProbeLink{id}); // it has most likely the same trouble and does not know yet
    }
}

// What went by mail for want of something better need not wait for the mail's confirmation.
void Engine::repeatByFasterRoute(TransportId opened, MonoTime now)
{
    const Millis speed = constantsOf(m_links.at(opened).chain().kind).latencyClass;
    std::vector<MessageId> slow;
    for (const auto &[due, message] : m_due) {
        const Item &item = m_items.at(message);
        const bool wasSlow = std::ranges::all_of(item.tried, [speed](const auto &tried) {
            return constantsOf(tried.first.address.kind).latencyClass > speed;
        });
        const auto contact = m_contacts.find(item.contact);
        const bool leadsThere = contact != m_contacts.end()
            && std::ranges::any_of(contact->second.routes,
                                   [opened](const Route &route) { return route.transport == opened; });
        if (item.repeatWhenDue && !item.tried.empty() && wasSlow && leadsThere)
            slow.push_back(message);
    }
    for (const MessageId message : slow)
        repeat(m_items.at(message), now, RepeatReason::FasterRoute);
}

// Everything that hangs on a link which stopped answering goes on by another route now.
void Engine::failOver(TransportId lost, FailureCode reason, MonoTime now)
{
    std::set<MessageId> affected;
    for (auto &[id, attempt] : m_attempts) {
        if (attempt.route.transport != lost)
            continue;
        affected.insert(attempt.message);
        // A link may recover and fall silent again with the same attempts open: that is told once.
        if (!std::exchange(attempt.timedOut, true))
            m_effects.push_back(FinishAttempt{id, AttemptState::Unsure, Failure{reason, {}, {}}});
        if (const auto item = m_items.find(attempt.message); item != m_items.end()) {
            item->second.reason = nameOf(reason);
            item->second.timedOutOn.insert(lost);
        }
    }
    // A server that dies takes with it what it has just accepted.
    for (auto &[id, item] : m_items) {
        const bool unconfirmed = item.repeatWhenDue && item.lastAccepted && item.lastAccepted->transport == lost;
        if (!unconfirmed || now - item.lastAcceptedAt > constantsOf(item.lastAccepted->address.kind).endToEnd.cap)
            continue;
        item.doubtful = true;
        item.reason = nameOf(reason);
        affected.insert(id);
    }
    for (const MessageId message : affected) {
        if (const auto found = m_items.find(message); found != m_items.end())
            lookAfter(found->second, now);
    }
}

} // namespace planb::delivery
