// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/delivery/engine_world.h"
#include "tests/core/delivery/simulation.h"

#include <algorithm>
#include <array>
#include <utility>

namespace planb::delivery::test {

namespace {

const std::array kConnectFailures{FailureCode::ConnectionRefused, FailureCode::ConnectTimeout,
                                  FailureCode::NetworkUnreachable};

Failure failureOf(FailureCode code)
{
    return {code, {}, {}};
}

} // namespace

void Simulation::endOpenAttempts(SimLink &link)
{
    // The engine may start more on a link of which it does not know yet that it is gone; never without end.
    for (int rounds = 0; !link.open.empty(); ++rounds) {
        if (rounds > 5'000)
            return complain("attempts on a dying link are started again and again");
        answer(link.open.front(), failureOf(FailureCode::ConnectionLost));
    }
}

void Simulation::moveALink()
{
    if (SimLink *down = randomLink(false); down && chance(0.5)) {
        if (chance(0.4)) {
            post(LinkChanged{
                down->chain.id, LinkSight::Down, failureOf(kConnectFailures[pick(kConnectFailures.size())]), {}});
            return;
        }
        linkIsReady(*down);
        return;
    }
    SimLink *up = randomLink(true);
    if (!up)
        return;
    if (chance(0.7)) {
        linkFalls(*up);
    } else if (!up->isSuspect) {
        up->isSuspect = true;
        m_lostAt[up->chain.id] = m_now;
        post(LinkChanged{up->chain.id, LinkSight::Suspect, {}, {}});
    } else {
        linkIsReady(*up);
    }
}

void Simulation::linkIsReady(SimLink &link)
{
    link.isUp = true;
    link.isSuspect = false;
    link.isUnclear = false;
    link.lastProgress = m_now;
    post(LinkChanged{link.chain.id, LinkSight::Ready, {}, {}});
}

void Simulation::linkFalls(SimLink &link)
{
    const bool answersFirst = chance(0.5);
    if (answersFirst)
        endOpenAttempts(link);
    link.isUp = false;
    link.isFrozen = false;
    std::optional<Failure> failure;
    if (chance(0.9))
        failure = failureOf(FailureCode::ConnectionLost);
    m_lostAt[link.chain.id] = m_now;
    post(LinkChanged{link.chain.id, LinkSight::Down, failure, {}});
    endOpenAttempts(link);
}

void Simulation::freezeOrThaw()
{
    if (SimLink *link = randomLink(true))
        link->isFrozen = !link->isFrozen;
}

void Simulation::bounceOne()
{
    std::vector<MessageId> candidates;
    for (const auto *messages : {&m_messages, &m_former}) {
        for (const auto &[id, message] : *messages) {
            if (!message.takenOn.empty() && !message.hasArrived)
                candidates.push_back(id);
        }
    }
    if (candidates.empty())
        return;
    const MessageId id = candidates[pick(candidates.size())];
    if (auto former = m_former.extract(id)) {
        former.mapped().isForgotten = false;
        former.mapped().open.clear();
        former.mapped().rejectedBy.clear();
        former.mapped().item.via.reset();
        m_messages.insert(std::move(former));
    }
    SimMessage &message = m_messages.at(id);
    const Route route = message.takenOn[pick(message.takenOn.size())];
    std::erase(message.takenOn, route);
    message.isAccepted = false;
    message.isWrittenAsAccepted = false;
    m_paths[route] = {m_now + 24h, true};
    ItemQueued item = message.item;
    item.accepted = true;
    post(Bounced{item, route.transport, route.address, failureOf(FailureCode::RecipientUnavailable)});
}

void Simulation::tellChain()
{
    std::vector<ChainLink> chain;
    for (const TransportId id : m_order) {
        if (linkOf(id).isInChain)
            chain.push_back(linkOf(id).chain);
    }
    post(ChainChanged{chain});
}

void Simulation::changeChain()
{
    if (chance(0.4)) {
        const std::size_t one = pick(m_order.size());
        const std::size_t other = pick(m_order.size());
        std::swap(m_order[one], m_order[other]);
        tellChain();
        return;
    }
    SimLink &link = m_links[pick(m_links.size())];
    const bool answersFirst = chance(0.5);
    if (link.isInChain && answersFirst)
        endOpenAttempts(link);
    link.isInChain = !link.isInChain;
    link.isUp = false;
    link.isFrozen = false;
    link.isSuspect = false;
    link.isUnclear = false;
    tellChain();
    endOpenAttempts(link);
}

void Simulation::changeContact()
{
    ContactChanged &contact = chance(0.5) ? m_contacts.at(kBob) : m_contacts.at(kCarol);
    const std::array all{bobAtOne(), bobAtTwo(), bobAtPost(), bobsNumber()};
    contact.addresses.clear();
    for (const Address &address : all) {
        if (chance(0.6))
            contact.addresses.push_back(address);
    }
    post(contact);
}

void Simulation::restart()
{
    m_attempts.clear();
    m_paths.clear();
    m_unconfirmed.clear();
    for (SimLink &link : m_links)
        link = {.chain = link.chain, .isInChain = link.isInChain, .open = {}};
    std::map<MessageId, SimMessage> outbox = std::exchange(m_messages, {});
    m_engine.emplace(m_engineRandom, m_lastAttempt);
    tellChain();
    for (const auto &[id, contact] : m_contacts)
        post(contact);
    for (auto &[id, message] : outbox) {
        ItemQueued item = message.item;
        item.age = std::chrono::duration_cast<Millis>(m_now - message.queuedAt);
        item.accepted = message.isWrittenAsAccepted;
        message.open.clear();
        message.rejectedBy.clear();
        message.takenOn.clear();
        message.hasArrived = false;
        message.isAccepted = item.accepted;
        message.isRestored = true;
        m_messages.emplace(id, std::move(message));
        post(item);
    }
}

} // namespace planb::delivery::test
