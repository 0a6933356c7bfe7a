// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/transport/fake_world.h"

#include <QTimer>

#include <utility>

namespace planb::test {

namespace {

Address addressOf(const FakeTransport &side)
{
    return {TransportKind::Xmpp, side.traits().ownAddress};
}

bool isConnected(const FakeTransport &side)
{
    return side.state().phase == LinkPhase::Ready || side.state().phase == LinkPhase::Suspect;
}

// A suspect link gives up after this.
constexpr Millis kGivesUpAfter{20};

} // namespace

FakeWorld::FakeWorld()
{
    join(m_alice, m_bob);
    join(m_bob, m_alice);
}

void FakeWorld::join(FakeTransport &side, FakeTransport &other)
{
    const Work connectLater = [this, &side] {
        QMetaObject::invokeMethod(
            &m_context, [this, &side] { connectIfPossible(side); }, Qt::QueuedConnection);
    };
    side.hooks.started = connectLater;
    side.hooks.nudged = connectLater;
    side.hooks.probed = [this, &side] { onProbed(side); };
    side.hooks.sent = [this, &side, &other](const FakeTransport::Sent &sent) {
        later([this, &side, &other, sent] { carry(side, other, sent); });
    };
    side.hooks.acknowledged = [this, &side, &other](const FakeTransport::SentAcks &sent) {
        later([this, &side, &other, sent] { carryAcks(side, other, sent); });
    };
    side.hooks.handled = [this, &side, &other](quint64 token, Disposition disposition) {
        onHandled(side, other, token, disposition);
    };
}

void FakeWorld::later(Work work)
{
    const auto attempt = [this, work = std::move(work)] {
        if (m_isFrozen)
            m_frozen.push_back(work);
        else
            work();
    };
    QMetaObject::invokeMethod(&m_context, attempt, Qt::QueuedConnection);
}

void FakeWorld::connectIfPossible(FakeTransport &side)
{
    if (side.state().phase != LinkPhase::Connecting)
        return;
    if (m_isCut)
        side.lose(FailureCode::ConnectionRefused);
    else if (!m_isFrozen)
        side.becomeReady();
}

void FakeWorld::carry(FakeTransport &from, FakeTransport &to, const FakeTransport::Sent &sent)
{
    if (!isConnected(from))
        return;
    if (sent.to != addressOf(to)) {
        from.refuse(sent.attempt, {FailureCode::RecipientUnknown, {}, {}});
        return;
    }
    from.accept(sent.attempt);
    if (!isConnected(to))
        return;
    const Payload &payload = sent.payload;
    // The token is known before the message is told: a core may handle it at once.
    if (!payload.place)
        m_arrived.emplace(std::pair(&to, to.nextToken()), payload.wireId);
    Incoming incoming{
        0,    addressOf(from), payload.wireId,  payload.text, payload.order, payload.composedAt, payload.replyTo,
        true, payload.place,   payload.parents, payload.acks};
    incoming.kind = payload.kind;
    incoming.target = payload.target;
    incoming.wantsReadMark = payload.wantsReadMark;
    to.receive(incoming);
}

void FakeWorld::carryAcks(FakeTransport &from, FakeTransport &to, const FakeTransport::SentAcks &sent)
{
    if (isConnected(from) && isConnected(to) && sent.to == addressOf(to))
        to.receiveAcks({addressOf(from), sent.acks});
}

void FakeWorld::onHandled(FakeTransport &by, FakeTransport &author, quint64 token, Disposition disposition)
{
    const auto arrived = m_arrived.extract({&by, token});
    if (arrived.empty() || disposition != Disposition::Committed)
        return;
    const Report receipt{Report::Kind::Delivered, addressOf(by), arrived.mapped(), {}, true};
    later([&author, receipt] {
        if (isConnected(author))
            author.report(receipt);
    });
}

void FakeWorld::onProbed(FakeTransport &side)
{
    if (!m_isFrozen || side.state().phase != LinkPhase::Ready)
        return;
    QMetaObject::invokeMethod(
        &m_context, [&side] { side.becomeSuspect(); }, Qt::QueuedConnection);
    QTimer::singleShot(kGivesUpAfter, &m_context, [this, &side] {
        if (m_isFrozen && side.state().phase == LinkPhase::Suspect)
            side.lose(FailureCode::HopTimeout);
    });
}

void FakeWorld::cut()
{
    m_isCut = true;
    for (FakeTransport *side : {&m_alice, &m_bob}) {
        if (isConnected(*side))
            side->lose(FailureCode::ConnectionLost);
    }
}

void FakeWorld::restore()
{
    m_isCut = false;
    for (FakeTransport *side : {&m_alice, &m_bob}) {
        if (side->state().phase == LinkPhase::Waiting)
            side->nudge();
    }
}

void FakeWorld::thaw()
{
    m_isFrozen = false;
    for (const Work &work : std::exchange(m_frozen, {}))
        later(work);
    for (FakeTransport *side : {&m_alice, &m_bob}) {
        if (side->state().phase == LinkPhase::Suspect)
            side->becomeReady();
        else if (side->state().phase == LinkPhase::Waiting || side->state().phase == LinkPhase::Connecting)
            side->nudge();
    }
}

} // namespace planb::test
