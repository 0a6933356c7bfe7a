// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/transport/transport_witness.h"
#include "tests/testkit/wait_until.h"
#include "tests/transports/xmpp/xmpp_world.h"

#include <gtest/gtest.h>

#include <QJsonArray>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;

/// Name servers say that the domain has decidedly no such service.
class LyingSrv final : public net::SrvLookup
{
public:
    void lookUp(const QString &, QObject *context, Done done) override
    {
        QMetaObject::invokeMethod(
            context, [done = std::move(done)] { done(QList<net::SrvRecord>{net::SrvRecord{}}); }, Qt::QueuedConnection);
    }
};

/// Name servers that swallow the question.
class SilentSrv final : public net::SrvLookup
{
public:
    void lookUp(const QString &, QObject *, Done) override {}
};

class XmppMemoryTest : public testing::Test
{
protected:
    XmppMemoryTest() : server(identity.certificate) { server.users = {{u"alice"_s, u"pw-alice"_s}}; }

    std::unique_ptr<xmpp::XmppTransport> transportFor(const xmpp::XmppSettings &settings)
    {
        auto transport = std::make_unique<xmpp::XmppTransport>(TransportId(1), settings, u"planb-test"_s,
                                                               xmpp::XmppTransport::Services{clock, random, srv},
                                                               quickTiming());
        QObject::connect(transport->memory(), &TransportMemory::changed, transport.get(),
                         [this](const QJsonObject &memory) { told = memory; });
        return transport;
    }
    xmpp::XmppSettings settings() { return settingsFor(u"alice"_s, server.port(), identity.caFile); }
    static bool becomesReady(const Transport &transport)
    {
        return waitUntil([&] { return transport.state().phase == LinkPhase::Ready; });
    }

    TestIdentity identity;
    LittleServer server;
    SystemClock clock;
    SeededRandom random{3};
    LyingSrv srv;
    QJsonObject told;
};

} // namespace

TEST_F(XmppMemoryTest, FindsTheServerWhereItWasWhenTheNameServersAreNoHelp)
{
    const auto first = transportFor(settings());
    first->start();
    ASSERT_TRUE(becomesReady(*first));
    first->stop();
    ASSERT_FALSE(told.isEmpty());

    xmpp::XmppSettings byName = settings(); // only the domain, as most people have it
    byName.host.clear();
    byName.port = 0;
    const auto lost = transportFor(byName);
    lost->start();
    ASSERT_TRUE(waitUntil([&] { return lost->state().phase == LinkPhase::Waiting; }));
    EXPECT_EQ(lost->state().failure->code, FailureCode::HostNotFound);

    const auto second = transportFor(byName);
    second->memory()->recall(told);
    second->start();
    EXPECT_TRUE(becomesReady(*second));
}

TEST_F(XmppMemoryTest, TriesWhereTheServerWasBeforeItTriesAGuess)
{
    xmpp::XmppSettings byName = settings();
    byName.jid.value = u"alice@127.0.0.1"_s;
    byName.host.clear();
    byName.port = 0;
    xmpp::ServerMemory memory;
    memory.reached({{u"127.0.0.1"_s, server.port(), false, {}}}, clock.wall());
    SilentSrv silent;
    xmpp::XmppTiming timing = quickTiming();
    timing.lookup = Millis(20);
    xmpp::XmppTransport transport(TransportId(1), byName, u"planb-test"_s, {clock, random, silent}, timing);
    transport.memory()->recall(memory.toJson());
    const TransportWitness witness(transport);
    transport.start();
    ASSERT_TRUE(waitUntil([&] { return !witness.steps.empty(); }));
    EXPECT_EQ(witness.steps.front().detail, u"127.0.0.1:%1, 127.0.0.1:5222"_s.arg(server.port()));
}

TEST_F(XmppMemoryTest, ShowsThePasswordToNoServerThatNeverHadToSeeIt)
{
    const auto transport = transportFor(settings());
    transport->memory()->recall({{u"strongest"_s, u"SCRAM-SHA-256"_s}}); // this server offers PLAIN only
    transport->start();
    ASSERT_TRUE(waitUntil([&] { return transport->state().phase == LinkPhase::Blocked; }));
    EXPECT_EQ(transport->state().failure->code, FailureCode::ServerNotAuthentic);
    EXPECT_EQ(server.logins(), 0);
}

TEST_F(XmppMemoryTest, WarnsOfACertificateThatTookAnothersPlaceAndGoesOn)
{
    const auto first = transportFor(settings());
    first->start();
    ASSERT_TRUE(becomesReady(*first));
    EXPECT_TRUE(first->state().warnings.isEmpty());
    first->stop();

    QJsonObject memory = told;
    QJsonObject known = memory[u"certificates"_s].toArray().at(0).toObject();
    known.insert(u"key"_s, QString(64, u'a'));
    memory.insert(u"certificates"_s, QJsonArray{known});
    const auto second = transportFor(settings());
    second->memory()->recall(memory);
    second->start();
    ASSERT_TRUE(becomesReady(*second));
    ASSERT_EQ(second->state().warnings.size(), 1);
    EXPECT_EQ(second->state().warnings[0].code, LinkWarning::Code::CertificateReplaced);
    second->stop();

    const auto third = transportFor(settings());
    third->memory()->recall(told);
    third->start();
    ASSERT_TRUE(becomesReady(*third));
    EXPECT_EQ(third->state().warnings.size(), 1) << "a restart does not hide it";
    third->stop();
    EXPECT_EQ(third->state(), LinkState());
}

} // namespace planb::test
