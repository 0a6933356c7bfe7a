// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/delivery/engine.h"

#include <algorithm>

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

} // namespace planb::delivery
