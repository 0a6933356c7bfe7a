// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/delivery/constants.h"
#include "core/delivery/engine.h"

#include <algorithm>
#include <array>
#include <utility>

namespace planb::delivery {

bool Engine::needsAttempt(const Item &item) const
{
    // Taken again after it came back: first it must come back again.
    const bool isBack = item.bounced && !item.repeatWhenDue;
    const bool isDoubtful = item.doubtful && removesRepeats(item);
    if (item.accepted && !isBack && !isDoubtful)
        return false;
    return std::ranges::none_of(item.open, [this](const Route &route) {
        const auto link = m_links.find(route.transport);
        return link != m_links.end() && link->second.sight() == LinkSight::Ready;
    });
}

bool Engine::removesRepeats(const Item &item) const
{
    const auto contact = m_contacts.find(item.contact);
    return contact != m_contacts.end() && contact->second.removesRepeats;
}

void Engine::lookAfter(Item &item, MonoTime now)
{
    if (needsAttempt(item)) {
        dispatch(item, now);
        return;
    }
    m_waiting.erase(item.message);
    if (item.open.empty() && !item.repeatWhenDue)
        awaitConfirmation(item, now);
}

void Engine::dispatch(Item &item, MonoTime now)
{
    if (const auto route = bestRoute(item, now, Prefer::Standing))
        start(item, *route, now);
    else
        waitForRoute(item, now);
}

// A repeat for no better reason than silence has to be paid for from the budget.
bool Engine::mayRepeat(Item &item, MonoTime now, RepeatReason reason)
{
    const bool isThere = silenceOf(item.contact, now) < kOnlineWithin;
    // Somebody who is there and does not confirm: what their way was given gets lost.
    if (item.lastAccepted && (reason == RepeatReason::Missing || (reason == RepeatReason::NoConfirmation && isThere))) {
        pathOf(*item.lastAccepted).health().onFailure(now);
        m_routesChanged = true;
    }
    return reason != RepeatReason::NoConfirmation || item.rounds > 0 || m_hedges.take();
}

void Engine::repeat(Item &item, MonoTime now, RepeatReason reason)
{
    if (!removesRepeats(item)) {
        takeHopsWord(item, now);
        return;
    }
    if (!mayRepeat(item, now, reason)) {
        ++item.rounds;
        setDue(item, now + patienceFor(item, now), true);
        return;
    }
    static constexpr std::array kNames{u"NoConfirmation", u"Missing", u"FasterRoute", u"NewNumber"};
    item.reason = QString::fromUtf16(kNames[static_cast<std::size_t>(reason)]);
    if (now >= item.giveUpAt && !item.stalled) {
        item.stalled = true;
        advance(item, MessageState::Stalled, {});
    }
    // Until a hop has taken the repeat: if this try fails, the next route is due at once.
    item.doubtful = true;
    if (const auto route = bestRoute(item, now, Prefer::LeastTried)) {
        ++item.rounds;
        start(item, *route, now);
    } else {
        waitForRoute(item, now);
    }
}

void Engine::dispatchWaiting(MonoTime now)
{
    for (auto at = m_waiting.begin(); at != m_waiting.end();) {
        const MessageId message = *at;
        lookAfter(m_items.at(message), now);
        at = m_waiting.upper_bound(message);
    }
}

// Only those that wait for just this are looked at: with thousands in line, a look at all of them
// for each answer would cost more than sending them.
void Engine::fillWindow(TransportId transport, MonoTime now)
{
    const auto link = m_links.find(transport);
    const auto queue = m_wantRoom.find(transport);
    if (link == m_links.end() || queue == m_wantRoom.end())
        return;
    while (!queue->second.empty() && link->second.hasRoom() && link->second.sight() != LinkSight::Down) {
        const MessageId message = queue->second.extract(queue->second.begin()).value();
        if (m_waiting.contains(message))
            lookAfter(m_items.at(message), now);
    }
}

void Engine::start(Item &item, const Route &route, MonoTime now)
{
    ContactView &contact = m_contacts.at(item.contact);
    m_lastAttempt = AttemptId(m_lastAttempt.value() + 1);
    m_attempts.emplace(m_lastAttempt, OpenAttempt{item.message, route, false});
    m_links.at(route.transport).onAttemptStarted(m_lastAttempt, now);
    const QString reason = item.tried.empty() ? QString() : std::exchange(item.reason, {});
    item.open.insert(route);
    ++item.tried[route];
    setDue(item, {}, false);
    m_waiting.erase(item.message);
    m_effects.push_back(StartAttempt{m_lastAttempt, item.message, route.transport, route.address, reason});
    if (contact.removesRepeats)
        m_acks.onCarried(item.contact);
    if (m_links.at(route.transport).chain().metered)
        m_links.at(route.transport).spending().onSpent(now);
    else
        noteReach(contact, now);
    if (!item.accepted && !item.bounced) {
        item.stalled = false;
        advance(item, MessageState::Sending, {});
    }
    if (!contact.current && !item.via)
        contact.current = route.transport;
    // A path that has rested is the best again without any event.
    reviewRoute(item.contact, contact, now);
    // On a suspect link it keeps waiting for a better one.
    if (standing(route, now) == kLastResort)
        waitForRoute(item, now);
}

/// What the future holds for a message that no route can take now.
struct Engine::Outlook {
    int routes = 0; ///< that it may use at all
    int tooSmall = 0; ///< … which can never carry it
    int refused = 0; ///< … whose address does not take messages for the time being
    std::vector<TransportId> full; ///< … whose link only lacks room
    std::optional<MonoTime> retryAt; ///< when the first resting path opens

    void wakeAt(std::optional<MonoTime> time)
    {
        if (time && (!retryAt || *time < *retryAt))
            retryAt = time;
    }
    bool isHopeless() const { return routes > 0 && tooSmall == routes; }
    bool needsTheUser() const { return tooSmall + refused == routes; }
};

Engine::Outlook Engine::outlookOf(const Item &item, MonoTime now) const
{
    Outlook outlook;
    const auto contact = m_contacts.find(item.contact);
    if (contact == m_contacts.end())
        return outlook;
    for (const Route &route : contact->second.routes) {
        const Link &link = m_links.at(route.transport);
        const ChainLink &chain = link.chain();
        if (item.via ? *item.via != route.transport : chain.metered && !contact->second.mayCost)
            continue;
        ++outlook.routes;
        if (item.textBytes > chain.maxTextBytes || item.cannotCarry.contains(route.transport)) {
            ++outlook.tooSmall;
            continue;
        }
        const auto payable = chain.metered ? payableAt(item, link, now) : now;
        if (!payable || *payable > now) {
            outlook.refused += payable ? 0 : 1;
            outlook.wakeAt(payable);
            continue;
        }
        const auto path = m_paths.find(route);
        if (path == m_paths.end() || path->second.isOpen(now)) {
            if (!link.hasRoom())
                outlook.full.push_back(route.transport);
            continue;
        }
        if (path->second.isRefused(now))
            ++outlook.refused;
        outlook.wakeAt(path->second.restsUntil());
    }
    return outlook;
}

// No route can be tried now: either time or an event will open one, or the user has to help.
void Engine::waitForRoute(Item &item, MonoTime now)
{
    m_waiting.insert(item.message);
    if (const auto contact = m_contacts.find(item.contact); contact != m_contacts.end())
        noteReach(contact->second, now);
    const Outlook outlook = outlookOf(item, now);
    for (const TransportId transport : outlook.full)
        m_wantRoom[transport].insert(item.message);
    std::optional<MonoTime> wake = outlook.retryAt;
    // While it is open somewhere, that transport owes an answer: it is neither hopeless nor a question yet.
    if (item.open.empty()) {
        if (outlook.isHopeless()) {
            advance(item, MessageState::Failed, {});
            forget(item.message);
            return;
        }
        if ((outlook.needsTheUser() || now >= item.giveUpAt) && !item.stalled) {
            item.stalled = true;
            advance(item, MessageState::Stalled, {});
        }
        if (!item.stalled)
            wake = wake ? std::min(*wake, item.giveUpAt) : item.giveUpAt;
    }
    setDue(item, wake, false);
}

void Engine::awaitConfirmation(Item &item, MonoTime now)
{
    if (removesRepeats(item)) {
        setDue(item, now + patienceFor(item, now), true);
        return;
    }
    // A client that would show a repeat: a hop's word is the best there is,
    // or where it came back before, that it does not come back again.
    if (item.bounced)
        setDue(item, now + constantsOf(item.lastAccepted->address.kind).endToEnd.cap, true);
    else if (item.open.empty())
        forget(item.message);
}

void Engine::takeHopsWord(Item &item, MonoTime now)
{
    item.bounced = false;
    item.stalled = false;
    advance(item, MessageState::Sent, item.lastAccepted ? std::optional(item.lastAccepted->transport) : std::nullopt);
    awaitConfirmation(item, now);
}

Micros Engine::patienceFor(const Item &item, MonoTime now)
{
    if (item.rounds == 0)
        return confirmationTime(item, now);
    // Rounds grow, or a person who is away for a month would be sent a flood.
    const TransportKind kind = item.lastAccepted ? item.lastAccepted->address.kind : TransportKind::Xmpp;
    const auto round = std::min<Millis>(constantsOf(kind).latencyClass * (2LL << std::min(item.rounds - 1, 20)),
                                        kLongestRound);
    const bool isShort = item.rounds <= 2 && silenceOf(item.contact, now) < kOnlineWithin;
    const Micros patience = isShort ? confirmationTime(item, now) : round;
    // Everybody who lost the same server would repeat in the same instant.
    return Micros(static_cast<Micros::rep>(static_cast<double>(patience.count()) * (0.8 + 0.4 * m_random.uniform())));
}

Micros Engine::confirmationTime(const Item &item, MonoTime now) const
{
    Micros timeout = constantsOf(TransportKind::Xmpp).endToEnd.first;
    if (item.lastAccepted) {
        const auto path = m_paths.find(*item.lastAccepted);
        timeout = path == m_paths.end() ? constantsOf(item.lastAccepted->address.kind).endToEnd.first
                                        : path->second.endToEndTimeout();
    }
    const Micros silence = silenceOf(item.contact, now);
    if (silence < kOnlineWithin)
        return timeout;
    return std::max<Micros>(timeout, silence < kRecentWithin ? kRecentPatience : kAwayPatience);
}

Micros Engine::silenceOf(ContactId contact, MonoTime now) const
{
    const auto view = m_contacts.find(contact);
    return view != m_contacts.end() && view->second.lastHeard ? now - *view->second.lastHeard : Micros::max();
}

void Engine::setDue(Item &item, std::optional<MonoTime> due, bool repeatWhenDue)
{
    if (item.due)
        m_due.erase({*item.due, item.message});
    item.due = due;
    item.repeatWhenDue = repeatWhenDue;
    if (due)
        m_due.insert({*due, item.message});
}

void Engine::advance(Item &item, MessageState state, std::optional<TransportId> via)
{
    m_effects.push_back(AdvanceMessage{item.message, state, via});
}

void Engine::forget(MessageId message)
{
    const auto item = m_items.find(message);
    if (item == m_items.end())
        return;
    setDue(item->second, {}, false);
    m_waiting.erase(message);
    for (auto &[transport, queue] : m_wantRoom)
        queue.erase(message);
    m_items.erase(item);
    m_effects.push_back(ForgetItem{message});
}

} // namespace planb::delivery
