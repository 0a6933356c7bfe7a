// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/crypto/party.h"

namespace planb {
namespace {

using test::kNow;
using test::parsed;
using test::Party;
using test::Talker;

class SessionTest : public ::testing::Test
{
protected:
    /// Both have answered, so that only messages travel from here on.
    void settle()
    {
        m_b.heard(m_a.say("settle"));
        m_a.heard(m_b.say("settle"));
    }

    Party m_alice;
    Party m_bob;
    Talker m_a{m_alice, m_bob};
    Talker m_b{m_bob, m_alice};
};

TEST_F(SessionTest, CarriesContentsBothWays)
{
    EXPECT_EQ(m_b.heard(m_a.say("one")), "one");
    EXPECT_EQ(m_a.heard(m_b.say("two")), "two");
    EXPECT_EQ(m_b.heard(m_a.say("three")), "three");
    EXPECT_EQ(m_b.heard(m_a.say("")), "");
    const QByteArray largest(kMaxContentBytes, 'x');
    EXPECT_EQ(m_a.heard(m_b.say(largest)), largest);
}

TEST_F(SessionTest, GreetsUntilItIsAnswered)
{
    const QByteArray first = m_a.say("one");
    const QByteArray second = m_a.say("two");
    EXPECT_EQ(parsed(first).type, EnvelopeType::Greeting);
    EXPECT_EQ(parsed(second).type, EnvelopeType::Greeting);
    EXPECT_TRUE(m_a.sessions().isUnanswered());
    // The second greeting alone is enough, and the first may come later.
    EXPECT_EQ(m_b.heard(second), "two");
    EXPECT_EQ(m_b.heard(first), "one");
    const QByteArray answer = m_b.say("three");
    EXPECT_EQ(parsed(answer).type, EnvelopeType::Message);
    EXPECT_EQ(m_a.heard(answer), "three");
    EXPECT_FALSE(m_a.sessions().isUnanswered());
    EXPECT_EQ(parsed(m_a.say("four")).type, EnvelopeType::Message);
}

TEST_F(SessionTest, OpensLateMessagesOnceEach)
{
    settle();
    std::vector<QByteArray> sent;
    sent.reserve(10);
    for (int i = 0; i < 10; ++i)
        sent.push_back(m_a.say(QByteArray::number(i)));
    for (const int i : {3, 0, 9, 5, 1, 2, 8, 7, 4, 6})
        EXPECT_EQ(m_b.heard(sent[static_cast<std::size_t>(i)]), QByteArray::number(i));
    for (const QByteArray &bytes : sent)
        EXPECT_EQ(m_b.hear(bytes).error(), Refusal::AlreadyOpened);
    EXPECT_EQ(m_b.sessions().skippedKeys(), 0);
}

TEST_F(SessionTest, OpensWhatWasLeftBehindInEarlierChains)
{
    settle();
    const QByteArray late = m_a.say("late");
    const QByteArray next = m_a.say("next");
    EXPECT_EQ(m_b.heard(next), "next");
    const QByteArray unheard = m_a.say("unheard");
    m_a.heard(m_b.say("turn"));
    EXPECT_EQ(m_b.heard(m_a.say("new chain")), "new chain");
    EXPECT_EQ(m_b.sessions().skippedKeys(), 2);
    EXPECT_EQ(m_b.heard(unheard), "unheard");
    EXPECT_EQ(m_b.heard(late), "late");
    EXPECT_EQ(m_b.hear(late).error(), Refusal::AlreadyOpened);
}

TEST_F(SessionTest, IsNotChangedByWhatDoesNotOpen)
{
    settle();
    const QByteArray good = m_a.say("good");
    const SecretBytes before = m_b.sessions().toBytes();
    for (qsizetype at = 0; at < good.size(); ++at) {
        QByteArray changed = good;
        changed[at] = static_cast<char>(changed.at(at) ^ 8);
        EXPECT_FALSE(m_b.hear(changed)) << at;
    }
    EXPECT_TRUE(m_b.sessions().toBytes() == before);
    EXPECT_EQ(m_b.heard(good), "good");
}

TEST_F(SessionTest, IsNotBegunByAGreetingWithAnyByteChanged)
{
    const QByteArray good = m_a.say("good");
    for (qsizetype at = 0; at < good.size(); ++at) {
        QByteArray changed = good;
        changed[at] = static_cast<char>(changed.at(at) ^ 8);
        EXPECT_FALSE(m_b.hear(changed)) << at;
    }
    EXPECT_FALSE(m_b.sessions().canSeal());
    EXPECT_EQ(m_b.heard(good), "good");
}

TEST_F(SessionTest, GoesOnAfterItWasStored)
{
    for (int i = 0; i < 20; ++i) {
        const QByteArray lost = m_a.say("lost");
        m_a.reload();
        EXPECT_EQ(m_b.heard(m_a.say("there")), "there");
        m_b.reload();
        EXPECT_EQ(m_a.heard(m_b.say("back")), "back");
        m_a.reload();
        if (i % 2 == 0) {
            EXPECT_EQ(m_b.heard(lost), "lost");
        }
        m_b.reload();
    }
}

TEST_F(SessionTest, SealsTheSameContentDifferentlyEachTime)
{
    settle();
    const SessionSet copy = m_a.sessions();
    const QByteArray one = copy.seal("same", kNow).value().envelope;
    const QByteArray two = copy.seal("same", kNow).value().envelope;
    // Even from one state that was used twice, which must not happen, no nonce is used twice.
    EXPECT_NE(parsed(one).nonce, parsed(two).nonce);
    EXPECT_NE(parsed(one).body, parsed(two).body);
}

TEST_F(SessionTest, OpensNothingThatWasMeantForTheOtherSide)
{
    settle();
    EXPECT_EQ(m_a.hear(m_a.say("mirror")).error(), Refusal::NoSession);
}

TEST_F(SessionTest, TakesNoPartOfAnotherEnvelope)
{
    settle();
    const Envelope one = parsed(m_a.say("one"));
    const Envelope two = parsed(m_a.say("two"));
    const auto joined = [](const Envelope &start, const Envelope &head, const Envelope &body) {
        return withBody(withHeader(start.headerAd, {}, head.ratchetHeader), body.body);
    };
    EXPECT_FALSE(m_b.hear(joined(one, one, two)));
    EXPECT_FALSE(m_b.hear(joined(one, two, one)));
    EXPECT_FALSE(m_b.hear(joined(two, one, one)));
    EXPECT_EQ(m_b.heard(joined(one, one, one)), "one");
}

// What is stolen with a state opens nothing that was opened before …
TEST_F(SessionTest, HasForgottenTheKeysOfWhatItOpened)
{
    settle();
    std::vector<QByteArray> heard;
    for (int i = 0; i < 5; ++i) {
        heard.push_back(m_a.say("past"));
        m_b.heard(heard.back());
        heard.push_back(m_b.say("past"));
        m_a.heard(heard.back());
    }
    const SecretBytes stolenFromBob = m_b.sessions().toBytes();
    const SecretBytes stolenFromAlice = m_a.sessions().toBytes();
    for (const QByteArray &bytes : heard) {
        for (const SecretBytes *stolen : {&stolenFromBob, &stolenFromAlice})
            EXPECT_FALSE(SessionSet::fromBytes(stolen->view()).value().open(parsed(bytes), kNow));
    }
}

// … and nothing that is sent after both have spoken again.
TEST_F(SessionTest, HealsAfterItsStateWasStolen)
{
    settle();
    const SecretBytes stolen = m_b.sessions().toBytes();
    const auto thief = [&stolen] { return SessionSet::fromBytes(stolen.view()).value(); };
    const QByteArray atOnce = m_a.say("the thief can read this");
    EXPECT_TRUE(thief().open(parsed(atOnce), kNow));
    m_b.heard(atOnce);
    m_a.heard(m_b.say("turn"));
    const QByteArray later = m_a.say("but not this");
    EXPECT_FALSE(thief().open(parsed(later), kNow));
    EXPECT_EQ(m_b.heard(later), "but not this");
}

TEST_F(SessionTest, IsNotReadFromDamagedBytes)
{
    m_a.say("greeting");
    settle();
    m_a.say("skipped");
    m_b.heard(m_a.say("heard"));
    for (Talker *talker : {&m_a, &m_b}) {
        const SecretBytes stored = talker->sessions().toBytes();
        EXPECT_TRUE(SessionSet::fromBytes(stored.view()).value().toBytes() == stored);
        for (std::size_t length = 0; length < stored.view().size(); ++length)
            EXPECT_FALSE(SessionSet::fromBytes(stored.view().first(length))) << length;
    }
}

} // namespace
} // namespace planb
