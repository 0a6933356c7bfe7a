// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/delivery/constants.h"
#include "core/delivery/engine.h"

#include <algorithm>
#include <tuple>

namespace planb::delivery {

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

int Engine::standing(const Route &route, MonoTime now) const
{
    const int ofLink = standing(route.transport, now);
    const auto path = m_paths.find(route);
    const bool isEjected = path != m_paths.end() && path->second.health().isEjected(now);
    return isEjected && ofLink < kEjected ? kEjected : ofLink;
}

std::optional<Route> Engine::preferredRoute(const ContactView &contact, MonoTime now) const
{
    std::optional<Route> best;
    int bestStanding = kLastResort; // a suspect link is nothing to switch to
    for (const Route &route : contact.routes) {
        const int rank = standing(route, now);
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
    for (auto &[id, contact] : m_contacts)
        reviewRoute(id, contact, now);
}

void Engine::reviewRoute(ContactId id, ContactView &contact, MonoTime now)
{
    if (!contact.current)
        return;
    const auto preferred = preferredRoute(contact, now);
    if (!preferred || preferred->transport == *contact.current)
        return;
    m_effects.push_back(SwitchedRoute{id, *contact.current, preferred->transport,
                                      reasonOfSwitch(contact, *contact.current, preferred->transport, now)});
    contact.current = preferred->transport;
}

QString Engine::reasonOfSwitch(const ContactView &contact, TransportId from, TransportId to, MonoTime now) const
{
    const auto old = m_links.find(from);
    if (old == m_links.end())
        return QStringLiteral("ChainChanged");
    if (old->second.lastFailure())
        return nameOf(old->second.lastFailure()->code);
    // The best of the ways by the old transport is the one that was left.
    const auto left = std::ranges::find(contact.routes, from, &Route::transport);
    const auto path = left == contact.routes.end() ? m_paths.end() : m_paths.find(*left);
    if (path != m_paths.end() && !path->second.isOpen(now))
        return nameOf(*path->second.lastFailure());
    if (path != m_paths.end() && path->second.health().isEjected(now))
        return QStringLiteral("NoConfirmation");
    if (const auto reason = old->second.heldFor(now))
        return nameOf(*reason);
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
    const auto first = std::ranges::min_element(m_chain, {},
                                                [&](const ChainLink &link) { return standing(link.id, now); });
    return first != m_chain.end() && first->id == transport;
}

Path &Engine::pathOf(const Route &route)
{
    return m_paths.try_emplace(route, Path(route.address.kind)).first->second;
}

bool Engine::mayUse(const Item &item, const Route &route, MonoTime now) const
{
    const auto link = m_links.find(route.transport);
    const int rank = standing(route, now);
    if (rank == kNoStanding)
        return false;
    const ChainLink &chain = link->second.chain();
    if (item.via && *item.via != route.transport)
        return false;
    if (chain.metered && !mayPay(item, link->second, now))
        return false;
    if (item.textBytes > chain.maxTextBytes || item.cannotCarry.contains(route.transport))
        return false;
    // A link that does not answer for one address will not answer for the other.
    const bool isOpenThere = std::ranges::any_of(item.open, [&](const Route &open) {
        return open == route || (rank == kLastResort && open.transport == route.transport);
    });
    if (isOpenThere)
        return false;
    const auto path = m_paths.find(route);
    return path == m_paths.end() || path->second.isOpen(now);
}

bool Engine::mayPay(const Item &item, const Link &link, MonoTime now) const
{
    const auto payable = payableAt(item, link, now);
    return payable && *payable <= now && (item.via || !isLocalNetworkDown());
}

// When money may be spent on this message as things are; absent if never.
std::optional<MonoTime> Engine::payableAt(const Item &item, const Link &link, MonoTime now) const
{
    const SpendingLimits &limits = link.chain().limits;
    const auto allowed = link.spending().allowedAt(limits, now);
    if (!allowed && !link.spending().isAllowed(limits, now))
        return {};
    if (item.via)
        return allowed.value_or(now);
    const ContactView &contact = m_contacts.at(item.contact);
    if (!contact.mayCost || !contact.unreachableSince)
        return {};
    return std::max(allowed.value_or(now), *contact.unreachableSince + kMeteredAfter);
}

// Whether no unmetered link that answers leads to this person, nor one that has done so within the same silence.
void Engine::noteReach(ContactView &contact, MonoTime now)
{
    const bool isReachable = std::ranges::any_of(contact.routes, [&](const Route &route) {
        const auto path = m_paths.find(route);
        return !m_links.at(route.transport).chain().metered && standing(route, now) < kLastResort
            && (path == m_paths.end() || path->second.isOpen(now));
    });
    if (isReachable)
        contact.unreachableSince.reset();
    else if (!contact.unreachableSince)
        contact.unreachableSince = now;
}

bool Engine::isLocalNetworkDown() const
{
    return std::ranges::all_of(m_links, [](const auto &entry) {
        const Link &link = entry.second;
        const bool lacksNetwork = link.sight() == LinkSight::Down && link.lastFailure()
            && link.lastFailure()->blame() == Blame::Network;
        return link.chain().metered || lacksNetwork;
    });
}

std::optional<Route> Engine::bestRoute(const Item &item, MonoTime now, Prefer prefer) const
{
    const auto contact = m_contacts.find(item.contact);
    if (contact == m_contacts.end())
        return {};
    std::optional<Route> best;
    std::tuple<bool, bool, int, int> bestRank;
    for (const Route &route : contact->second.routes) {
        if (!mayUse(item, route, now))
            continue;
        const auto tried = item.tried.find(route);
        const bool countTries = prefer == Prefer::LeastTried && tried != item.tried.end();
        const int rankOfLink = standing(route, now);
        const bool isMetered = m_links.at(route.transport).chain().metered;
        const std::tuple rank(rankOfLink == kLastResort, isMetered, countTries ? tried->second : 0, rankOfLink);
        if (!best || rank < bestRank) {
            best = route;
            bestRank = rank;
        }
    }
    // A full link moves on in a moment; a burst must not spill over onto ways that are slower or cost more.
    if (best && !m_links.at(best->transport).hasRoom())
        return {};
    return best;
}

} // namespace planb::delivery
