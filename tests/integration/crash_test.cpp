// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/scene.h"

using namespace Qt::StringLiterals;

namespace planb::test {

/// planbctl itself dies with SIGKILL, at moments that matter.
class Crash : public TwoServers
{
protected:
    void killAndRestart(Person &person)
    {
        person.rpc().kill9();
        ASSERT_TRUE(fine(person.comeOnline()));
    }

    /// Waits by the stores, because what came in between a crash and a start is announced to nobody.
    testing::AssertionResult bobHasAllOfAlice()
    {
        const auto same = [&] {
            const auto said = alice->texts(u"out"_s);
            const auto read = bob->texts(u"in"_s);
            return said && read && said->size() == read->size();
        };
        waitUntil(same, kRecovery);
        return historiesAgree(*alice, *bob);
    }

    testing::AssertionResult aliceKnowsOfEveryDelivery()
    {
        return becomesTrue(
            "all are delivered",
            [&] {
                const auto history = alice->history();
                return history && std::all_of(history->begin(), history->end(), [](const QJsonObject &message) {
                           return message["state"_L1].toString() == "delivered"_L1;
                       });
            },
            kRecovery);
    }
};

TEST_F(Crash, OfTheSenderRightAfterTheAnswerLosesNothing)
{
    for (int i = 0; i < 5; ++i) {
        ASSERT_TRUE(fine(alice->say(u"promised %1"_s.arg(i))));
        ASSERT_NO_FATAL_FAILURE(killAndRestart(*alice));
    }
    EXPECT_TRUE(bobHasAllOfAlice());
    EXPECT_TRUE(aliceKnowsOfEveryDelivery());
}

TEST_F(Crash, OfTheSenderWhileNoServerRunsLosesNothing)
{
    primary->kill9();
    backup->kill9();
    ASSERT_TRUE(fine(alice->say(u"nobody is there"_s)));
    ASSERT_NO_FATAL_FAILURE(killAndRestart(*alice));
    ASSERT_TRUE(fine(alice->say(u"still nobody"_s)));
    ASSERT_NO_FATAL_FAILURE(killAndRestart(*alice));
    ASSERT_TRUE(fine(backup->start()));
    EXPECT_TRUE(bobHasAllOfAlice());
    EXPECT_TRUE(aliceKnowsOfEveryDelivery());
}

TEST_F(Crash, OfTheSenderBeforeItKnowsOfTheDeliveryRepeatsNothing)
{
    for (int i = 0; i < 5; ++i) {
        const QString text = u"arrived %1"_s.arg(i);
        ASSERT_TRUE(fine(alice->say(text)));
        ASSERT_TRUE(seesOnce(*bob, text, kRecovery));
        ASSERT_NO_FATAL_FAILURE(killAndRestart(*alice));
    }
    EXPECT_TRUE(aliceKnowsOfEveryDelivery());
    EXPECT_TRUE(bobHasAllOfAlice());
}

TEST_F(Crash, OfTheSenderInTheMiddleOfABurstLosesNothingItHadStored)
{
    for (int i = 0; i < 200; ++i)
        alice->sayAtOnce(u"burst %1"_s.arg(i));
    ASSERT_TRUE(becomesTrue(
        "some arrive", [&] { return bob->arrivals().size() >= 20; }, kRecovery));
    ASSERT_NO_FATAL_FAILURE(killAndRestart(*alice));
    EXPECT_TRUE(bobHasAllOfAlice());
    EXPECT_TRUE(aliceKnowsOfEveryDelivery());
    EXPECT_GE(bob->arrivals().size(), 20);
}

TEST_F(Crash, OfTheReceiverLosesNothingThatWasSentWhileItWasAway)
{
    bob->rpc().kill9();
    QStringList ids;
    for (int i = 0; i < 20; ++i) {
        const auto id = alice->say(u"while you were out %1"_s.arg(i));
        ASSERT_TRUE(fine(id));
        ids.append(*id);
    }
    EXPECT_FALSE(alice->allDelivered({ids.first()}));
    ASSERT_TRUE(fine(bob->comeOnline()));
    EXPECT_TRUE(learnsDelivery(*alice, ids, kRecovery));
    EXPECT_TRUE(bobHasAllOfAlice());
}

TEST_F(Crash, OfTheReceiverAtTheMomentOfArrivalNeitherLosesNorRepeats)
{
    for (int i = 0; i < 5; ++i) {
        const QString text = u"just arriving %1"_s.arg(i);
        ASSERT_TRUE(fine(alice->say(text)));
        ASSERT_TRUE(seesOnce(*bob, text, kRecovery));
        ASSERT_NO_FATAL_FAILURE(killAndRestart(*bob));
    }
    EXPECT_TRUE(aliceKnowsOfEveryDelivery());
    EXPECT_TRUE(bobHasAllOfAlice());
    for (int i = 0; i < 5; ++i)
        EXPECT_LE(bob->timesSeen(u"just arriving %1"_s.arg(i)), 1);
}

TEST_F(Crash, OfEitherSideAndThePrimaryTogetherLeavesBothHistoriesEqual)
{
    for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < 20; ++i) {
            alice->sayAtOnce(u"a%1.%2"_s.arg(round).arg(i));
            bob->sayAtOnce(u"b%1.%2"_s.arg(round).arg(i));
        }
        const qsizetype before = bob->arrivals().size();
        ASSERT_TRUE(becomesTrue(
            "some arrive", [&] { return bob->arrivals().size() > before + 3; }, kRecovery));
        primary->kill9();
        ASSERT_NO_FATAL_FAILURE(killAndRestart(round % 2 == 0 ? *alice : *bob));
        ASSERT_TRUE(fine(primary->start()));
    }
    EXPECT_TRUE(bobHasAllOfAlice());
    waitUntil(
        [&] { return bob->texts(u"out"_s).value_or(QStringList()) == alice->texts(u"in"_s).value_or(QStringList()); },
        kRecovery);
    EXPECT_TRUE(historiesAgree(*bob, *alice));
}

} // namespace planb::test
