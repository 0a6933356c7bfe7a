// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/delivery/ack_schedule.h"
#include "core/delivery/effect.h"
#include "core/delivery/event.h"
#include "core/delivery/hedge_budget.h"
#include "core/delivery/item.h"
#include "core/delivery/link.h"
#include "core/delivery/outage_watch.h"
#include "core/delivery/path.h"
#include "core/delivery/report.h"

#include <map>
#include <optional>
#include <set>
#include <vector>

namespace planb::delivery {

/// Decides which message goes which way, when to stop waiting for an answer, and when to come back.
///
/// Pure: no clock, no timer, no thread, no database. The shell feeds it events with the current time, carries
/// out the effects in order (first all that is stored, in one transaction, then what touches a transport), and
/// calls with Woken when nextWake() has come. The same events and times give the same effects.
///
/// What it promises:
///  - A message with a usable route is attempted at once, on the best one: a link that is up and has proved itself,
///    then one that is up but held after a loss, then one that is suspect; within these in routesInOrder().
///  - An attempt without an answer within the hop timeout is doubtful: the link is suspect, and every message
///    open on it goes on by the next route at once. So does every message on a link that is lost.
///  - A message that a hop took but whose receiver, known to remove repeats, does not confirm it is repeated
///    on another route; never to a client that would show it twice.
///  - Repeats for which there is no other reason than a slow confirmation come out of a budget; a path that swallows
///    messages is no longer the first choice.
///  - Money is spent only on the user's word for this message, or where the user allowed it for this person, everything
///    else has failed for kMeteredAfter, and it is not just this computer that has no network.
///  - A message is never dropped: it is delivered, put before the user as stalled, or failed with a reason.
class Engine
{
public:
    /// `lastAttempt`: the highest attempt id in the store; new ones count on from there.
    Engine(Random &random, AttemptId lastAttempt);

    [[nodiscard]] Effects handle(const Event &event, MonoTime now);
    /// When to call with Woken; `now` if that is overdue.
    std::optional<MonoTime> nextWake(MonoTime now) const;

    /// Whether a message sent now would go by this transport, to some contact it has written to,
    /// or to anybody if it has written to none yet.
    bool isInUse(TransportId transport, MonoTime now) const;

    /// Everything worth showing of what is decided upon.
    Report report(MonoTime now) const;

private:
    struct ContactView {
        std::vector<Address> addresses;
        bool removesRepeats = false;
        bool mayCost = false;
        std::optional<MonoTime> lastHeard;
        std::optional<MonoTime> unreachableSince; ///< no unmetered route had room for a message
        std::vector<Route> routes;
        std::optional<TransportId> current; ///< set with the first attempt to this contact
    };
    struct OpenAttempt {
        MessageId message;
        Route route;
        bool timedOut = false;
    };

    void on(const ChainChanged &event, MonoTime now);
    void on(const LinkChanged &event, MonoTime now);
    void on(const ContactChanged &event, MonoTime now);
    void on(const ContactRemoved &event, MonoTime now);
    void on(const ContactJoined &event, MonoTime now);
    void on(const ItemQueued &event, MonoTime now);
    void on(const HandedOver &event, MonoTime now);
    void on(const Delivered &event, MonoTime now);
    void on(const Bounced &event, MonoTime now);
    void on(const Heard &event, MonoTime now);
    void on(const Received &event, MonoTime now);
    void on(const AckOwed &event, MonoTime now);
    void on(const Acknowledged &event, MonoTime now);
    void on(const Moved &event, MonoTime now);
    void on(const Spent &event, MonoTime now);
    void on(const ReturnAfterChanged &event, MonoTime now);
    void on(const Woken &event, MonoTime now);

    Item &takeUp(const ItemQueued &event, MonoTime now);
    void onAccepted(const OpenAttempt &attempt, AttemptId id, MonoTime now);
    void onAttemptFailed(const OpenAttempt &attempt, AttemptId id, const Failure &failure, MonoTime now);
    void noteRecovery(LinkSight before, LinkSight after);
    void failOver(TransportId lost, FailureCode reason, MonoTime now);
    void noteLost(TransportId lost, MonoTime now);
    void repeatByFasterRoute(TransportId opened, MonoTime now);
    void noteOutcome(const Item &item, std::optional<TransportId> via, MonoTime now);
    void hastenYoung(MessageId message, Millis age, MonoTime now);
    void nudgeLinks(MonoTime now);
    void checkHopDeadlines(MonoTime now);
    void checkDueItems(MonoTime now);
    void stopRepeating(ContactId contact, MonoTime now);
    std::vector<MessageId> itemsOf(ContactId contact) const;

    // engine_items.cpp: one message's way
    /// Whether a further attempt would help: nobody took it for good, and no link that answers has it in hand.
    bool needsAttempt(const Item &item) const;
    /// Whether this person's client shows a message once however often it comes, and confirms it.
    bool removesRepeats(const Item &item) const;
    /// Starts what the message needs now, or sees to it that somebody will look at it later. May forget it.
    void lookAfter(Item &item, MonoTime now);
    void dispatch(Item &item, MonoTime now);
    void dispatchWaiting(MonoTime now);
    void fillWindow(TransportId transport, MonoTime now);
    enum class RepeatReason { NoConfirmation, Missing, FasterRoute, NewNumber };
    void repeat(Item &item, MonoTime now, RepeatReason reason);
    bool mayRepeat(Item &item, MonoTime now, RepeatReason reason);
    void start(Item &item, const Route &route, MonoTime now);
    void waitForRoute(Item &item, MonoTime now);
    struct Outlook;
    Outlook outlookOf(const Item &item, MonoTime now) const;
    void awaitConfirmation(Item &item, MonoTime now);
    void takeHopsWord(Item &item, MonoTime now);
    Micros patienceFor(const Item &item, MonoTime now);
    Micros confirmationTime(const Item &item, MonoTime now) const;
    Micros silenceOf(ContactId contact, MonoTime now) const;
    void setDue(Item &item, std::optional<MonoTime> due, bool repeatWhenDue);
    void advance(Item &item, MessageState state, std::optional<TransportId> via);
    void forget(MessageId message);

    // engine_routes.cpp: which link is best, and who goes over it
    /// A transport's standing, best first; kNoStanding means it cannot be used at all.
    static constexpr int kProven = 0;
    static constexpr int kHeld = 1;
    static constexpr int kEjected = 2; ///< of a route: its link is proven or held, but its messages get lost
    static constexpr int kLastResort = 3;
    static constexpr int kNoStanding = 4;
    int standing(TransportId transport, MonoTime now) const;
    int standing(const Route &route, MonoTime now) const;
    std::optional<Route> preferredRoute(const ContactView &contact, MonoTime now) const;
    void reviewRoutes(MonoTime now);
    void reviewRoute(ContactId id, ContactView &contact, MonoTime now);
    QString reasonOfSwitch(const ContactView &contact, TransportId from, TransportId to, MonoTime now) const;
    Path &pathOf(const Route &route);
    bool mayPay(const Item &item, const Link &link, MonoTime now) const;
    std::optional<MonoTime> payableAt(const Item &item, const Link &link, MonoTime now) const;
    void noteReach(ContactView &contact, MonoTime now);
    bool isLocalNetworkDown() const;
    enum class Prefer { Standing, LeastTried };
    std::optional<Route> bestRoute(const Item &item, MonoTime now, Prefer prefer) const;
    bool mayUse(const Item &item, const Route &route, MonoTime now) const;

    LinkReport linkReport(const Link &link, MonoTime now) const;
    PathReport pathReport(ContactId contact, const Route &route, MonoTime now) const;

    // engine_streams.cpp: acknowledgements, theirs and ours
    bool isMissing(const Item &item, const AckRanges &ranges, MonoTime now) const;
    void sendDueAcks(MonoTime now);
    std::optional<Route> routeForAck(const AckSchedule::Due &due, MonoTime now) const;

    Random &m_random;
    AttemptId m_lastAttempt;
    Millis m_returnAfter;
    std::vector<ChainLink> m_chain;
    std::map<TransportId, Link> m_links;
    std::map<Route, Path> m_paths;
    std::map<ContactId, ContactView> m_contacts;
    std::map<MessageId, Item> m_items;
    std::map<AttemptId, OpenAttempt> m_attempts;
    std::set<MessageId> m_waiting; ///< needs an attempt and had no link that answers when last looked at
    /// … those of them for which a link lacks nothing but room; may name some that no longer wait.
    std::map<TransportId, std::set<MessageId>> m_wantRoom;
    std::set<std::pair<MonoTime, MessageId>> m_due;
    AckSchedule m_acks;
    HedgeBudget m_hedges;
    OutageWatch m_outages;
    std::optional<MonoTime> m_holdEnds; ///< when the next hold ends; stays until a look at the routes has followed
    bool m_waysOpened = false; ///< something happened that may give a waiting message a way
    bool m_routesChanged = false; ///< something happened that may change which route is best
    Effects m_effects;
};

} // namespace planb::delivery
