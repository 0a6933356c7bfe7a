// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/delivery/constants.h"
#include "core/delivery/engine.h"

#include <algorithm>

namespace planb::delivery {

void Engine::on(const Received &event, MonoTime now)
{
    if (event.hasPlace)
        m_acks.onReceived(event.contact, {event.via, event.from}, event.isRepeat, event.gapOpened, now);
    on(Heard{event.contact}, now);
}

void Engine::on(const AckOwed &event, MonoTime now)
{
    m_acks.owe(event.contact, now);
}

void Engine::on(const Acknowledged &event, MonoTime now)
{
    std::vector<MessageId> missing;
    for (const MessageId message : itemsOf(event.contact)) {
        Item &item = m_items.at(message);
        if (item.place && item.place->stream == event.ack.stream && isMissing(item, event.ack.ranges, now))
            missing.push_back(message);
    }
    for (const MessageId message : missing)
        repeat(m_items.at(message), now, RepeatReason::Missing);
}

void Engine::on(const Moved &event, MonoTime now)
{
    const auto found = m_items.find(event.message);
    if (found == m_items.end())
        return;
    Item &item = found->second;
    item.place = event.place;
    // Only a repeat tells the other side the new number.
    if (item.repeatWhenDue)
        repeat(item, now, RepeatReason::NewNumber);
}

// Later ones are there and this one is not: it is lost, or it is on a slow way while a faster one is open.
bool Engine::isMissing(const Item &item, const AckRanges &ranges, MonoTime now) const
{
    // Once for each round: the acknowledgements of what was sent meanwhile say the same again.
    if (!item.repeatWhenDue || item.rounds >= kMostMissingRepeats || ranges.covers(item.place->number))
        return false;
    const quint64 later = ranges.countAbove(item.place->number);
    return later >= kMissingAfterLater || (later > 0 && now - item.lastAcceptedAt >= confirmationTime(item, now));
}

void Engine::sendDueAcks(MonoTime now)
{
    for (const AckSchedule::Due &due : m_acks.takeDue(now)) {
        if (const auto route = routeForAck(due, now))
            m_effects.push_back(SendAck{due.contact, route->transport, route->address});
        else
            m_acks.keep(due);
    }
}

// The way the message came, so that its author learns soonest that this way works; never one that costs money.
std::optional<Route> Engine::routeForAck(const AckSchedule::Due &due, MonoTime now) const
{
    const auto contact = m_contacts.find(due.contact);
    if (contact == m_contacts.end())
        return {};
    std::optional<Route> best;
    int bestStanding = kLastResort;
    for (const Route &route : contact->second.routes) {
        if (m_links.at(route.transport).chain().metered)
            continue;
        const int rank = standing(route, now);
        if (route == due.route && rank < kLastResort)
            return route;
        if (rank < bestStanding) {
            best = route;
            bestStanding = rank;
        }
    }
    return best;
}

} // namespace planb::delivery
