// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/delivery/link.h"

#include "core/delivery/constants.h"

#include <gtest/gtest.h>

namespace planb::delivery {
namespace {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

constexpr TransportId kId{1};
constexpr MonoTime kStart{1h};

Link xmppLink(Millis returnAfter = kReturnAfter)
{
    return Link({kId, TransportKind::Xmpp, u"one.example"_s, 10'000, false}, returnAfter);
}

LinkChanged ready(std::optional<Micros> rtt = {})
{
    return {kId, LinkSight::Ready, {}, rtt};
}

LinkChanged suspect()
{
    return {kId, LinkSight::Suspect, {}, {}};
}

LinkChanged downFor(FailureCode code)
{
    return {kId, LinkSight::Down, Failure{code, {}, {}}, {}};
}

Failure failureOf(FailureCode code)
{
    return {code, {}, {}};
}

/// A link that has answered at this speed for a while.
Link steadyLink(Micros rtt)
{
    Link link = xmppLink();
    link.onSight(ready(), kStart);
    for (int i = 1; i <= 50; ++i) {
        const MonoTime sent = kStart + i * 1s;
        link.onAttemptStarted(AttemptId(i), sent);
        link.onAttemptAccepted(AttemptId(i), sent + rtt);
    }
    return link;
}
constexpr MonoTime kAfterSteady = kStart + 100s;

TEST(Link, IsDownUntilItsTransportSaysReady)
{
    Link link = xmppLink();
    EXPECT_EQ(link.sight(), LinkSight::Down);
    link.onSight(ready(), kStart);
    EXPECT_EQ(link.sight(), LinkSight::Ready);
    EXPECT_FALSE(link.isHeld(kStart));
}

TEST(Link, HasNoDeadlineWhileNothingIsOpen)
{
    Link link = xmppLink();
    link.onSight(ready(), kStart);
    EXPECT_EQ(link.hopDeadline(), std::nullopt);
    link.onAttemptStarted(AttemptId(1), kStart);
    link.onAttemptAccepted(AttemptId(1), kStart + 50ms);
    EXPECT_EQ(link.hopDeadline(), std::nullopt);
}

TEST(Link, WaitsTheKindsFirstTimeoutBeforeItKnowsHowFastTheLinkIs)
{
    Link link = xmppLink();
    link.onSight(ready(), kStart);
    link.onAttemptStarted(AttemptId(1), kStart + 1s);
    EXPECT_EQ(link.hopDeadline(), kStart + 1s + 2s);
}

TEST(Link, TakesTheLoginsRoundTripAsTheFirstHint)
{
    Link link = xmppLink();
    link.onSight(ready(400ms), kStart);
    EXPECT_EQ(link.hopTimeout(), 400ms + 4 * 200ms);
}

TEST(Link, WaitsHalfASecondOnAFastLink)
{
    EXPECT_EQ(steadyLink(20ms).hopTimeout(), 500ms);
}

TEST(Link, RestartsItsWaitWhenTheQueueMoves)
{
    Link link = steadyLink(20ms);
    link.onAttemptStarted(AttemptId(100), kAfterSteady);
    link.onAttemptStarted(AttemptId(101), kAfterSteady);
    link.onAttemptAccepted(AttemptId(100), kAfterSteady + 400ms);
    ASSERT_TRUE(link.hopDeadline());
    EXPECT_GE(*link.hopDeadline(), kAfterSteady + 400ms + 500ms);
}

TEST(Link, CountsARefusalAsAnAnswerToo)
{
    Link link = steadyLink(20ms);
    link.onAttemptStarted(AttemptId(100), kAfterSteady);
    link.onAttemptStarted(AttemptId(101), kAfterSteady);
    link.onAttemptFailed(AttemptId(100), failureOf(FailureCode::RecipientUnknown), kAfterSteady + 400ms);
    EXPECT_EQ(link.hopDeadline(), kAfterSteady + 400ms + 500ms);
}

TEST(Link, IsReadyAgainWhenASuspectLinkRefusesSomething)
{
    Link link = steadyLink(20ms);
    link.onAttemptStarted(AttemptId(100), kAfterSteady);
    link.onHopTimeout(kAfterSteady + 500ms);
    ASSERT_EQ(link.sight(), LinkSight::Suspect);
    link.onAttemptFailed(AttemptId(100), failureOf(FailureCode::ServerBusy), kAfterSteady + 1s);
    EXPECT_EQ(link.sight(), LinkSight::Ready);
}

TEST(Link, StaysSuspectWhenItsConnectionIsLost)
{
    Link link = steadyLink(20ms);
    link.onAttemptStarted(AttemptId(100), kAfterSteady);
    link.onHopTimeout(kAfterSteady + 500ms);
    link.onAttemptFailed(AttemptId(100), failureOf(FailureCode::ConnectionLost), kAfterSteady + 1s);
    EXPECT_EQ(link.sight(), LinkSight::Suspect);
}

TEST(Link, LearnsThatItHasBecomeSlower)
{
    Link link = steadyLink(20ms);
    int timeouts = 0;
    for (int i = 100; i < 150; ++i) {
        const MonoTime sent = kAfterSteady + (i - 100) * 10s;
        link.onAttemptStarted(AttemptId(i), sent);
        if (*link.hopDeadline() <= sent + 3s) {
            link.onHopTimeout(*link.hopDeadline());
            ++timeouts;
        }
        link.onAttemptAccepted(AttemptId(i), sent + 3s);
    }
    EXPECT_GT(timeouts, 0);
    EXPECT_LT(timeouts, 5) << "a slow link must not be suspected for ever";
}

TEST(Link, DoesNotTakeALongSilenceForARoundTrip)
{
    Link link = steadyLink(20ms);
    for (int i = 100; i < 140; ++i) {
        link.onAttemptStarted(AttemptId(i), kAfterSteady + (i - 100) * 1s);
        if (i == 100)
            link.onHopTimeout(kAfterSteady + 500ms);
    }
    for (int i = 100; i < 140; ++i)
        link.onAttemptAccepted(AttemptId(i), kAfterSteady + 60s);
    EXPECT_LE(link.hopTimeout(), 2s);
}

TEST(Link, IgnoresAnswersToAttemptsItDoesNotKnow)
{
    Link link = steadyLink(20ms);
    link.onHopTimeout(kAfterSteady);
    link.onAttemptAccepted(AttemptId(999), kAfterSteady + 1s);
    link.onAttemptFailed(AttemptId(999), failureOf(FailureCode::MessageTooLarge), kAfterSteady + 1s);
    EXPECT_EQ(link.sight(), LinkSight::Suspect);
}

TEST(Link, IsHeldAfterALoss)
{
    Link link = steadyLink(20ms);
    link.onSight(downFor(FailureCode::ConnectionLost), kAfterSteady);
    link.onSight(ready(), kAfterSteady + 5s);
    EXPECT_TRUE(link.isHeld(kAfterSteady + 5s));
    EXPECT_EQ(link.heldUntil(kAfterSteady + 5s), kAfterSteady + 35s);
    EXPECT_FALSE(link.isHeld(kAfterSteady + 35s));
    EXPECT_EQ(link.heldUntil(kAfterSteady + 35s), std::nullopt);
}

TEST(Link, CountsOneOutageAsOneLoss)
{
    Link link = steadyLink(20ms);
    link.onAttemptStarted(AttemptId(100), kAfterSteady);
    link.onHopTimeout(kAfterSteady + 500ms);
    link.onSight(suspect(), kAfterSteady + 1s);
    link.onSight(downFor(FailureCode::ConnectionLost), kAfterSteady + 10s);
    for (int i = 0; i < 10; ++i)
        link.onSight(downFor(FailureCode::ConnectionRefused), kAfterSteady + 11s + i * 1s);
    link.onSight(ready(), kAfterSteady + 30s);
    EXPECT_EQ(link.heldUntil(kAfterSteady + 30s), kAfterSteady + 60s);
}

TEST(Link, DoublesTheHoldWithEveryLoss)
{
    Link link = xmppLink(10s);
    MonoTime now = kStart;
    link.onSight(ready(), now);
    for (const auto hold : {10s, 20s, 40s, 80s, 160s, 320s, 600s, 600s}) {
        now += 1s;
        link.onSight(downFor(FailureCode::ConnectionLost), now);
        link.onSight(ready(), now);
        EXPECT_EQ(link.heldUntil(now), now + hold);
    }
}

TEST(Link, ForgetsLossesAfterTenMinutes)
{
    Link link = steadyLink(20ms);
    for (int i = 0; i < 3; ++i) {
        link.onSight(downFor(FailureCode::ConnectionLost), kAfterSteady);
        link.onSight(ready(), kAfterSteady);
    }
    link.onSight(downFor(FailureCode::ConnectionLost), kAfterSteady + 11min);
    link.onSight(ready(), kAfterSteady + 11min);
    EXPECT_EQ(link.heldUntil(kAfterSteady + 11min), kAfterSteady + 11min + 30s);
}

TEST(Link, IsNotHeldWhenItWasStoppedOnPurpose)
{
    Link link = steadyLink(20ms);
    link.onSight({kId, LinkSight::Down, {}, {}}, kAfterSteady);
    link.onSight(ready(), kAfterSteady + 1s);
    EXPECT_FALSE(link.isHeld(kAfterSteady + 1s));
}

TEST(Link, IsNotHeldWhenItWaitedForANetworkAtFirst)
{
    Link link = xmppLink();
    link.onSight(downFor(FailureCode::NetworkUnreachable), kStart);
    link.onSight(downFor(FailureCode::DnsUnavailable), kStart + 1s);
    link.onSight(ready(), kStart + 2s);
    EXPECT_FALSE(link.isHeld(kStart + 2s));
}

TEST(Link, IsHeldWhenTheNetworkTookItAway)
{
    Link link = steadyLink(20ms);
    link.onSight(downFor(FailureCode::NetworkUnreachable), kAfterSteady);
    link.onSight(ready(), kAfterSteady + 1s);
    EXPECT_TRUE(link.isHeld(kAfterSteady + 1s));
}

TEST(Link, HasNotBeenLostWhenItIsFirstSeenSuspect)
{
    Link link = xmppLink();
    link.onSight(suspect(), kStart);
    EXPECT_EQ(link.sight(), LinkSight::Suspect);
    link.onSight(ready(), kStart + 1s);
    EXPECT_FALSE(link.isHeld(kStart + 1s));
}

TEST(Link, TellsWhyItIsNotReady)
{
    Link link = steadyLink(20ms);
    EXPECT_EQ(link.lastFailure(), std::nullopt);
    link.onHopTimeout(kAfterSteady);
    EXPECT_EQ(link.lastFailure()->code, FailureCode::HopTimeout);
    link.onSight(downFor(FailureCode::ServerClosed), kAfterSteady + 1s);
    EXPECT_EQ(link.lastFailure()->code, FailureCode::ServerClosed);
    link.onSight(ready(), kAfterSteady + 2s);
    EXPECT_EQ(link.lastFailure(), std::nullopt);
}

TEST(Link, MayBeNudgedOnceInFiveSecondsAndOnlyWhileItIsDown)
{
    Link link = xmppLink();
    EXPECT_TRUE(link.takeNudge(kStart));
    EXPECT_FALSE(link.takeNudge(kStart + 4s));
    EXPECT_TRUE(link.takeNudge(kStart + 5s));
    link.onSight(ready(), kStart + 6s);
    EXPECT_FALSE(link.takeNudge(kStart + 20s));
}

TEST(Link, HasRoomForTwoHundredAttempts)
{
    Link link = xmppLink();
    link.onSight(ready(), kStart);
    for (int i = 1; i <= kWindow; ++i) {
        EXPECT_TRUE(link.hasRoom());
        link.onAttemptStarted(AttemptId(i), kStart);
    }
    EXPECT_FALSE(link.hasRoom());
    link.onAttemptFailed(AttemptId(7), failureOf(FailureCode::ConnectionLost), kStart);
    EXPECT_TRUE(link.hasRoom());
}

void tellOutcomes(Link &link, int count, int spurious)
{
    for (int i = 0; i < count; ++i)
        link.onOutcome(i < spurious, kAfterSteady);
}

TEST(Link, WaitsLongerWhenItsTimeoutsWereOftenWrong)
{
    Link link = steadyLink(50ms);
    const Micros before = link.hopTimeout();
    tellOutcomes(link, kOutcomesPerReview, kOutcomesPerReview / kSpuriousShare);
    EXPECT_EQ(link.hopTimeout(), before) << "one in twenty is what it may cost";
    tellOutcomes(link, kOutcomesPerReview, kOutcomesPerReview / kSpuriousShare + 1);
    EXPECT_EQ(link.hopTimeout(), Micros(kRaisedFloor));
    tellOutcomes(link, kOutcomesPerReview, kOutcomesPerReview);
    EXPECT_EQ(link.hopTimeout(), Micros(kRaisedFloor * 3 / 2));
    tellOutcomes(link, 10 * kOutcomesPerReview, 10 * kOutcomesPerReview);
    EXPECT_EQ(link.hopTimeout(), Micros(kHighestFloor)) << "and no longer";
}

TEST(Link, WaitsAsBeforeWhenTimeHasPassedSinceItsTimeoutsWereWrong)
{
    Link link = steadyLink(50ms);
    const Micros before = link.hopTimeout();
    tellOutcomes(link, kOutcomesPerReview, kOutcomesPerReview);
    ASSERT_GT(link.hopTimeout(), before);
    link.onOutcome(false, kAfterSteady + kLossMemory - 1us);
    EXPECT_GT(link.hopTimeout(), before);
    link.onOutcome(false, kAfterSteady + kLossMemory);
    EXPECT_EQ(link.hopTimeout(), before);
}

TEST(Link, IsForgivenOneLossForEachOutage)
{
    Link link = xmppLink();
    link.onSight(ready(), kStart);
    link.forgiveLoss(kStart);
    EXPECT_EQ(link.losses(), 0U) << "there is nothing to forgive";
    link.onSight(downFor(FailureCode::ConnectionLost), kStart + 1s);
    link.onSight(ready(), kStart + 2s);
    link.onSight(downFor(FailureCode::ConnectionLost), kStart + 3s);
    ASSERT_EQ(link.losses(), 2U);
    link.forgiveLoss(kStart + 3s);
    link.forgiveLoss(kStart + 3s);
    EXPECT_EQ(link.losses(), 1U);
}

TEST(Link, IsAskedForASignOfLifeWhileItIsHeld)
{
    Link link = xmppLink(Millis(12'000));
    link.onSight(ready(), kStart);
    EXPECT_FALSE(link.probeAt(kStart)) << "never lost";
    link.onSight(downFor(FailureCode::ConnectionLost), kStart + 1s);
    EXPECT_FALSE(link.probeAt(kStart + 1s));
    link.onSight(ready(), kStart + 2s);
    EXPECT_EQ(link.heldFor(kStart + 2s), FailureCode::ConnectionLost);
    EXPECT_EQ(link.probeAt(kStart + 2s), kStart + 7s);
    EXPECT_FALSE(link.takeProbe(kStart + 7s - 1us));
    EXPECT_TRUE(link.takeProbe(kStart + 7s));
    EXPECT_FALSE(link.takeProbe(kStart + 7s));
    EXPECT_TRUE(link.takeProbe(kStart + 12s));
    EXPECT_FALSE(link.probeAt(kStart + 12s)) << "the hold ends before";
    EXPECT_FALSE(link.heldFor(kStart + 14s));
}

} // namespace
} // namespace planb::delivery
