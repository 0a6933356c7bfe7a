// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/courier.h"

#include "core/base/log.h"

#include <algorithm>

namespace planb {

namespace {

delivery::LinkSight sightOf(LinkPhase phase)
{
    switch (phase) {
    case LinkPhase::Ready: return delivery::LinkSight::Ready;
    case LinkPhase::Suspect: return delivery::LinkSight::Suspect;
    case LinkPhase::Off:
    case LinkPhase::Connecting:
    case LinkPhase::Waiting:
    case LinkPhase::Blocked: return delivery::LinkSight::Down;
    }
    Q_UNREACHABLE();
}

bool touchesTransport(const delivery::Effect &effect)
{
    return std::holds_alternative<delivery::StartAttempt>(effect) || std::holds_alternative<delivery::SendAck>(effect)
        || std::holds_alternative<delivery::ProbeLink>(effect) || std::holds_alternative<delivery::NudgeLink>(effect);
}

std::vector<Address> toVector(const QList<Address> &addresses)
{
    return {addresses.begin(), addresses.end()};
}

} // namespace

Courier::Courier(store::Store &store, Chain &chain, OwnStreams &streams, const Clock &clock, Random &random,
                 AttemptId lastAttempt, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_chain(chain)
    , m_clock(clock)
    , m_engine(random, lastAttempt)
    , m_inbox(store, streams)
{
    m_wake.setSingleShot(true);
    m_wake.setTimerType(Qt::PreciseTimer);
    connect(&m_wake, &QTimer::timeout, this, &Courier::wake);
    connect(&chain, &Chain::changed, this, [this] { post(delivery::ChainChanged{m_chain.links()}); });
    connect(&chain, &Chain::linkChanged, this, &Courier::onLinkChanged);
    connect(&chain, &Chain::handedOver, this, [this](AttemptId attempt, const std::optional<Failure> &failure) {
        m_underWay.erase(attempt);
        // A server takes many messages with one answer: all of that is one commit. A failure has to be acted upon.
        if (failure)
            post(delivery::HandedOver{attempt, failure});
        else
            postLater(delivery::HandedOver{attempt, {}});
    });
    connect(&chain, &Chain::received, this, &Courier::onReceived);
    connect(&chain, &Chain::acknowledged, this, &Courier::onAcknowledged);
    connect(&chain, &Chain::reported, this, &Courier::onReported);
    connect(&chain, &Chain::stateShown, this, &Courier::onStateShown);
    connect(&chain, &Chain::pageRead, this, &Courier::onPageRead);
}

// What a server took in the last moment must not be sent again by the next run.
Courier::~Courier()
{
    if (m_events.empty() || m_isDraining)
        return;
    m_isFinishing = true;
    if (const auto written = write(decide()); !written)
        qCWarning(lcMessenger) << "not recorded:" << describe(written.error());
}

Result<void> Courier::load()
{
    const auto contacts = m_store.contacts().all();
    if (!contacts)
        return fail(contacts.error());
    const auto outbox = m_store.outbox().all();
    if (!outbox)
        return fail(outbox.error());
    // An attempt that was open when the process ended: nobody can tell how it went.
    if (auto closed = m_store.attempts().closeOpen(m_clock.wall()); !closed)
        return closed;
    post(delivery::ChainChanged{m_chain.links()});
    for (const Contact &contact : *contacts)
        onContactChanged(contact);
    const auto owed = m_store.streams().owed();
    if (!owed)
        return fail(owed.error());
    for (const ContactId contact : *owed)
        post(delivery::AckOwed{contact});
    for (const auto &row : *outbox) {
        delivery::ItemQueued item{row.message, row.contact, row.textBytes, row.via, {}, row.accepted, row.place};
        item.age = std::max(Millis(0), m_clock.wall() - row.queuedAt);
        post(item);
    }
    return m_brokenBy ? Result<void>(fail(*m_brokenBy)) : Result<void>();
}

Result<void> Courier::takeUp(const QList<Message> &messages)
{
    std::vector<delivery::Event> events;
    for (const Message &message : messages) {
        const auto row = m_store.messages().outgoing(message.id);
        if (!row)
            return fail(row.error());
        events.emplace_back(delivery::ItemQueued{
            message.id, message.contact, row->text.toUtf8().size(), row->via, {}, false, row->place});
    }
    std::ranges::move(events, std::back_inserter(m_events));
    if (m_isDraining) {
        m_isUrgent = true;
        return {};
    }
    m_isDraining = true;
    m_planned = decide();
    return write(*m_planned);
}

void Courier::carryOut()
{
    // Without a plan it was called from within a turn, which goes on to it.
    if (!m_planned)
        return;
    perform(*std::exchange(m_planned, {}));
    drain();
}

void Courier::onContactChanged(const Contact &contact)
{
    post(delivery::ContactChanged{contact.id, toVector(contact.addresses), contact.removesRepeats});
}

void Courier::onContactRemoved(ContactId contact)
{
    post(delivery::ContactRemoved{contact});
}

void Courier::onContactJoined(ContactId gone, ContactId into)
{
    post(delivery::ContactJoined{gone, into});
}

void Courier::setReturnAfter(Millis returnAfter)
{
    post(delivery::ReturnAfterChanged{returnAfter});
}

std::optional<MonoTime> Courier::nextWake() const
{
    if (m_brokenBy)
        return {};
    return m_events.empty() ? m_engine.nextWake(m_clock.now()) : std::optional(m_clock.now());
}

bool Courier::isInUse(TransportId transport) const
{
    return m_engine.isInUse(transport, m_clock.now());
}

void Courier::post(delivery::Event event)
{
    post(std::vector{std::move(event)});
}

void Courier::post(std::vector<delivery::Event> events)
{
    if (m_brokenBy)
        return;
    std::ranges::move(events, std::back_inserter(m_events));
    m_isUrgent = true;
    // Transports may answer from within act(): their answers wait until the effects at hand are done.
    if (!m_isDraining)
        drain();
}

// With the events of the next turn, in their order.
void Courier::postLater(delivery::Event event)
{
    if (m_brokenBy)
        return;
    m_events.push_back(std::move(event));
    if (!m_isDraining)
        m_wake.start(Millis(0));
}

// Before news goes straight to the store: it may be about a message whose answer is still waiting.
void Courier::catchUp()
{
    if (m_events.empty() || m_isDraining)
        return;
    m_isUrgent = true;
    drain();
}

delivery::Effects Courier::decide()
{
    delivery::Effects effects;
    m_isUrgent = false;
    for (const delivery::Event &event : std::exchange(m_events, {})) {
        delivery::Effects more = m_engine.handle(event, m_clock.now());
        std::ranges::move(more, std::back_inserter(effects));
    }
    // What would begin now is begun by the next run.
    if (m_isFinishing)
        std::erase_if(effects, &touchesTransport);
    return effects;
}

void Courier::perform(const delivery::Effects &effects)
{
    announceAdvanced();
    for (const delivery::Effect &effect : effects)
        std::visit([this](const auto &one) { act(one); }, effect);
}

void Courier::drain()
{
    m_isDraining = true;
    while (m_isUrgent && !m_brokenBy) {
        const delivery::Effects effects = decide();
        if (const auto written = write(effects); !written) {
            stopBecause(written.error());
            break;
        }
        perform(effects);
    }
    m_isDraining = false;
    if (const auto wake = nextWake()) {
        // Rounded up: waking early would only mean waking again.
        const auto wait = std::chrono::ceil<Millis>(*wake - m_clock.now());
        m_wake.start(std::clamp(wait, Millis(0), Millis(24 * 3'600'000)));
    } else {
        m_wake.stop();
    }
    Q_EMIT settled();
    finishIfDone();
}

void Courier::onLinkChanged(TransportId id, const LinkState &state)
{
    post(delivery::LinkChanged{id, sightOf(state.phase), state.failure, state.rtt});
}

void Courier::stopBecause(const Failure &failure)
{
    if (m_brokenBy)
        return;
    qCCritical(lcMessenger) << "the history cannot be written, everything stops:" << describe(failure);
    m_brokenBy = failure;
    m_events.clear();
    m_isUrgent = false;
    if (std::exchange(m_planned, {}))
        m_isDraining = false;
    m_advanced.clear();
    m_wake.stop();
    m_chain.stop();
    Q_EMIT settled();
    finishIfDone();
}

void Courier::finish(Millis limit, std::function<void()> done)
{
    m_isFinishing = true;
    m_finished = std::move(done);
    QTimer::singleShot(limit, this, [this] {
        m_underWay.clear();
        finishIfDone();
    });
    catchUp();
    finishIfDone();
}

void Courier::finishIfDone()
{
    if (m_finished && (m_brokenBy || (m_underWay.empty() && m_events.empty() && !m_isDraining)))
        std::exchange(m_finished, {})();
}

} // namespace planb
