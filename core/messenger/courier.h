// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/delivery/engine.h"
#include "core/messenger/chain.h"
#include "core/messenger/inbox.h"

#include <QObject>
#include <QTimer>

#include <deque>
#include <functional>
#include <set>

namespace planb {

/// The shell around the delivery engine: gives it events and the time, writes what it decides in one
/// transaction, and only then lets the transports act. Takes incoming messages to the inbox and tells the
/// transports when they are on disk. Lives on the core thread.
///
/// When the store cannot be written, everything stops: nothing is sent and nothing acknowledged that is not
/// on disk. brokenBy() says why; a restart goes on from what was committed.
class Courier : public QObject
{
    Q_OBJECT

public:
    Courier(store::Store &store, Chain &chain, OwnStreams &streams, const Clock &clock, Random &random,
            AttemptId lastAttempt, QObject *parent = nullptr);
    ~Courier() override;

    /// Hands the engine the chain, the contacts and what is in the outbox.
    Result<void> load();

    /// Of messages whose rows and outbox rows are in the open transaction: decides what to do with them first, and
    /// writes that there too, so that all costs one commit. Then either carryOut(), or stopBecause() if it was not
    /// committed.
    Result<void> takeUp(const QList<Message> &messages);
    void carryOut();
    void stopBecause(const Failure &failure);
    /// The program ends: nothing more is sent. Calls `done` when the answers to what is under way are on disk, or when
    /// `limit` is over.
    void finish(Millis limit, std::function<void()> done);
    void onContactChanged(const Contact &contact);
    void onContactRemoved(ContactId contact);
    /// `gone` turned out to be the same person as `into`, which is known already.
    void onContactJoined(ContactId gone, ContactId into);
    void setReturnAfter(Millis returnAfter);
    void setPrivacy(const PrivacyPolicy &privacy) { m_privacy = privacy; }

    /// When wake() is due; absent if nothing is. For a shell without an event loop: with one it wakes by itself.
    std::optional<MonoTime> nextWake() const;
    void wake() { post(delivery::Woken{}); }

    bool isInUse(TransportId transport) const;
    delivery::Report report() const { return m_engine.report(m_clock.now()); }
    const std::optional<Failure> &brokenBy() const { return m_brokenBy; }

Q_SIGNALS:
    void messageAdded(const planb::Message &message);
    void messageUpdated(planb::MessageId id, planb::MessageState state, const std::optional<planb::RouteLabel> &route);
    /// What was said about it later: it is corrected, taken back, reacted to.
    void messageChanged(const planb::Message &message);
    void stateShown(planb::ContactId contact, planb::ChatState state);
    void routeSwitched(const planb::RouteSwitch &change);
    /// All events so far have been worked off; links or routes may have changed.
    void settled();

private:
    void post(delivery::Event event);
    void post(std::vector<delivery::Event> events);
    void postLater(delivery::Event event);
    void catchUp();
    void drain();
    delivery::Effects decide();
    void finishIfDone();
    void perform(const delivery::Effects &effects);
    Result<void> write(const delivery::Effects &effects);
    Result<void> writeOne(const delivery::StartAttempt &effect);
    Result<void> writeOne(const delivery::FinishAttempt &effect);
    Result<void> writeOne(const delivery::AdvanceMessage &effect);
    Result<void> writeOne(const delivery::ForgetItem &effect);
    template<class Other>
    Result<void> writeOne(const Other &)
    {
        return {};
    }
    void act(const delivery::StartAttempt &effect);
    void act(const delivery::SendAck &effect);
    void act(const delivery::ProbeLink &effect);
    void act(const delivery::NudgeLink &effect);
    void act(const delivery::SwitchedRoute &effect);
    template<class Other>
    void act(const Other &)
    {}
    Result<bool> advance(MessageId message, MessageState state, std::optional<TransportId> via);
    void announceAdvanced();
    /// What to tell this person about their streams.
    QList<StreamAck> acksFor(ContactId contact);
    Result<void> noteAcknowledged();

    void onLinkChanged(TransportId id, const LinkState &state);
    // courier_news.cpp
    void onReceived(TransportId id, const QList<Incoming> &incoming);
    void takeIn(TransportId id, const QList<Incoming> &incoming);
    void onAcknowledged(TransportId id, const Acknowledgement &acknowledgement);
    std::vector<delivery::Event> eventsOf(TransportId id, const Incoming &message, const Inbox::Taken &taken);
    std::vector<delivery::Event> tell(const Inbox::News &news, const QList<StreamAck> &acks);
    void onPageRead(TransportId id, const ArchivePage &page);
    void announce(const Inbox::Taken &taken);
    void onStateShown(const Address &from, ChatState state);
    void onReported(TransportId id, const Report &report);
    Result<void> onConfirmed(TransportId id, const Report &report, const Contact &contact, MessageId message);
    Result<void> onBounced(TransportId id, const Report &report, const Contact &contact, MessageId message);

    store::Store &m_store;
    Chain &m_chain;
    const Clock &m_clock;
    delivery::Engine m_engine;
    Inbox m_inbox;
    QTimer m_wake;
    std::deque<delivery::Event> m_events;
    bool m_isUrgent = false; ///< some of them cannot wait for the next turn of the event loop
    std::optional<delivery::Effects> m_planned; ///< between takeUp() and carryOut()
    bool m_isDraining = false;
    /// Told what has come, which the store does not know yet: it is written along with something else. If that does
    /// not happen, the next run tells them once more.
    std::set<ContactId> m_told;
    PrivacyPolicy m_privacy;
    std::set<AttemptId> m_underWay; ///< handed to a transport that has not answered
    bool m_isFinishing = false;
    std::function<void()> m_finished; ///< to be called when nothing is under way any more
    QList<MessageId> m_advanced; ///< changed in the transaction under way
    std::optional<Failure> m_brokenBy;
};

} // namespace planb
