// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/delivery/constants.h"
#include "core/delivery/engine.h"

#include <algorithm>
#include <utility>

namespace planb::delivery {

namespace {

// A transport's standing, best first; kNoStanding means it cannot be used at all.
constexpr int kProven = 0;
constexpr int kHeld = 1;
constexpr int kLastResort = 2;
constexpr int kNoStanding = 3;

} // namespace

int Engine::standing(TransportId transport, MonoTime now) const
{
    const auto link = m_links.find(transport);
    if (link == m_links.end())
        return kNoStanding;
    switch (link->second.sight()) {
    case LinkSight::Ready: return link->second.isHeld(now) ? kHeld : kProven;
    case LinkSight::Suspect: return kLastResort;
    case LinkSight::Down: return kNoStanding;
    }
    Q_UNREACHABLE();
}

bool Engine::mayUse(const Item &item, const Route &route, MonoTime now) const
{
    const auto link = m_links.find(route.transport);
    if (link == m_links.end() || !link->second.hasRoom() || standing(route.transport, now) == kNoStanding)
        return false;
    const ChainLink &chain = link->second.chain();
    // Money is spent only on the user's word for this message.
    if (item.via ? *item.via != route.transport : chain.metered)
        return false;
    if (item.textBytes > chain.maxTextBytes || item.cannotCarry.contains(route.transport) || item.open.contains(route))
        return false;
    const auto path = m_paths.find(route);
    return path == m_paths.end() || path->second.isOpen(now);
}

std::optional<Route> Engine::bestRoute(const Item &item, MonoTime now, Prefer prefer) const
{
    const auto contact = m_contacts.find(item.contact);
    if (contact == m_contacts.end())
        return {};
    std::optional<Route> best;
    std::pair<int, int> bestRank;
    for (const Route &route : contact->second.routes) {
        if (!mayUse(item, route, now))
            continue;
        const auto tried = item.tried.find(route);
        const bool countTries = prefer == Prefer::LeastTried && tried != item.tried.end();
        const std::pair rank(countTries ? tried->second : 0, standing(route.transport, now));
        if (!best || rank < bestRank) {
            best = route;
            bestRank = rank;
        }
    }
    return best;
}

bool Engine::needsAttempt(const Item &item) const
{
    if (item.accepted && !item.bounced && !item.doubtful)
        return false;
    return std::ranges::none_of(item.open, [this](const Route &route) {
        const auto link = m_links.find(route.transport);
        return link != m_links.end() && link->second.sight() == LinkSight::Ready;
    });
}

void Engine::dispatch(Item &item, MonoTime now)
{
    if (const auto route = bestRoute(item, now, Prefer::Standing))
        start(item, *route, now);
    else
        waitForRoute(item, now);
}

void Engine::repeat(Item &item, MonoTime now)
{
    if (now >= item.giveUpAt && !item.stalled) {
        item.stalled = true;
        advance(item, MessageState::Stalled, {});
    }
    if (const auto route = bestRoute(item, now, Prefer::LeastTried)) {
        ++item.rounds;
        start(item, *route, now);
    } else {
        item.doubtful = true;
        waitForRoute(item, now);
    }
}

void Engine::dispatchWaiting(MonoTime now)
{
    for (auto at = m_waiting.begin(); at != m_waiting.end() && anyRoomLeft();) {
        const MessageId message = *at;
        Item &item = m_items.at(message);
        if (needsAttempt(item))
            dispatch(item, now);
        else
            m_waiting.erase(message);
        at = m_waiting.upper_bound(message);
    }
}

bool Engine::anyRoomLeft() const
{
    return std::ranges::any_of(m_links, [](const auto &entry) {
        return entry.second.sight() != LinkSight::Down && entry.second.hasRoom();
    });
}

void Engine::start(Item &item, const Route &route, MonoTime now)
{
    m_lastAttempt = AttemptId(m_lastAttempt.value() + 1);
    m_attempts.emplace(m_lastAttempt, OpenAttempt{item.message, route, now, false});
    m_links.at(route.transport).onAttemptStarted(m_lastAttempt, now);
    item.open.insert(route);
    ++item.tried[route];
    item.doubtful = false;
    setDue(item, {}, false);
    // On a suspect link it keeps waiting for a better one.
    if (standing(route.transport, now) == kLastResort)
        m_waiting.insert(item.message);
    else
        m_waiting.erase(item.message);
    m_effects.push_back(StartAttempt{m_lastAttempt, item.message, route.transport, route.address});
    if (!item.accepted && !item.bounced) {
        item.stalled = false;
        advance(item, MessageState::Sending, {});
    }
    ContactView &contact = m_contacts.at(item.contact);
    if (!contact.current)
        contact.current = route.transport;
}

/// What the future holds for a message that no route can take now.
struct Engine::Outlook {
    int routes = 0; ///< that it may use at all
    int tooSmall = 0; ///< … which can never carry it
    int refused = 0; ///< … whose address does not take messages for the time being
    std::optional<MonoTime> retryAt; ///< when the first resting path opens

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
        const ChainLink &chain = m_links.at(route.transport).chain();
        if (item.via ? *item.via != route.transport : chain.metered)
            continue;
        ++outlook.routes;
        if (item.textBytes > chain.maxTextBytes || item.cannotCarry.contains(route.transport)) {
            ++outlook.tooSmall;
            continue;
        }
        const auto path = m_paths.find(route);
        if (path == m_paths.end() || path->second.isOpen(now))
            continue;
        if (path->second.isRefused(now))
            ++outlook.refused;
        const MonoTime opens = path->second.restsUntil();
        outlook.retryAt = outlook.retryAt ? std::min(*outlook.retryAt, opens) : opens;
    }
    return outlook;
}

// No route can be tried now: either time or an event will open one, or the user has to help.
void Engine::waitForRoute(Item &item, MonoTime now)
{
    m_waiting.insert(item.message);
    if (!item.open.empty())
        return; // its transport still owes an answer, and that brings us back here
    const Outlook outlook = outlookOf(item, now);
    if (outlook.isHopeless()) {
        advance(item, MessageState::Failed, {});
        forget(item.message);
        return;
    }
    if ((outlook.needsTheUser() || now >= item.giveUpAt) && !item.stalled) {
        item.stalled = true;
        advance(item, MessageState::Stalled, {});
    }
    std::optional<MonoTime> wake = outlook.retryAt;
    if (!item.stalled)
        wake = wake ? std::min(*wake, item.giveUpAt) : item.giveUpAt;
    setDue(item, wake, false);
}

void Engine::awaitConfirmation(Item &item, MonoTime now)
{
    const auto contact = m_contacts.find(item.contact);
    if (contact == m_contacts.end() || !contact->second.removesRepeats) {
        // A client that would show a repeat: a hop's word is the best there is.
        if (item.open.empty() && !item.bounced)
            forget(item.message);
        return;
    }
    Micros patience = patienceFor(item, now);
    if (item.rounds > 0) // or everybody who lost the same server would repeat in the same instant
        patience = Micros(static_cast<Micros::rep>(static_cast<double>(patience.count()) * (0.8 + 0.4 * m_random.uniform())));
    setDue(item, now + patience, true);
}

Micros Engine::patienceFor(const Item &item, MonoTime now) const
{
    const TransportKind kind = item.lastAccepted ? item.lastAccepted->address.kind : TransportKind::Xmpp;
    const KindConstants &constants = constantsOf(kind);
    Micros timeout = constants.endToEnd.first;
    if (item.lastAccepted) {
        const auto path = m_paths.find(*item.lastAccepted);
        if (path != m_paths.end())
            timeout = path->second.endToEndTimeout();
    }
    const ContactView &contact = m_contacts.at(item.contact);
    const Micros silence = contact.lastHeard ? now - *contact.lastHeard : Micros::max();
    if (item.rounds > 0) {
        // Rounds grow, or a person who is away for a month would be sent a flood.
        const auto round = constants.latencyClass * (2LL << std::min(item.rounds - 1, 20));
        if (silence > kOnlineWithin || item.rounds > 2)
            return std::min<Millis>(round, kLongestRound);
    }
    if (silence < kOnlineWithin)
        return timeout;
    return silence < kRecentWithin ? std::max<Micros>(timeout, kRecentPatience) : std::max<Micros>(timeout, kAwayPatience);
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
    m_items.erase(item);
    m_effects.push_back(ForgetItem{message});
}

std::optional<Route> Engine::preferredRoute(const ContactView &contact, MonoTime now) const
{
    std::optional<Route> best;
    int bestStanding = kLastResort; // a suspect link is nothing to switch to
    for (const Route &route : contact.routes) {
        const int rank = standing(route.transport, now);
        const auto path = m_paths.find(route);
        const bool open = path == m_paths.end() || path->second.isOpen(now);
        if (open && !m_links.at(route.transport).chain().metered && rank < bestStanding) {
            best = route;
            bestStanding = rank;
        }
    }
    return best;
}

void Engine::reviewRoutes(MonoTime now)
{
    for (auto &[id, contact] : m_contacts) {
        if (!contact.current)
            continue;
        const auto preferred = preferredRoute(contact, now);
        if (!preferred || preferred->transport == *contact.current)
            continue;
        m_effects.push_back(SwitchedRoute{id, *contact.current, preferred->transport,
                                          reasonOfSwitch(*contact.current, preferred->transport)});
        contact.current = preferred->transport;
    }
}

QString Engine::reasonOfSwitch(TransportId from, TransportId to) const
{
    const auto old = m_links.find(from);
    if (old == m_links.end())
        return QStringLiteral("ChainChanged");
    if (old->second.sight() != LinkSight::Ready && old->second.lastFailure())
        return nameOf(old->second.lastFailure()->code);
    const auto place = [this](TransportId id) {
        return std::ranges::find_if(m_chain, [id](const ChainLink &link) { return link.id == id; }) - m_chain.begin();
    };
    return place(to) < place(from) ? QStringLiteral("Recovered") : QStringLiteral("ChainChanged");
}

bool Engine::isInUse(TransportId transport, MonoTime now) const
{
    bool anyCurrent = false;
    for (const auto &[id, contact] : m_contacts) {
        if (!contact.current)
            continue;
        anyCurrent = true;
        if (*contact.current == transport && standing(transport, now) < kLastResort)
            return true;
    }
    if (anyCurrent || standing(transport, now) >= kLastResort)
        return false;
    const auto first = std::ranges::min_element(m_chain, {}, [&](const ChainLink &link) { return standing(link.id, now); });
    return first != m_chain.end() && first->id == transport;
}

Path &Engine::pathOf(const Route &route)
{
    return m_paths.try_emplace(route, Path(route.address.kind)).first->second;
}

} // namespace planb::delivery
