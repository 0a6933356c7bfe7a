// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/delivery/simulation.h"

#include "tests/core/delivery/engine_world.h"

#include <algorithm>
#include <array>
#include <utility>

namespace planb::delivery::test {

namespace {

Failure failureOf(FailureCode code)
{
    return {code, {}, {}};
}

const std::array kRefusals{FailureCode::RecipientUnknown, FailureCode::RecipientUnavailable,
                           FailureCode::RecipientRefused};

} // namespace

Simulation::Simulation(std::uint64_t seed, Keep keep) : m_random(seed), m_engineRandom(seed + 1), m_keep(keep)
{
    m_trouble = {chance(0.7), chance(0.5), chance(0.4), chance(0.3), chance(0.4), chance(0.3),
                 chance(0.2), chance(0.2), chance(0.2), chance(0.2), chance(0.1), chance(0.02)};
    m_engine.emplace(m_engineRandom, m_lastAttempt);
    for (const ChainLink &link : {primary(), backup(), mail(), phone()}) {
        m_links.push_back({.chain = link, .open = {}});
        m_order.push_back(link.id);
    }
    tellChain();
    m_contacts[kBob] = {kBob, {bobAtOne(), bobAtTwo(), bobAtPost(), bobsNumber()}, true};
    m_contacts[kCarol] = {kCarol, {bobAtTwo(), bobAtPost(), bobsNumber()}, false};
    for (const auto &[id, contact] : m_contacts)
        post(contact);
    for (SimLink &link : m_links) {
        link.isUp = chance(0.8);
        if (link.isUp)
            post(LinkChanged{
                link.chain.id, LinkSight::Ready, {}, chance(0.5) ? std::optional<Micros>(20ms) : std::nullopt});
    }
}

void Simulation::run(int steps)
{
    for (int i = 0; i < steps && m_complaint.empty(); ++i)
        step();
}

void Simulation::step()
{
    const double what = m_random.uniform();
    if (what < 0.08)
        queueMessage();
    else if (what < 0.42)
        answerOne();
    else if (what < 0.62)
        passSomeTime();
    else if (what < 0.72)
        confirmOne();
    else if (what < 0.80 && m_trouble.fallingLinks)
        moveALink();
    else if (what < 0.86 && m_trouble.freezing)
        freezeOrThaw();
    else if (what < 0.90 && m_trouble.bouncing)
        bounceOne();
    else if (what < 0.92)
        post(Heard{chance(0.5) ? kBob : kCarol});
    else if (what < 0.94 && m_trouble.changingChain)
        changeChain();
    else if (what < 0.96 && m_trouble.changingContacts)
        changeContact();
    else if (what < 0.965 && m_trouble.restarting)
        restart();
}

void Simulation::queueMessage()
{
    const int count = m_trouble.burst && chance(0.1) ? 250 : 1;
    for (int i = 0; i < count; ++i) {
        ItemQueued item;
        item.message = MessageId(++m_lastMessage);
        item.contact = chance(0.7) ? kBob : kCarol;
        item.textBytes = chance(0.9) ? 100 : 20'000;
        if (chance(0.05))
            item.via = TransportId(1 + static_cast<qint64>(pick(m_links.size())));
        m_messages.emplace(item.message,
                           SimMessage{.item = item, .queuedAt = m_now, .rejectedBy = {}, .open = {}, .takenOn = {}});
        post(item);
    }
}

Simulation::SimLink *Simulation::randomLink(bool isUp)
{
    std::vector<SimLink *> fitting;
    for (SimLink &link : m_links) {
        if (link.isInChain && link.isUp == isUp)
            fitting.push_back(&link);
    }
    return fitting.empty() ? nullptr : fitting[pick(fitting.size())];
}

void Simulation::answerOne()
{
    SimLink *link = randomLink(true);
    if (!link || link->isFrozen || link->open.empty())
        return;
    // Mostly in order, as over one stream.
    const std::size_t place = chance(0.9) ? 0 : pick(link->open.size());
    takeOrRefuse(*link, link->open[place]);
}

void Simulation::takeOrRefuse(SimLink &link, AttemptId attempt)
{
    const StartAttempt start = m_attempts.at(attempt).start;
    if (m_trouble.refusing && chance(0.2)) {
        answer(attempt, failureOf(kRefusals[pick(kRefusals.size())]));
    } else if (m_trouble.busy && chance(0.3)) {
        const auto retryAfter = chance(0.3) ? std::optional<Millis>(30s) : std::nullopt;
        answer(attempt, Failure{chance(0.7) ? FailureCode::ServerBusy : FailureCode::ConnectionLost, {}, retryAfter});
    } else if (m_trouble.rejecting && chance(0.1)) {
        answer(attempt, failureOf(FailureCode::MessageRejected));
    } else {
        const bool isLost = m_trouble.losing && chance(0.3);
        const auto message = m_messages.find(start.message);
        if (!isLost && message != m_messages.end() && !message->second.hasArrived) {
            message->second.hasArrived = true;
            if (m_contacts.at(message->second.item.contact).removesRepeats)
                m_unconfirmed.push_back(start.message);
        }
        answer(attempt, {});
    }
    if (link.isSuspect && chance(0.5))
        linkIsReady(link);
}

void Simulation::answer(AttemptId attempt, std::optional<Failure> failure)
{
    const StartAttempt start = m_attempts.at(attempt).start;
    const Route route{start.transport, start.address};
    SimLink &link = linkOf(start.transport);
    m_attempts.erase(attempt);
    std::erase(link.open, attempt);
    if (!failure || failure->blame() != Blame::Transport || failure->code == FailureCode::ServerBusy) {
        link.lastProgress = m_now;
        link.isSuspect = false;
        link.isUnclear = false;
    }
    SimPath &path = m_paths[route];
    if (failure && failure->blame() == Blame::Recipient)
        path = {m_now + 24h, true};
    else if (failure && failure->blame() != Blame::Message)
        path.restsAtMostUntil = std::max(path.restsAtMostUntil, m_now + 72s);
    if (const auto found = m_messages.find(start.message); found != m_messages.end()) {
        SimMessage &message = found->second;
        message.open.erase(route);
        if (failure && failure->blame() == Blame::Message)
            message.rejectedBy.insert(start.transport);
        if (!failure) {
            message.isAccepted = true;
            message.takenOn.push_back(route);
        }
    }
    post(HandedOver{attempt, std::move(failure)});
}

void Simulation::confirmOne()
{
    if (m_unconfirmed.empty())
        return;
    const std::size_t place = pick(m_unconfirmed.size());
    const MessageId message = m_unconfirmed[place];
    m_unconfirmed.erase(m_unconfirmed.begin() + static_cast<std::ptrdiff_t>(place));
    if (chance(0.5))
        post(Heard{kBob});
    post(Delivered{message, {}});
}

void Simulation::passSomeTime()
{
    const std::array<Micros, 6> lengths{5ms, 200ms, 3s, 40s, 10min, 5h};
    const double which = m_random.uniform();
    const std::size_t most = which < 0.9 ? 4 : 6;
    passTime(Micros(static_cast<Micros::rep>(m_random.uniform() * static_cast<double>(lengths[pick(most)].count()))));
}

void Simulation::passTime(Micros time)
{
    const MonoTime end = m_now + time;
    for (int wakes = 0; m_complaint.empty(); ++wakes) {
        const auto wake = m_engine->nextWake(m_now);
        if (!wake || *wake > end)
            break;
        if (wakes > 20'000)
            return complain("waking would never end");
        m_now = std::max(m_now, *wake);
        if (m_trouble.lateWakes && !m_isCalm) {
            m_lateness = Micros(static_cast<Micros::rep>(m_random.next() % 2'000'000));
            m_now += m_lateness;
        }
        post(Woken{});
        const auto after = m_engine->nextWake(m_now);
        if (after && *after <= m_now)
            return complain("a wake-up stays in the past");
    }
    m_now = std::max(m_now, end);
}

void Simulation::answerEverything()
{
    for (bool moved = true; moved && m_complaint.empty();) {
        moved = false;
        for (SimLink &link : m_links) {
            while (!link.open.empty() && m_complaint.empty()) {
                moved = true;
                takeOrRefuse(link, link.open.front());
            }
        }
        while (!m_unconfirmed.empty() && m_complaint.empty()) {
            moved = true;
            confirmOne();
        }
    }
}

void Simulation::calmDown()
{
    m_trouble = {};
    m_isCalm = true;
    // In half of the stories no link changes any more: nothing but the engine's own wake-ups moves things on.
    const bool isRepaired = chance(0.5);
    for (SimLink &link : m_links) {
        link.isFrozen = false;
        if (isRepaired && link.isInChain && !link.isUp)
            linkIsReady(link);
    }
    // A copy that was lost is not confirmed; the next one will be.
    for (auto &[id, message] : m_messages) {
        if (std::ranges::find(m_unconfirmed, id) == m_unconfirmed.end())
            message.hasArrived = false;
    }
    const MonoTime end = m_now + 5 * 24h;
    while (m_now < end && m_complaint.empty()) {
        answerEverything();
        const auto wake = m_engine->nextWake(m_now);
        if (!wake)
            break;
        passTime(std::max<Micros>(*wake - m_now, 1ms));
    }
    checkAllDone();
}

} // namespace planb::delivery::test
