// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/crypto/party.h"

#include <functional>

namespace planb {
namespace {

using test::kNow;
using test::parsed;
using test::Party;
using test::Talker;

class SessionLimits : public ::testing::Test
{
protected:
    SessionLimits()
    {
        m_b.heard(m_a.say("settle"));
        m_a.heard(m_b.say("settle"));
    }
    /// What the other side never gets.
    QByteArray sayAndLose(int count)
    {
        QByteArray first;
        for (int i = 0; i < count; ++i) {
            const QByteArray bytes = m_a.say("lost");
            if (first.isEmpty())
                first = bytes;
        }
        return first;
    }

    Party m_alice;
    Party m_bob;
    Talker m_a{m_alice, m_bob};
    Talker m_b{m_bob, m_alice};
};

TEST_F(SessionLimits, SkipAThousandKeysForOneMessage)
{
    sayAndLose(1'000);
    EXPECT_EQ(m_b.heard(m_a.say("the next")), "the next");
    EXPECT_EQ(m_b.sessions().skippedKeys(), 1'000);
}

TEST_F(SessionLimits, SkipNoMoreThanAThousandKeysForOneMessage)
{
    sayAndLose(1'001);
    EXPECT_EQ(m_b.hear(m_a.say("the next")).error(), Refusal::TooFarAhead);
    EXPECT_EQ(m_b.sessions().skippedKeys(), 0);
}

TEST_F(SessionLimits, CountWhatIsSkippedInBothChainsTogether)
{
    m_b.heard(m_a.say("begins a chain"));
    sayAndLose(600);
    m_a.heard(m_b.say("turn"));
    sayAndLose(401);
    EXPECT_EQ(m_b.hear(m_a.say("too far")).error(), Refusal::TooFarAhead);
}

TEST_F(SessionLimits, KeepTwoThousandKeysAndGiveUpTheOldest)
{
    const QByteArray oldest = sayAndLose(1);
    const QByteArray second = sayAndLose(999);
    m_b.heard(m_a.say("after 1000"));
    sayAndLose(1'000);
    m_b.heard(m_a.say("after 2000"));
    EXPECT_EQ(m_b.sessions().skippedKeys(), 2'000);
    sayAndLose(1);
    m_b.heard(m_a.say("after 2001"));
    EXPECT_EQ(m_b.sessions().skippedKeys(), 2'000);
    EXPECT_EQ(m_b.hear(oldest).error(), Refusal::AlreadyOpened);
    EXPECT_EQ(m_b.heard(second), "lost");
}

TEST_F(SessionLimits, KeepFiveReceivingChains)
{
    std::vector<QByteArray> late;
    for (int chain = 0; chain < 6; ++chain) {
        late.push_back(m_a.say("late"));
        m_b.heard(m_a.say("in time"));
        m_a.heard(m_b.say("turn"));
    }
    EXPECT_EQ(m_b.sessions().skippedKeys(), 5);
    EXPECT_EQ(m_b.hear(late[0]).error(), Refusal::NoSession);
    for (std::size_t i = 1; i < late.size(); ++i)
        EXPECT_EQ(m_b.heard(late[i]), "late") << i;
}

TEST_F(SessionLimits, DoNotAddUpOverALongSession)
{
    // One in a hundred is lost for ever, far more than 2,000 would be after as many messages.
    for (int i = 0; i < 12'000; ++i) {
        const QByteArray bytes = m_a.say("x");
        if (i % 4 == 0)
            continue;
        ASSERT_TRUE(m_b.hear(bytes)) << i;
        ASSERT_LE(m_b.sessions().skippedKeys(), 2'000);
    }
    EXPECT_EQ(m_b.sessions().skippedKeys(), 2'000);
}

TEST_F(SessionLimits, RefuseContentThatIsTooLarge)
{
    EXPECT_TRUE(m_a.sessions().seal(QByteArray(kMaxContentBytes, 'x'), kNow));
    EXPECT_EQ(m_a.sessions().seal(QByteArray(kMaxContentBytes + 1, 'x'), kNow).error(), Refusal::TooLarge);
}

TEST_F(SessionLimits, EndASessionWhoseNumbersAreUsedUp)
{
    m_a.say("begins a chain");
    SecretBytes bytes = m_a.sessions().toBytes();
    // In the record of the set: version, two keys, count, time, length; then in the session's: version, two keys, order.
    constexpr std::size_t sent = 1 + 64 + 4 + 8 + 4 + 1 + 64 + 8;
    for (std::size_t i = 0; i < 4; ++i)
        bytes.bytes()[sent + i] = std::byte{0xFF};
    const SessionSet worn = SessionSet::fromBytes(bytes.view()).value();
    EXPECT_EQ(worn.seal("x", kNow).error(), Refusal::Exhausted);
    bytes.bytes()[sent + 3] = std::byte{0xFE};
    const SessionSet last = SessionSet::fromBytes(bytes.view()).value().seal("x", kNow).value().next;
    EXPECT_EQ(last.seal("x", kNow).error(), Refusal::Exhausted);
    EXPECT_EQ(Party::sessionsWith(m_bob).seal("x", kNow).error(), Refusal::Exhausted);
}

// Whoever has the session may write any numbers and any key into its headers.
TEST_F(SessionLimits, HoldForAHeaderThatNobodyHonestWrites)
{
    m_b.heard(m_a.say("begins a chain"));
    m_b.heard(m_a.say("goes on"));
    m_a.heard(m_b.say("turn"));
    constexpr std::size_t previous = 1 + 64 + 4 + 8 + 4 + 1 + 64 + 8 + 4;
    constexpr std::size_t ratchet = previous + 4 + 4 + 1 + 1 + 8 + 4;
    m_b.heard(m_a.say("new chain"));
    m_a.heard(m_b.say("turn again"));
    SessionSet begun = m_a.sessions().seal("lost", kNow).value().next;
    const auto refusal = [&](const std::function<void(std::span<std::byte>)> &change) {
        SecretBytes bytes = begun.toBytes();
        change(bytes.bytes());
        const auto sealed = SessionSet::fromBytes(bytes.view()).value().seal("x", kNow);
        const auto opened = m_b.sessions().open(parsed(sealed.value().envelope), kNow);
        return opened ? std::nullopt : std::optional(opened.error());
    };
    EXPECT_EQ(refusal([](std::span<std::byte>) {}), std::nullopt);
    EXPECT_EQ(refusal([](std::span<std::byte> state) { state[previous] = std::byte{0xFF}; }), Refusal::TooFarAhead);
    EXPECT_EQ(refusal([](std::span<std::byte> state) { state[previous + 3] = std::byte{0}; }), Refusal::Damaged);
    EXPECT_EQ(refusal([](std::span<std::byte> state) {
                  std::fill_n(state.begin() + ratchet, 32, std::byte{0});
                  state[ratchet] = std::byte{1};
              }),
              Refusal::Damaged);
    // In a chain that has begun, another ratchet key.
    m_b.heard(m_a.say("begun"));
    begun = m_a.sessions();
    EXPECT_EQ(refusal([](std::span<std::byte>) {}), std::nullopt);
    EXPECT_EQ(refusal([](std::span<std::byte> state) { state[ratchet] ^= std::byte{1}; }), Refusal::Damaged);
}

TEST_F(SessionLimits, RefuseATargetThatKnowsNoSuiteOfOurs)
{
    SessionTarget target = m_bob.target();
    target.device.suites = {2};
    EXPECT_EQ(Session::begin(m_alice.device, target, 1).error(), Refusal::LaterVersion);
}

} // namespace
} // namespace planb
