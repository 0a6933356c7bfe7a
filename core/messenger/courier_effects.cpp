// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/log.h"
#include "core/messenger/courier.h"

#include <algorithm>

namespace planb {

namespace {

Payload payloadOf(const store::MessageRepository::OutgoingRow &row)
{
    Payload payload{row.wireId, row.text, row.order, row.message.sentAt, row.replyTo, row.place, row.parents, {}};
    payload.kind = row.kind;
    payload.target = row.target;
    if (row.quoted)
        payload.quote = Quote{row.quoted->text, row.quotedDirection};
    return payload;
}

} // namespace

// What the engine decided: first all that is stored, then what touches a transport.

Result<void> Courier::write(const delivery::Effects &effects)
{
    const bool writes = std::ranges::any_of(effects, [](const delivery::Effect &effect) {
        return !std::holds_alternative<delivery::ProbeLink>(effect)
            && !std::holds_alternative<delivery::NudgeLink>(effect)
            && !std::holds_alternative<delivery::SendAck>(effect)
            && !std::holds_alternative<delivery::SwitchedRoute>(effect);
    });
    if (!writes)
        return {};
    auto transaction = m_store.begin();
    if (!transaction)
        return fail(transaction.error());
    for (const delivery::Effect &effect : effects) {
        const auto written = std::visit([this](const auto &one) { return writeOne(one); }, effect);
        if (written)
            continue;
        if (written.error().blame() == Blame::Device)
            return written;
        // A row that went away meanwhile (a deleted message) is no reason to stop everything else.
        qCWarning(lcMessenger) << "not recorded:" << describe(written.error());
    }
    if (auto noted = noteAcknowledged(); !noted)
        return noted;
    return transaction->commit();
}

Result<void> Courier::writeOne(const delivery::StartAttempt &effect)
{
    const auto label = m_store.transports().labelOf(effect.transport);
    if (!label)
        return fail(label.error());
    return m_store.attempts().add(Attempt{effect.attempt,
                                          effect.message,
                                          *label,
                                          effect.address,
                                          m_clock.wall(),
                                          AttemptState::Started,
                                          {},
                                          {},
                                          effect.reason});
}

Result<void> Courier::writeOne(const delivery::FinishAttempt &effect)
{
    return m_store.attempts().finish(effect.attempt, effect.state, effect.failure, m_clock.wall());
}

Result<void> Courier::writeOne(const delivery::AdvanceMessage &effect)
{
    if (effect.state == MessageState::Sent) {
        if (auto accepted = m_store.outbox().setAccepted(effect.message); !accepted)
            return accepted;
    }
    const auto advanced = advance(effect.message, effect.state, effect.via);
    return advanced ? Result<void>() : Result<void>(fail(advanced.error()));
}

Result<void> Courier::writeOne(const delivery::ForgetItem &effect)
{
    return m_store.outbox().remove(effect.message);
}

Result<bool> Courier::advance(MessageId message, MessageState state, std::optional<TransportId> via)
{
    std::optional<RouteLabel> route;
    if (via) {
        const auto label = m_store.transports().labelOf(*via);
        if (!label)
            return fail(label.error());
        route = *label;
    }
    const auto changed = m_store.messages().advance(message, state, route);
    if (changed && *changed && !m_advanced.contains(message))
        m_advanced.append(message);
    return changed;
}

void Courier::announceAdvanced()
{
    for (const MessageId id : std::exchange(m_advanced, {})) {
        if (const auto message = m_store.messages().byId(id))
            Q_EMIT messageUpdated(id, message->state, message->route);
    }
}

void Courier::act(const delivery::StartAttempt &effect)
{
    Transport *transport = m_chain.transport(effect.transport);
    const auto row = m_store.messages().outgoing(effect.message);
    if (!transport || !row) {
        const auto code = row ? FailureCode::ConnectionLost : FailureCode::MessageRejected;
        post(delivery::HandedOver{effect.attempt, Failure{code, {}, {}}});
        return;
    }
    Payload payload = payloadOf(*row);
    payload.wantsReadMark = m_privacy.sendsReadMarks;
    payload.showsState = m_privacy.showsTyping;
    // Who is not PlanB has no streams.
    const auto contact = m_store.contacts().byId(row->message.contact);
    if (contact && contact->removesRepeats)
        payload.acks = acksFor(contact->id);
    m_underWay.insert(effect.attempt); // before: it may be answered at once
    transport->send(effect.attempt, payload, effect.address);
}

void Courier::act(const delivery::SendAck &effect)
{
    Transport *transport = m_chain.transport(effect.transport);
    const QList<StreamAck> acks = acksFor(effect.contact);
    if (transport && !acks.isEmpty())
        transport->acknowledge(acks, effect.address);
}

QList<StreamAck> Courier::acksFor(ContactId contact)
{
    const auto acks = m_store.streams().newest(contact, kMaxStreamAcks);
    if (!acks)
        qCWarning(lcMessenger) << "not acknowledged:" << describe(acks.error());
    else
        m_told.insert(contact);
    return acks.value_or(QList<StreamAck>());
}

Result<void> Courier::noteAcknowledged()
{
    for (const ContactId contact : std::exchange(m_told, {})) {
        if (auto noted = m_store.streams().setAcknowledged(contact); !noted)
            return noted;
    }
    return {};
}

void Courier::act(const delivery::ProbeLink &effect)
{
    if (Transport *transport = m_chain.transport(effect.transport))
        transport->probe();
}

void Courier::act(const delivery::NudgeLink &effect)
{
    Transport *transport = m_chain.transport(effect.transport);
    if (transport && transport->state().phase == LinkPhase::Waiting)
        transport->nudge();
}

void Courier::act(const delivery::SwitchedRoute &effect)
{
    Q_EMIT routeSwitched(RouteSwitch{effect.contact, effect.from, effect.to, effect.reason, m_clock.wall()});
}

} // namespace planb
