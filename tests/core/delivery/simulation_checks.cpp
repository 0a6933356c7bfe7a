// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/delivery/simulation.h"

#include "core/delivery/constants.h"
#include "tests/core/delivery/engine_world.h"
#include "tests/core/delivery/story_text.h"

#include <algorithm>

namespace planb::delivery::test {

void Simulation::complain(const std::string &what)
{
    if (m_complaint.empty())
        m_complaint = what + ", " + std::to_string((m_now - MonoTime(1h)).count()) + " us into the story";
}

void Simulation::post(const Event &event)
{
    if (const auto *change = std::get_if<LinkChanged>(&event); change && change->sight != LinkSight::Ready)
        m_everLost.insert(change->transport);
    if (!m_complaint.empty())
        return;
    m_startsInThisEvent.clear();
    const Effects effects = m_engine->handle(event, m_now);
    if (m_keep == Keep::Text)
        write(event, effects);
    for (const Effect &effect : effects)
        std::visit([this](const auto &one) { take(one); }, effect);
    if (const auto *answered = std::get_if<HandedOver>(&event))
        checkAnswered(*answered, effects);
    m_log.insert(m_log.end(), effects.begin(), effects.end());
    checkNobodyIsIdle();
}

void Simulation::write(const Event &event, const Effects &effects)
{
    m_text += std::to_string((m_now - MonoTime(1h)).count()) + " us: " + textOf(event) + '\n';
    for (const Effect &effect : effects)
        m_text += "    " + textOf(effect) + '\n';
}

void Simulation::checkAnswered(const HandedOver &event, const Effects &effects)
{
    int ends = 0;
    for (const Effect &effect : effects) {
        const auto *finish = std::get_if<FinishAttempt>(&effect);
        if (!finish || finish->attempt != event.attempt)
            continue;
        ++ends;
        if ((finish->state == AttemptState::Accepted) == event.failure.has_value())
            complain("an attempt ended as what it was not");
    }
    if (ends != 1)
        complain("an answered attempt was not finished once");
}

void Simulation::take(const StartAttempt &effect)
{
    const auto found = m_messages.find(effect.message);
    if (found == m_messages.end())
        return complain("an attempt for a message that is not in the outbox");
    SimMessage &message = found->second;
    SimLink &link = linkOf(effect.transport);
    const Route route{effect.transport, effect.address};
    const ContactChanged &contact = m_contacts.at(message.item.contact);
    if (!link.isInChain || !link.isUp)
        complain("an attempt on a link that is down");
    if (!mayCarry(message, link))
        complain("an attempt on a transport that may not carry the message");
    if (std::ranges::find(contact.addresses, effect.address) == contact.addresses.end())
        complain("an attempt to an address the contact does not have");
    const bool isUnclear = std::ranges::any_of(
        message.open, [this](const auto &open) { return linkOf(open.first.transport).isUnclear; });
    if (!message.isAccepted && !isUnclear && isInGoodHands(message))
        complain("a second attempt while a link that answers has it in hand");
    if (message.isAccepted && !contact.removesRepeats)
        complain("a repeat to a client that would show it twice");
    if (effect.attempt <= m_lastAttempt)
        complain("attempt ids do not rise");
    if (!message.open.emplace(route, effect.attempt).second)
        complain("a second attempt on a route that owes an answer");
    if (++m_startsInThisEvent[effect.message] > 6)
        complain("a message is tried again and again in one instant");
    m_lastAttempt = effect.attempt;
    m_attempts.emplace(effect.attempt, SimAttempt{effect, m_now});
    link.open.push_back(effect.attempt);
    if (link.open.size() > static_cast<std::size_t>(kWindow))
        complain("a link has more attempts than its window");
}

void Simulation::take(const AdvanceMessage &effect)
{
    const auto found = m_messages.find(effect.message);
    if (found == m_messages.end())
        return complain("news of a message that is not in the outbox");
    SimMessage &message = found->second;
    if (mayFollow(message.shown, effect.state))
        message.shown = effect.state;
    else if (effect.state != message.shown && !message.isRestored)
        complain("a state that moves back");
    if (effect.state == MessageState::Sent) {
        message.isWrittenAsAccepted = true;
        if (message.takenOn.empty() && !message.item.accepted && !message.isAccepted)
            complain("shown as sent although no server took it");
    }
    const auto &addresses = m_contacts.at(message.item.contact).addresses;
    const bool isCarried = std::ranges::any_of(m_links, [&](const SimLink &link) {
        return link.isInChain && mayCarry(message, link)
            && std::ranges::any_of(addresses, [&](const Address &address) { return address.kind == link.chain.kind; });
    });
    if (effect.state == MessageState::Failed && isCarried)
        complain("given up although a transport may carry it");
}

void Simulation::take(const ForgetItem &effect)
{
    auto message = m_messages.extract(effect.message);
    if (!message)
        return complain("forgotten twice");
    const bool isPlain = !m_contacts.at(message.mapped().item.contact).removesRepeats;
    const bool isOver = message.mapped().shown == MessageState::Delivered
        || message.mapped().shown == MessageState::Failed;
    const bool hopsWord = isPlain && !message.mapped().takenOn.empty() && message.mapped().shown == MessageState::Sent;
    const bool former = isPlain && message.mapped().isWrittenAsAccepted;
    if (!isOver && !hopsWord && !former)
        complain("forgotten before its time");
    if (!isOver)
        m_former.insert(std::move(message));
}

void Simulation::take(const ProbeLink &effect)
{
    SimLink &link = linkOf(effect.transport);
    const auto lately = std::ranges::count_if(
        m_lostAt, [this](const auto &lost) { return m_now - lost.second <= kOutageWithin; });
    // In an outage of several links the others are asked too, and so are links that are held after a loss: without
    // being suspect.
    const bool wasLost = m_everLost.contains(effect.transport) || m_lostAt.contains(effect.transport);
    if (!link.open.empty() && (lately >= 2 || wasLost))
        link.isUnclear = true;
    else if (!link.open.empty())
        link.isSuspect = true;
    if (!link.open.empty())
        m_lostAt[effect.transport] = m_now;
    if (!link.isUp || (link.open.empty() && lately < 2 && !wasLost))
        complain("a probe on a link that owes nothing");
}

void Simulation::take(const NudgeLink &effect)
{
    if (linkOf(effect.transport).isUp || !linkOf(effect.transport).isInChain)
        complain("a nudge to a link that needs none");
}

void Simulation::take(const SwitchedRoute &effect)
{
    if (effect.from == effect.to || !linkOf(effect.to).isUp || effect.reason.isEmpty())
        complain("a switch to nowhere");
}

bool Simulation::mayCarry(const SimMessage &message, const SimLink &link) const
{
    const TransportId id = link.chain.id;
    const bool isAllowed = message.item.via ? *message.item.via == id : !link.chain.metered;
    return isAllowed && message.item.textBytes <= link.chain.maxTextBytes && !message.rejectedBy.contains(id);
}

/// Whether a link that is not known to be in trouble has it in hand, and for no longer than the longest wait.
bool Simulation::isInGoodHands(const SimMessage &message) const
{
    return std::ranges::any_of(message.open, [this](const auto &open) {
        const SimLink &link = m_links[static_cast<std::size_t>(open.first.transport.value() - 1)];
        const MonoTime since = std::max(link.lastProgress, m_attempts.at(open.second).startedAt);
        const Micros patience = constantsOf(link.chain.kind).hop.cap + m_lateness;
        return link.isInChain && link.isUp && !link.isSuspect && m_now - since <= patience;
    });
}

std::optional<Route> Simulation::overlookedRoute(const SimMessage &message) const
{
    // Messages wait for room on a link that moves rather than spill over onto the next.
    const bool isFull = std::ranges::any_of(m_links, [&](const SimLink &link) {
        return link.isInChain && link.isUp && link.open.size() >= static_cast<std::size_t>(kWindow)
            && mayCarry(message, link);
    });
    if (isFull)
        return {};
    for (const SimLink &link : m_links) {
        if (!link.isInChain || !link.isUp || !mayCarry(message, link))
            continue;
        if (link.open.size() >= static_cast<std::size_t>(kWindow))
            continue;
        // One last resort is enough.
        if ((link.isSuspect || link.isUnclear) && !message.open.empty())
            continue;
        for (const Address &address : m_contacts.at(message.item.contact).addresses) {
            const Route route{link.chain.id, address};
            const bool isOpenThere = std::ranges::any_of(
                message.open, [&](const auto &open) { return open.first.transport == link.chain.id; });
            if (address.kind != link.chain.kind || isOpenThere)
                continue;
            const auto path = m_paths.find(route);
            if (path == m_paths.end() || path->second.restsAtMostUntil <= m_now)
                return route;
        }
    }
    return {};
}

void Simulation::checkNobodyIsIdle()
{
    // In a burst now and then is enough: whoever is overlooked stays so.
    if (m_messages.size() > 50 && ++m_events % 50 != 0)
        return;
    for (const auto &[id, message] : m_messages) {
        // What a hop took waits for its confirmation; that it does so for ever is found out at the end.
        if (message.isAccepted || isInGoodHands(message))
            continue;
        if (overlookedRoute(message))
            return complain("message " + id.toString().toStdString() + " is idle although a route is usable");
    }
}

bool Simulation::canBeDelivered(const SimMessage &message) const
{
    return std::ranges::any_of(m_links, [&](const SimLink &link) {
        return link.isInChain && link.isUp && mayCarry(message, link)
            && std::ranges::any_of(m_contacts.at(message.item.contact).addresses,
                                   [&](const Address &address) { return address.kind == link.chain.kind; });
    });
}

void Simulation::checkAllDone()
{
    bool isAnyLeft = false;
    for (const auto &[id, message] : m_messages) {
        isAnyLeft = true;
        if (canBeDelivered(message))
            complain("message " + id.toString().toStdString() + " is never delivered");
        if (!message.open.empty())
            complain("an attempt was never answered");
    }
    if (!isAnyLeft && m_engine->nextWake(m_now))
        complain("a wake-up without any message");
}

} // namespace planb::delivery::test
