// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/scene.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace planb::test {

class Outage : public TwoServers
{
protected:
    /// Says it, waits until the author knows of its delivery, and returns the label it came by.
    QString wayOf(Person &author, Person &reader, const QString &text, Millis limit = kPatience)
    {
        const auto id = author.say(text);
        EXPECT_TRUE(fine(id));
        EXPECT_TRUE(seesOnce(reader, text, limit));
        EXPECT_TRUE(learnsDelivery(author, {id.value_or(QString())}, limit));
        return reader.arrivals().isEmpty() ? QString() : reader.arrivals().last().route;
    }

    /// Talks on until a message takes the primary again.
    testing::AssertionResult comesBackToThePrimary()
    {
        int number = 0;
        const auto isBack = [&] {
            return wayOf(*alice, *bob, u"back yet? %1"_s.arg(++number), kRecovery) == primaryLabel();
        };
        return becomesTrue("messages take the primary again", isBack, kRecovery);
    }
};

TEST_F(Outage, TakesThePrimaryWhileAllIsWell)
{
    EXPECT_EQ(wayOf(*alice, *bob, u"안녕, Bob!"_s), primaryLabel());
    EXPECT_EQ(wayOf(*bob, *alice, u"Hi, Alice"_s), primaryLabel());
}

TEST_F(Outage, AnnouncesAnOwnMessageOnce)
{
    const auto id = alice->say(u"once"_s);
    ASSERT_TRUE(fine(id));
    ASSERT_TRUE(learnsDelivery(*alice, {*id}));
    EXPECT_EQ(alice->timesAnnounced(*id), 1);
}

TEST_F(Outage, CarriesEveryCharacterUnchanged)
{
    const QString text =
        u"줄바꿈\n탭\t<b>&amp;</b> ]]> \"'{}\\ ñ 漢字 👩‍👩‍👧‍👦 🇰🇷 ‮x‬ end"_s;
    EXPECT_EQ(wayOf(*alice, *bob, text), primaryLabel());
}

TEST_F(Outage, GoesOnOverTheBackupWhenThePrimaryIsKilled)
{
    ASSERT_EQ(wayOf(*alice, *bob, u"before"_s), primaryLabel());
    primary->kill9();
    EXPECT_EQ(wayOf(*alice, *bob, u"after"_s), backupLabel());
    EXPECT_EQ(wayOf(*bob, *alice, u"answer"_s), backupLabel());
}

TEST_F(Outage, GoesOnOverTheBackupWhenThePrimaryHangs)
{
    ASSERT_EQ(wayOf(*alice, *bob, u"before"_s), primaryLabel());
    primary->freeze();
    EXPECT_EQ(wayOf(*alice, *bob, u"after"_s), backupLabel());
    EXPECT_EQ(wayOf(*bob, *alice, u"answer"_s), backupLabel());
}

TEST_F(Outage, ReturnsToThePrimaryWhenItRunsAgain)
{
    ASSERT_NO_FATAL_FAILURE(returnAfter(Millis(200)));
    primary->kill9();
    ASSERT_EQ(wayOf(*alice, *bob, u"away"_s), backupLabel());
    ASSERT_TRUE(fine(primary->start()));
    EXPECT_TRUE(comesBackToThePrimary());
    EXPECT_TRUE(historiesAgree(*alice, *bob));
}

TEST_F(Outage, ShowsNothingTwiceWhenAFrozenServerDeliversLate)
{
    ASSERT_NO_FATAL_FAILURE(returnAfter(Millis(200)));
    ASSERT_EQ(wayOf(*alice, *bob, u"before"_s), primaryLabel());
    primary->freeze();
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(wayOf(*alice, *bob, u"under way %1"_s.arg(i)), backupLabel());
    primary->thaw();
    EXPECT_TRUE(comesBackToThePrimary());
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(bob->timesSeen(u"under way %1"_s.arg(i)), 1);
    EXPECT_TRUE(historiesAgree(*alice, *bob));
}

TEST_F(Outage, KeepsMessagesWhileAllServersAreDeadAndDeliversThemAfterwards)
{
    primary->kill9();
    backup->kill9();
    QStringList ids;
    for (int i = 0; i < 5; ++i) {
        const auto id = alice->say(u"kept %1"_s.arg(i));
        ASSERT_TRUE(fine(id));
        ids.append(*id);
    }
    const RpcReply status = alice->rpc().request(u"status.get"_s);
    ASSERT_TRUE(status);
    EXPECT_EQ((*status)["queued"_L1].toInt(), 5);
    EXPECT_GT((*status)["oldestQueuedAt"_L1].toInteger(), 0);
    EXPECT_TRUE(bob->arrivals().isEmpty());

    ASSERT_TRUE(fine(backup->start()));
    ASSERT_TRUE(fine(primary->start()));
    EXPECT_TRUE(learnsDelivery(*alice, ids, kRecovery));
    EXPECT_TRUE(historiesAgree(*alice, *bob));
    EXPECT_TRUE(becomesTrue("the queue is empty", [&] {
        const RpcReply after = alice->rpc().request(u"status.get"_s);
        return after && (*after)["queued"_L1].toInt() == 0 && (*after)["oldestQueuedAt"_L1].isNull();
    }));
}

TEST_F(Outage, TellsEveryWayAMessageTook)
{
    ASSERT_EQ(wayOf(*alice, *bob, u"before"_s), primaryLabel());
    primary->freeze();
    const auto id = alice->say(u"two ways"_s);
    ASSERT_TRUE(fine(id));
    ASSERT_TRUE(learnsDelivery(*alice, {*id}));
    const RpcReply status = alice->rpc().request(u"messages.status"_s, {{u"messageId"_s, *id}});
    ASSERT_TRUE(status);
    const QJsonArray attempts = (*status)["attempts"_L1].toArray();
    ASSERT_EQ(attempts.size(), 2);
    EXPECT_EQ(attempts[0]["label"_L1].toString(), primaryLabel());
    EXPECT_EQ(attempts[1]["label"_L1].toString(), backupLabel());
    EXPECT_EQ(attempts[1]["address"_L1].toString(), u"bob@backup.test"_s);
    EXPECT_TRUE(attempts[0]["reason"_L1].isNull());
    EXPECT_EQ(attempts[1]["reason"_L1].toString(), u"HopTimeout"_s);
    EXPECT_GE(attempts[1]["startedAt"_L1].toInteger(), attempts[0]["startedAt"_L1].toInteger() + 500);
    EXPECT_GE(attempts[1]["finishedAt"_L1].toInteger(), attempts[1]["startedAt"_L1].toInteger());
}

TEST_F(Outage, IsToldAsASwitchOfTheChainAndSoIsItsEnd)
{
    QStringList switches;
    QObject watch; // lets go before the list does
    QObject::connect(alice, &Person::switched, &watch,
                     [&](const QString &from, const QString &to, const QString &reason) {
                         switches.append(u"%1 > %2: %3"_s.arg(from, to, reason));
                     });
    ASSERT_NO_FATAL_FAILURE(returnAfter(Millis(200)));
    ASSERT_EQ(wayOf(*alice, *bob, u"before"_s), primaryLabel());
    EXPECT_EQ(switches, QStringList());
    primary->kill9();
    ASSERT_EQ(wayOf(*alice, *bob, u"around"_s), backupLabel());
    ASSERT_EQ(switches.size(), 1);
    EXPECT_TRUE(switches.first().startsWith(u"%1 > %2: "_s.arg(primaryLabel(), backupLabel())))
        << switches.first().toStdString();
    ASSERT_TRUE(fine(primary->start()));
    EXPECT_TRUE(comesBackToThePrimary());
    ASSERT_EQ(switches.size(), 2);
    EXPECT_EQ(switches.last(), u"%1 > %2: Recovered"_s.arg(backupLabel(), primaryLabel()));
}

/// 500 messages from each side, with the primary dying under them.
TEST_F(Outage, LosesRepeatsAndMisplacesNothingInABurst)
{
    constexpr int kEach = 500;
    constexpr int kBeforeTheFault = 200;
    const auto sayMany = [&](int from, int to) {
        for (int i = from; i < to; ++i) {
            alice->sayAtOnce(u"a%1"_s.arg(i));
            bob->sayAtOnce(u"b%1"_s.arg(i));
        }
    };
    sayMany(0, kBeforeTheFault);
    ASSERT_TRUE(becomesTrue(
        "half of the first part arrives", [&] { return bob->arrivals().size() >= kBeforeTheFault / 2; }, kRecovery));
    primary->kill9();
    sayMany(kBeforeTheFault, kEach);

    EXPECT_TRUE(becomesTrue(
        "all arrive", [&] { return alice->arrivals().size() >= kEach && bob->arrivals().size() >= kEach; }, kRecovery));
    EXPECT_EQ(alice->arrivals().size(), kEach);
    EXPECT_EQ(bob->arrivals().size(), kEach);
    EXPECT_TRUE(historiesAgree(*alice, *bob));
    EXPECT_TRUE(historiesAgree(*bob, *alice));
    QStringList expected;
    for (int i = 0; i < kEach; ++i)
        expected.append(u"a%1"_s.arg(i));
    EXPECT_EQ(bob->texts(u"in"_s).value_or(QStringList()), expected);
}

} // namespace planb::test
