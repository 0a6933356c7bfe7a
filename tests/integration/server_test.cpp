// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/scene.h"

using namespace Qt::StringLiterals;

namespace planb::test {

/// That the servers of the test kit do what the other tests rely on, seen by clients that share nothing with PlanB.
class TestServer : public Scene
{
protected:
    void SetUp() override
    {
        Scene::SetUp();
        if (IsSkipped() || HasFatalFailure())
            return;
        server = makeServer(u"primary"_s);
        ASSERT_TRUE(fine(server->start()));
        carol = makeClient(u"carol"_s);
        dave = makeClient(u"dave"_s);
        for (PlainXmppClient *client : {carol.get(), dave.get()}) {
            ASSERT_TRUE(fine(server->addUser(client->account().user, personPassword())));
            ASSERT_TRUE(fine(client->login()));
        }
    }

    std::unique_ptr<PlainXmppClient> makeClient(const QString &name) const
    {
        return std::make_unique<PlainXmppClient>(
            PlainXmppClient::Account{name, server->domain(), personPassword(), ca().file(), server->directTlsPort()});
    }

    testing::AssertionResult daveReads(const QString &text) const
    {
        return becomesTrue("the message arrives", [&] { return dave->countOf(text) == 1; });
    }

    std::unique_ptr<Prosody> server;
    std::unique_ptr<PlainXmppClient> carol;
    std::unique_ptr<PlainXmppClient> dave;
};

TEST_F(TestServer, CarriesMessagesBetweenBareClients)
{
    carol->send(dave->bareJid(), u"안녕 <&> dave"_s, u"1"_s);
    EXPECT_TRUE(daveReads(u"안녕 <&> dave"_s));
}

TEST_F(TestServer, IsSilentWhileFrozenAndGoesOnWhenThawed)
{
    server->freeze();
    carol->send(dave->bareJid(), u"frozen"_s, u"1"_s);
    EXPECT_FALSE(waitUntil([&] { return dave->countOf(u"frozen"_s) > 0; }, Millis(200)));
    server->thaw();
    EXPECT_TRUE(daveReads(u"frozen"_s));
}

TEST_F(TestServer, KeepsItsPortsAndAccountsWhenKilledAndStartedAgain)
{
    const quint16 port = server->directTlsPort();
    server->kill9();
    EXPECT_FALSE(server->isRunning());
    ASSERT_TRUE(fine(server->start()));
    EXPECT_EQ(server->directTlsPort(), port);
    EXPECT_TRUE(fine(carol->login()));
}

TEST_F(TestServer, StopsEvenWhenFrozen)
{
    server->freeze();
    server->stop();
    EXPECT_FALSE(server->isRunning());
}

TEST_F(TestServer, KeepsMessagesForThoseWhoAreAway)
{
    ASSERT_TRUE(fine(server->addUser(u"erin"_s, personPassword())));
    const auto erin = makeClient(u"erin"_s);
    carol->send(erin->bareJid(), u"for later"_s, u"1"_s);
    ASSERT_TRUE(fine(erin->login()));
    EXPECT_TRUE(becomesTrue("the message arrives", [&] { return erin->countOf(u"for later"_s) == 1; }));
}

} // namespace planb::test
