// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/scene.h"
#include "tests/testkit/free_ports.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace planb::test {

/// "Test this transport": which steps were gone, and where it stopped.
class TransportTrial : public OneServer
{
protected:
    void SetUp() override
    {
        OneServer::SetUp();
        if (IsSkipped() || HasFatalFailure())
            return;
        ASSERT_TRUE(fine(primary->addUser(alice->account(), personPassword())));
        settings = alice->settingsFor(*primary, ca().file());
    }

    QJsonObject tryOut()
    {
        const auto id = alice->addTransport(primaryLabel(), settings);
        EXPECT_TRUE(fine(id));
        const RpcReply result = alice->rpc().request(u"transports.test"_s, {{u"id"_s, id.value_or(QString())}},
                                                     kRecovery);
        EXPECT_TRUE(result) << (result ? "" : qPrintable(describe(result.error())));
        return result ? result->toObject() : QJsonObject();
    }

    /// The step that failed, with the Failure code its detail names.
    static QString failedStep(const QJsonObject &result)
    {
        EXPECT_FALSE(result["ok"_L1].toBool(true));
        const QJsonObject last = result["steps"_L1].toArray().last().toObject();
        EXPECT_FALSE(last["ok"_L1].toBool(true));
        return last["name"_L1].toString() + u' ' + last["detail"_L1].toString().section(u':', 0, 0);
    }

    QJsonObject settings;
};

TEST_F(TransportTrial, GoesThroughEveryStepWhereAllIsWell)
{
    const QJsonObject result = tryOut();
    EXPECT_TRUE(result["ok"_L1].toBool());
    QStringList names;
    for (const QJsonValue &step : result["steps"_L1].toArray()) {
        names.append(step["name"_L1].toString());
        EXPECT_TRUE(step["ok"_L1].toBool());
        EXPECT_TRUE(step["ms"_L1].isDouble());
    }
    EXPECT_EQ(names, QStringList({u"lookup"_s, u"connect"_s, u"tls"_s, u"login"_s, u"roundTrip"_s}));
}

TEST_F(TransportTrial, StopsAtTheLookupOfAHostThatIsNowhere)
{
    settings[u"host"_s] = u"nowhere.invalid"_s;
    const QString failed = failedStep(tryOut());
    EXPECT_TRUE(failed == "lookup HostNotFound"_L1 || failed == "lookup DnsUnavailable"_L1) << qPrintable(failed);
}

TEST_F(TransportTrial, StopsAtAClosedPort)
{
    settings[u"port"_s] = freePorts(1).first();
    EXPECT_EQ(failedStep(tryOut()), u"connect ConnectionRefused"_s);
}

TEST_F(TransportTrial, StopsAtAnUntrustedCertificate)
{
    const auto stranger = TestCa::make(path(u"stranger"_s));
    ASSERT_TRUE(fine(stranger));
    settings[u"caFile"_s] = stranger->file();
    EXPECT_EQ(failedStep(tryOut()), u"tls CertificateUntrusted"_s);
}

TEST_F(TransportTrial, StopsAtAWrongPassword)
{
    settings[u"password"_s] = u"wrong"_s;
    EXPECT_EQ(failedStep(tryOut()), u"login AuthenticationFailed"_s);
}

TEST_F(TransportTrial, EndsWithAServerThatHangs)
{
    primary->freeze();
    const QString failed = failedStep(tryOut());
    EXPECT_TRUE(failed.endsWith(u"ConnectTimeout"_s)) << qPrintable(failed);
}

TEST_F(TransportTrial, LeavesTheRunningConnectionAlone)
{
    ASSERT_TRUE(fine(alice->addTransport(backupLabel(), settings)));
    ASSERT_TRUE(linkComesTo(*alice, backupLabel(), u"ready"_s));
    const qint64 since = alice->link(backupLabel())["since"_L1].toInteger();
    const RpcReply result = alice->rpc().request(u"transports.test"_s, {{u"id"_s, alice->transportId(backupLabel())}},
                                                 kRecovery);
    ASSERT_TRUE(result);
    EXPECT_TRUE((*result)["ok"_L1].toBool());
    EXPECT_EQ(alice->linkState(backupLabel()), u"ready"_s);
    EXPECT_EQ(alice->link(backupLabel())["since"_L1].toInteger(), since);
}

class Chain : public TwoServers
{};

TEST_F(Chain, SendsMessagesOfARemovedTransportByAnother)
{
    primary->kill9();
    backup->kill9();
    const auto id = alice->say(u"waits for a way"_s);
    ASSERT_TRUE(fine(id));
    const RpcReply removed = alice->rpc().request(u"transports.remove"_s,
                                                  {{u"id"_s, alice->transportId(primaryLabel())}});
    ASSERT_TRUE(removed) << qPrintable(describe(removed.error()));
    ASSERT_TRUE(fine(backup->start()));
    EXPECT_TRUE(learnsDelivery(*alice, {*id}, kRecovery));
    EXPECT_TRUE(seesOnce(*bob, u"waits for a way"_s));
    EXPECT_EQ(bob->arrivals().last().route, backupLabel());
}

TEST_F(Chain, FollowsANewOrder)
{
    const QJsonArray turned{alice->transportId(backupLabel()), alice->transportId(primaryLabel())};
    const RpcReply reordered = alice->rpc().request(u"transports.reorder"_s, {{u"ids"_s, turned}});
    ASSERT_TRUE(reordered) << qPrintable(describe(reordered.error()));
    const auto id = alice->say(u"the other way round"_s);
    ASSERT_TRUE(fine(id));
    EXPECT_TRUE(learnsDelivery(*alice, {*id}));
    EXPECT_EQ(bob->arrivals().last().route, backupLabel());
}

TEST_F(Chain, TakesTheNextAddressWhereTheFirstIsUnknown)
{
    Person carol(u"Carol"_s, stage().folder());
    ASSERT_TRUE(fine(carol.begin()));
    ASSERT_TRUE(fine(carol.join(*backup, backupLabel(), stage().caFile())));
    ASSERT_TRUE(fine(carol.meet(*alice)));
    ASSERT_TRUE(fine(carol.waitUntilReady()));
    ASSERT_TRUE(fine(alice->meet(u"Carol"_s, {u"nobody@primary.test"_s, u"carol@backup.test"_s})));
    const auto id = alice->say(u"found you"_s);
    ASSERT_TRUE(fine(id));
    EXPECT_TRUE(seesOnce(carol, u"found you"_s));
    EXPECT_TRUE(learnsDelivery(*alice, {*id}));
    const RpcReply status = alice->rpc().request(u"messages.status"_s, {{u"messageId"_s, *id}});
    ASSERT_TRUE(status);
    // "Unavailable" because servers do not tell strangers which accounts exist (RFC 6121, 8.5.1).
    EXPECT_EQ((*status)["attempts"_L1][0]["failure"_L1]["code"_L1].toString(), u"RecipientUnavailable"_s);
}

} // namespace planb::test
