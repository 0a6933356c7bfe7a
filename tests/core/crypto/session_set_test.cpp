// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/crypto/party.h"

namespace planb {
namespace {

using std::chrono::days;
using test::kNow;
using test::parsed;
using test::Party;
using test::Talker;

class SessionSetTest : public ::testing::Test
{
protected:
    bool agreeOnOne() { return m_a.sessions().sessionNames().front() == m_b.sessions().sessionNames().front(); }

    Party m_alice;
    Party m_bob;
    Talker m_a{m_alice, m_bob};
    Talker m_b{m_bob, m_alice};
};

TEST_F(SessionSetTest, ComesToOneSessionWhenBothBeginAtOnce)
{
    const QByteArray fromAlice = m_a.say("from Alice");
    const QByteArray fromBob = m_b.say("from Bob");
    EXPECT_EQ(m_a.heard(fromBob), "from Bob");
    EXPECT_EQ(m_b.heard(fromAlice), "from Alice");
    EXPECT_TRUE(agreeOnOne());
    EXPECT_EQ(m_b.heard(m_a.say("two")), "two");
    EXPECT_EQ(m_a.heard(m_b.say("three")), "three");
    EXPECT_TRUE(agreeOnOne());
    const std::vector<ExchangeKey> names = m_a.sessions().sessionNames();
    ASSERT_EQ(names.size(), 2U);
    EXPECT_LT(names[0], names[1]); // both began in the same millisecond
}

TEST_F(SessionSetTest, PrefersTheLaterBeginningOnBothSides)
{
    m_a.now = kNow + Millis(5);
    const QByteArray fromAlice = m_a.say("later");
    const QByteArray fromBob = m_b.say("earlier");
    const ExchangeKey later = m_a.sessions().sessionNames().front();
    m_a.heard(fromBob);
    m_b.heard(fromAlice);
    EXPECT_EQ(m_a.sessions().sessionNames().front(), later);
    EXPECT_EQ(m_b.sessions().sessionNames().front(), later);
}

TEST_F(SessionSetTest, StillOpensWhatIsUnderWayInTheOtherSession)
{
    const QByteArray one = m_a.say("one");
    const QByteArray two = m_a.say("two");
    const QByteArray fromBob = m_b.say("from Bob");
    m_a.heard(fromBob);
    m_b.heard(two);
    EXPECT_EQ(m_a.heard(m_b.say("back")), "back");
    EXPECT_EQ(m_b.heard(m_a.say("three")), "three");
    EXPECT_EQ(m_b.heard(one), "one");
}

TEST_F(SessionSetTest, GoesOnAfterOneSideLostItsSessions)
{
    m_b.heard(m_a.say("hello"));
    m_a.heard(m_b.say("hello"));
    m_b.sessions() = Party::sessionsWith(m_alice);
    const QByteArray unreadable = m_a.say("who are you");
    EXPECT_EQ(m_b.hear(unreadable).error(), Refusal::NoSession);
    m_b.now = kNow + Millis(1);
    EXPECT_EQ(m_a.heard(m_b.say("send that again")), "send that again");
    EXPECT_EQ(m_b.heard(m_a.say("again")), "again");
    EXPECT_TRUE(agreeOnOne());
}

TEST_F(SessionSetTest, IsNotLedBackToABrokenSessionByALateMessage)
{
    m_b.heard(m_a.say("hello"));
    m_a.heard(m_b.say("hello"));
    const QByteArray late = m_b.say("late");
    m_b.beginAnew();
    const ExchangeKey fresh = m_b.sessions().sessionNames().front();
    EXPECT_EQ(m_a.heard(m_b.say("fresh")), "fresh");
    EXPECT_EQ(m_a.heard(late), "late");
    EXPECT_EQ(m_a.sessions().sessionNames().front(), fresh);
    EXPECT_EQ(m_b.heard(m_a.say("answer")), "answer");
}

TEST_F(SessionSetTest, PrefersAFreshSessionEvenWithAClockThatIsBehind)
{
    m_b.heard(m_a.say("hello"));
    m_a.heard(m_b.say("hello"));
    m_b.now = wallFromMillis(0) - days(1);
    m_b.beginAnew();
    EXPECT_EQ(m_a.heard(m_b.say("fresh")), "fresh");
    EXPECT_TRUE(agreeOnOne());
}

TEST_F(SessionSetTest, BeginsNoSessionTwiceWithOneGreeting)
{
    const QByteArray greeting = m_a.say("once");
    m_b.heard(greeting);
    EXPECT_EQ(m_b.hear(greeting).error(), Refusal::AlreadyOpened);
    for (std::size_t i = 0; i < SessionSet::kMaxSessions; ++i) {
        m_a.now += Millis(1);
        m_a.beginAnew();
        m_b.heard(m_a.say("more"));
    }
    EXPECT_EQ(m_b.sessions().sessionNames().size(), SessionSet::kMaxSessions);
    EXPECT_EQ(m_b.hear(greeting).error(), Refusal::Replayed);
    const auto read = readGreeting(m_bob.device, parsed(greeting));
    ASSERT_TRUE(read);
    EXPECT_EQ(m_b.sessions().accept(m_bob.device, m_bob.prekeys, *read, parsed(greeting), kNow).error(),
              Refusal::Replayed);
}

TEST_F(SessionSetTest, RemembersGreetingsUpToALimit)
{
    for (std::size_t i = 0; i <= SessionSet::kMaxRemembered; ++i) {
        m_a.now += Millis(1);
        m_a.beginAnew();
        m_b.heard(m_a.say("more"));
        ASSERT_LE(m_b.sessions().sessionNames().size(), SessionSet::kMaxSessions);
    }
    const qsizetype full = m_b.sessions().toBytes().size();
    m_a.beginAnew();
    m_b.heard(m_a.say("one more"));
    EXPECT_EQ(m_b.sessions().toBytes().size(), full);
}

TEST_F(SessionSetTest, DropsAnUnusedSessionAfterAMonth)
{
    m_b.heard(m_a.say("old"));
    const QByteArray late = m_a.say("late");
    m_a.now += Millis(1);
    m_a.beginAnew();
    m_b.heard(m_a.say("new"));
    m_b.now = kNow + SessionSet::kArchiveLife;
    m_b.say("x");
    EXPECT_EQ(m_b.sessions().sessionNames().size(), 2U);
    m_b.now += Millis(1);
    m_b.say("x");
    EXPECT_EQ(m_b.sessions().sessionNames().size(), 1U);
    EXPECT_EQ(m_b.hear(late).error(), Refusal::Replayed);
}

TEST_F(SessionSetTest, NeverDropsTheSessionThatIsUsedForSending)
{
    m_b.heard(m_a.say("old"));
    m_b.now = kNow + days(365);
    m_b.say("x");
    EXPECT_EQ(m_b.sessions().sessionNames().size(), 1U);
}

TEST_F(SessionSetTest, TakesNoTargetBeyondItsDevice)
{
    const Party carol;
    EXPECT_EQ(m_a.sessions().withNewSession(m_alice.device, carol.target(), kNow).error(), Refusal::NotAuthentic);
}

} // namespace
} // namespace planb
