// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/delivery/engine_world.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

namespace planb::delivery::test {

using namespace Qt::StringLiterals;

ChainLink primary()
{
    return {kPrimary, TransportKind::Xmpp, u"one.example"_s, 10'000, false};
}

ChainLink backup()
{
    return {kBackup, TransportKind::Xmpp, u"two.example"_s, 10'000, false};
}

ChainLink mail()
{
    return {kMail, TransportKind::Email, u"post.example"_s, 100'000, false};
}

ChainLink phone()
{
    return {kPhone, TransportKind::Sms, {}, 140, true, {1'000, 10'000}};
}

Address bobAtOne()
{
    return {TransportKind::Xmpp, u"bob@one.example"_s};
}

Address bobAtTwo()
{
    return {TransportKind::Xmpp, u"bob@two.example"_s};
}

Address bobAtPost()
{
    return {TransportKind::Email, u"bob@post.example"_s};
}

Address bobsNumber()
{
    return {TransportKind::Sms, u"+821012345678"_s};
}

EngineWorld::EngineWorld(std::vector<ChainLink> chain)
    : m_engine(std::in_place, m_random, AttemptId(0))
    , m_bobsAddresses{bobAtOne(), bobAtTwo(), bobAtPost(), bobsNumber()}
{
    chainBecomes(std::move(chain));
    for (const ChainLink &link : m_chain)
        this->link(link.id).comesUp();
    contactIs(kBob, m_bobsAddresses);
}

void EngineWorld::advance(Micros time)
{
    const MonoTime end = m_now + time;
    for (auto next = nextHappening(); next && *next <= end; next = nextHappening()) {
        m_now = std::max(m_now, *next);
        answerDue();
        const auto wake = nextWake();
        if (!wake || *wake > m_now)
            continue;
        post(Woken{});
        const auto after = nextWake();
        ASSERT_TRUE(!after || *after > m_now) << "waking would never end";
    }
    m_now = end;
}

std::optional<MonoTime> EngineWorld::nextHappening() const
{
    auto next = nextWake();
    for (const auto &[time, attempt] : m_answers) {
        const auto open = m_open.find(attempt);
        if (open != m_open.end() && m_transports.at(open->second.transport).isFrozen)
            continue;
        return next ? std::min(*next, time) : time;
    }
    return next;
}

void EngineWorld::answerDue()
{
    std::vector<AttemptId> due;
    for (auto at = m_answers.begin(); at != m_answers.end() && at->first <= m_now;) {
        const auto open = m_open.find(at->second);
        if (open != m_open.end() && m_transports.at(open->second.transport).isFrozen) {
            ++at;
            continue;
        }
        due.push_back(at->second);
        at = m_answers.erase(at);
    }
    for (const AttemptId attempt : due)
        answer(attempt, {});
}

void EngineWorld::post(const Event &event)
{
    const Effects effects = m_engine->handle(event, m_now);
    for (const Effect &effect : effects)
        take(effect);
    m_log.insert(m_log.end(), effects.begin(), effects.end());
}

void EngineWorld::take(const Effect &effect)
{
    if (const auto *started = std::get_if<StartAttempt>(&effect))
        take(*started);
    else if (const auto *advanced = std::get_if<AdvanceMessage>(&effect))
        take(*advanced);
    else if (const auto *forgotten = std::get_if<ForgetItem>(&effect)) {
        m_outbox.erase(forgotten->message);
        EXPECT_TRUE(m_forgotten.insert(forgotten->message).second) << "forgotten twice";
    }
}

void EngineWorld::take(const StartAttempt &effect)
{
    EXPECT_GT(effect.attempt, m_lastAttempt) << "attempt ids rise";
    EXPECT_TRUE(m_transports.contains(effect.transport)) << "an attempt on a transport outside the chain";
    EXPECT_TRUE(m_transports[effect.transport].isUp) << "an attempt on a link that is down";
    for (const auto &[id, open] : m_open) {
        const bool isSame = open.message == effect.message && open.transport == effect.transport
            && open.address == effect.address;
        EXPECT_FALSE(isSame) << "a second attempt on a route that owes an answer";
    }
    m_lastAttempt = effect.attempt;
    m_open.emplace(effect.attempt, effect);
    if (const auto delay = m_transports[effect.transport].answerDelay)
        m_answers.emplace(m_now + *delay, effect.attempt);
}

void EngineWorld::take(const AdvanceMessage &effect)
{
    EXPECT_FALSE(m_forgotten.contains(effect.message)) << "news of a message after it was forgotten";
    States &states = m_states[effect.message];
    const MessageState before = states.empty() ? MessageState::Queued : states.back();
    EXPECT_TRUE(effect.state == before || mayFollow(before, effect.state)) << "a state that moves back";
    if (effect.state == before)
        return;
    states.push_back(effect.state);
    if (const auto row = m_outbox.find(effect.message); row != m_outbox.end() && effect.state == MessageState::Sent)
        row->second.item.accepted = true;
}

std::vector<AttemptId> EngineWorld::openOn(TransportId id) const
{
    std::vector<AttemptId> open;
    for (const auto &[attempt, start] : m_open) {
        if (start.transport == id)
            open.push_back(attempt);
    }
    return open;
}

void EngineWorld::answer(AttemptId attempt, std::optional<Failure> failure)
{
    if (m_open.erase(attempt) == 0)
        return; // the link went down in the meantime
    post(HandedOver{attempt, std::move(failure)});
}

void EngineWorld::LinkVerbs::comesUp(std::optional<Micros> rtt)
{
    m_world.m_transports[m_id].isUp = true;
    m_world.post(LinkChanged{m_id, LinkSight::Ready, {}, rtt});
}

void EngineWorld::LinkVerbs::goesDown(FailureCode code)
{
    m_world.m_transports[m_id].isUp = false;
    m_world.post(LinkChanged{m_id, LinkSight::Down, Failure{code, {}, {}}, {}});
    for (const AttemptId attempt : m_world.openOn(m_id))
        m_world.answer(attempt, Failure{FailureCode::ConnectionLost, {}, {}});
}

void EngineWorld::LinkVerbs::breaksAndGoesDown()
{
    for (const AttemptId attempt : m_world.openOn(m_id))
        m_world.answer(attempt, Failure{FailureCode::ConnectionLost, {}, {}});
    goesDown();
}

void EngineWorld::LinkVerbs::failsToConnect(FailureCode code)
{
    EXPECT_FALSE(m_world.m_transports[m_id].isUp);
    m_world.post(LinkChanged{m_id, LinkSight::Down, Failure{code, {}, {}}, {}});
}

void EngineWorld::LinkVerbs::becomesSuspect()
{
    m_world.post(LinkChanged{m_id, LinkSight::Suspect, {}, {}});
}

void EngineWorld::LinkVerbs::answersAfter(Micros delay)
{
    m_world.m_transports[m_id].answerDelay = delay;
}

void EngineWorld::LinkVerbs::freezes()
{
    m_world.m_transports[m_id].isFrozen = true;
}

void EngineWorld::LinkVerbs::thaws()
{
    m_world.m_transports[m_id].isFrozen = false;
    m_world.answerDue();
}

void EngineWorld::chainBecomes(std::vector<ChainLink> chain)
{
    m_chain = std::move(chain);
    std::map<TransportId, Transport> former = std::exchange(m_transports, {});
    for (const ChainLink &link : m_chain)
        m_transports.emplace(link.id, former.contains(link.id) ? former.at(link.id) : Transport{});
    post(ChainChanged{m_chain});
    for (const auto &[id, transport] : former) {
        if (m_transports.contains(id))
            continue;
        for (const AttemptId attempt : openOn(id)) // stop() ends them
            answer(attempt, Failure{FailureCode::ConnectionLost, {}, {}});
    }
}

void EngineWorld::restarts()
{
    m_open.clear();
    m_answers.clear();
    for (auto &[id, transport] : m_transports)
        transport = Transport{};
    m_engine.emplace(m_random, m_lastAttempt);
    post(ChainChanged{m_chain});
    for (const auto &[id, contact] : m_contacts)
        post(contact);
    for (const auto &[id, row] : std::map(m_outbox)) {
        ItemQueued item = row.item;
        item.age += std::chrono::duration_cast<Millis>(m_now - row.queuedAt);
        post(item);
    }
}

MessageId EngineWorld::send(ContactId to, qsizetype textBytes, std::optional<TransportId> via)
{
    return queue({{}, to, textBytes, via, {}, false});
}

MessageId EngineWorld::queue(ItemQueued item)
{
    item.message = MessageId(++m_lastMessage);
    m_outbox.emplace(item.message, OutboxRow{item, m_now});
    post(item);
    return item.message;
}

void EngineWorld::accepts(MessageId message, TransportId by)
{
    answer(attempt(message, by), {});
}

void EngineWorld::refuses(MessageId message, TransportId by, FailureCode code, std::optional<Millis> retryAfter)
{
    answer(attempt(message, by), Failure{code, {}, retryAfter});
}

void EngineWorld::bounces(MessageId message, TransportId by, const Address &address, FailureCode code)
{
    m_forgotten.erase(message); // the shell has put it back into the outbox
    post(Bounced{{message, kBob, 100, {}, {}, true}, by, address, Failure{code, {}, {}}});
}

void EngineWorld::contactIs(ContactId contact, std::vector<Address> addresses, bool removesRepeats)
{
    m_contacts[contact] = {contact, std::move(addresses), removesRepeats};
    post(m_contacts[contact]);
}

void EngineWorld::confirms(MessageId message, std::optional<TransportId> via)
{
    post(Delivered{message, via});
}

std::vector<StartAttempt> EngineWorld::attempts(MessageId message) const
{
    std::vector<StartAttempt> theirs = all<StartAttempt>();
    std::erase_if(theirs, [message](const StartAttempt &one) { return one.message != message; });
    return theirs;
}

Ways EngineWorld::waysOf(MessageId message) const
{
    Ways ways;
    for (const StartAttempt &one : attempts(message))
        ways.push_back(one.transport);
    return ways;
}

Ways EngineWorld::openWaysOf(MessageId message) const
{
    Ways ways;
    for (const auto &[id, one] : m_open) {
        if (one.message == message)
            ways.push_back(one.transport);
    }
    return ways;
}

AttemptId EngineWorld::attempt(MessageId message, TransportId on) const
{
    AttemptId latest;
    for (const StartAttempt &one : attempts(message)) {
        if (one.transport == on)
            latest = one.attempt;
    }
    EXPECT_TRUE(latest.isValid()) << "no attempt there";
    return latest;
}

std::vector<AttemptState> EngineWorld::endsOf(AttemptId attempt) const
{
    std::vector<AttemptState> ends;
    for (const FinishAttempt &one : all<FinishAttempt>()) {
        if (one.attempt == attempt)
            ends.push_back(one.state);
    }
    return ends;
}

MessageState EngineWorld::shown(MessageId message) const
{
    const States states = statesOf(message);
    return states.empty() ? MessageState::Queued : states.back();
}

States EngineWorld::statesOf(MessageId message) const
{
    const auto states = m_states.find(message);
    return states == m_states.end() ? States{} : states->second;
}

int EngineWorld::probesOf(TransportId id) const
{
    return static_cast<int>(std::ranges::count(all<ProbeLink>(), ProbeLink{id}));
}

int EngineWorld::nudgesOf(TransportId id) const
{
    return static_cast<int>(std::ranges::count(all<NudgeLink>(), NudgeLink{id}));
}

} // namespace planb::delivery::test

namespace planb {

void PrintTo(const TransportId &id, std::ostream *out)
{
    *out << id.toString().toStdString();
}

void PrintTo(const AttemptState &state, std::ostream *out)
{
    *out << nameOf(state).toStdString();
}

void PrintTo(const MessageState &state, std::ostream *out)
{
    *out << nameOf(state).toStdString();
}

} // namespace planb
