// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/transport/transport_witness.h"
#include "tests/testkit/wait_until.h"
#include "tests/transports/xmpp/xmpp_world.h"

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;
using Step = ConnectStep::Name;

class XmppTransportTest : public testing::Test
{
protected:
    XmppTransportTest() : server(identity.certificate) { server.users = {{u"alice"_s, u"pw-alice"_s}}; }

    void start(xmpp::XmppTiming timing = quickTiming())
    {
        start(settingsFor(u"alice"_s, server.port(), identity.caFile), timing);
    }
    void start(const xmpp::XmppSettings &settings, xmpp::XmppTiming timing = quickTiming())
    {
        witness.reset();
        transport = std::make_unique<xmpp::XmppTransport>(TransportId(1), settings, u"planb-test"_s,
                                                          xmpp::XmppTransport::Services{clock, random, srv}, timing);
        witness = std::make_unique<TransportWitness>(*transport);
        transport->start();
    }
    bool waitForPhase(LinkPhase phase)
    {
        return waitUntil([&] { return witness->hasPhase(phase); });
    }
    FailureCode code() const
    {
        return transport->state().failure ? transport->state().failure->code : FailureCode::Cancelled;
    }
    QList<Step> steps() const
    {
        QList<Step> names;
        for (const ConnectStep &step : witness->steps)
            names.append(step.name);
        return names;
    }

    TestIdentity identity;
    LittleServer server;
    SystemClock clock;
    SeededRandom random{3};
    NoSrv srv;
    std::unique_ptr<xmpp::XmppTransport> transport;
    std::unique_ptr<TransportWitness> witness;
};

} // namespace

TEST_F(XmppTransportTest, TellsEveryStepOfAConnection)
{
    start();
    ASSERT_TRUE(waitUntil([&] { return witness->steps.size() == 5; }));
    EXPECT_EQ(steps(), (QList<Step>{Step::Lookup, Step::Connect, Step::Tls, Step::Login, Step::RoundTrip}));
    for (const ConnectStep &step : witness->steps)
        EXPECT_FALSE(step.failure);
    const QString where = u"127.0.0.1:%1"_s.arg(server.port());
    EXPECT_EQ(witness->steps[0].detail, where);
    EXPECT_EQ(witness->steps[1].detail, where);
    EXPECT_TRUE(witness->steps[2].detail.startsWith(u"TLSv1.3"));
    EXPECT_EQ(witness->steps[3].detail, u"PLAIN"_s);
    EXPECT_TRUE(transport->state().rtt);
}

TEST_F(XmppTransportTest, KnowsItsHostsFromTheSettingsAndTheLookUp)
{
    xmpp::XmppSettings settings = settingsFor(u"alice"_s, server.port(), identity.caFile);
    settings.host = u"localhost"_s;
    start(settings);
    EXPECT_EQ(transport->hosts(), QStringList{u"localhost"_s});
    ASSERT_TRUE(waitForPhase(LinkPhase::Ready));
    EXPECT_TRUE(transport->hosts().contains(u"127.0.0.1"_s)) << transport->hosts().join(u' ').toStdString();
    EXPECT_EQ(transport->hosts().count(u"localhost"_s), 1);
}

TEST_F(XmppTransportTest, TellsTheStepThatFailed)
{
    const auto lastStep = [&] {
        EXPECT_TRUE(waitUntil([&] { return !witness->steps.empty() && witness->steps.back().failure; }));
        return witness->steps.back();
    };
    server.refusesLoginWith = "account-disabled";
    start();
    EXPECT_EQ(lastStep().name, Step::Login);
    EXPECT_EQ(lastStep().failure->code, FailureCode::AccountDisabled);

    server.offersStartTls = false;
    start();
    EXPECT_EQ(lastStep().name, Step::Tls);
    EXPECT_EQ(lastStep().failure->code, FailureCode::TlsNotOffered);

    server.cut();
    start();
    EXPECT_EQ(lastStep().name, Step::Connect);
    EXPECT_EQ(lastStep().failure->code, FailureCode::ConnectionRefused);
}

TEST_F(XmppTransportTest, StaysBlockedOnARefusedLoginUntilItIsNudged)
{
    server.users = {{u"alice"_s, u"another password"_s}};
    start();
    ASSERT_TRUE(waitForPhase(LinkPhase::Blocked));
    EXPECT_EQ(code(), FailureCode::AuthenticationFailed);
    EXPECT_FALSE(transport->state().retryAt);
    EXPECT_FALSE(waitUntil([&] { return server.connections() > 1; }, Millis(100)));
    server.users = {{u"alice"_s, u"pw-alice"_s}};
    transport->nudge();
    EXPECT_TRUE(waitForPhase(LinkPhase::Ready));
    EXPECT_FALSE(transport->state().failure);
}

TEST_F(XmppTransportTest, LooksAgainByItselfWhetherAnUntrustedServerHasBecomeTrustworthy)
{
    const TestIdentity stranger;
    xmpp::XmppTiming timing = quickTiming();
    timing.reconnect.untrustedAgain = Millis(50);
    start(settingsFor(u"alice"_s, server.port(), stranger.caFile), timing);
    ASSERT_TRUE(waitForPhase(LinkPhase::Blocked));
    EXPECT_EQ(code(), FailureCode::CertificateUntrusted);
    EXPECT_TRUE(waitUntil([&] { return server.connections() > 1; }));
    EXPECT_EQ(server.logins(), 0);
}

TEST_F(XmppTransportTest, ChecksTheCertificateAgainstTheAddressNotTheHost)
{
    auto settings = settingsFor(u"alice"_s, server.port(), identity.caFile);
    settings.jid.value = u"alice@other.test"_s;
    start(settings);
    ASSERT_TRUE(waitForPhase(LinkPhase::Blocked));
    EXPECT_EQ(code(), FailureCode::CertificateUntrusted);
    EXPECT_TRUE(transport->state().failure->detail.contains(u"other.test"));
}

TEST_F(XmppTransportTest, LeavesTheFieldToWhoeverTookOverItsSession)
{
    start();
    ASSERT_TRUE(waitForPhase(LinkPhase::Ready));
    server.say("<stream:error><conflict xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error></stream:stream>");
    ASSERT_TRUE(waitForPhase(LinkPhase::Blocked));
    EXPECT_EQ(code(), FailureCode::SessionReplaced);
    EXPECT_FALSE(waitUntil([&] { return server.connections() > 1; }, Millis(100)));
}

TEST_F(XmppTransportTest, ComesBackAtOnceAfterAServersRestart)
{
    xmpp::XmppTiming timing = quickTiming();
    timing.reconnect.backoff.first = Millis(60'000); // only the first, quick return can be in time
    start(timing);
    ASSERT_TRUE(waitForPhase(LinkPhase::Ready));
    server.say(
        "<stream:error><system-shutdown xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error></stream:stream>");
    ASSERT_TRUE(waitUntil([&] { return server.logins() == 2; }));
    EXPECT_TRUE(waitForPhase(LinkPhase::Ready));
}

TEST_F(XmppTransportTest, WaitsLongerEachTimeAServerDropsItAfterLogin)
{
    server.dropsAfterLogin = true;
    xmpp::XmppTiming timing = quickTiming();
    timing.reconnect.backoff = {Millis(20), 10.0, 0.0, Millis(60'000)};
    start(timing);
    // 20 ms, then 200 ms, then 2 s: the third wait is on when the test ends.
    ASSERT_TRUE(waitUntil([&] { return server.logins() == 3; }));
    EXPECT_FALSE(waitUntil([&] { return server.logins() > 3; }, Millis(300)));
}

TEST_F(XmppTransportTest, CarriesOnWithKnownEndpointsWhenNameServersFail)
{
    // Answers once, then never again.
    class OnceSrv final : public net::SrvLookup
    {
    public:
        explicit OnceSrv(quint16 port) : m_port(port) {}
        void lookUp(const QString &name, QObject *context, Done done) override
        {
            Result<QList<net::SrvRecord>> answer = fail(FailureCode::DnsUnavailable);
            if (m_questions < 2)
                answer = name.startsWith(u"_xmpp-client") ? QList<net::SrvRecord>{{u"127.0.0.1"_s, m_port, 1, 1, false}}
                                                          : QList<net::SrvRecord>();
            ++m_questions;
            QMetaObject::invokeMethod(
                context, [answer, done] { done(answer); }, Qt::QueuedConnection);
        }

    private:
        quint16 m_port;
        int m_questions = 0;
    } once(server.port());

    auto settings = settingsFor(u"alice"_s, server.port(), identity.caFile);
    settings.host.clear();
    settings.port = 0; // so that it asks
    transport = std::make_unique<xmpp::XmppTransport>(
        TransportId(1), settings, u"planb-test"_s, xmpp::XmppTransport::Services{clock, random, once}, quickTiming());
    witness = std::make_unique<TransportWitness>(*transport);
    transport->start();
    ASSERT_TRUE(waitForPhase(LinkPhase::Ready));
    server.cut();
    ASSERT_TRUE(waitForPhase(LinkPhase::Waiting));
    server.restore();
    EXPECT_TRUE(waitForPhase(LinkPhase::Ready));
}

TEST_F(XmppTransportTest, TellsTheServerOfABounceWhenThoseWhoStoreItHaveReturned)
{
    start();
    ASSERT_TRUE(waitForPhase(LinkPhase::Ready));
    std::optional<quint32> whileTold;
    QObject::connect(transport.get(), &Transport::reported, &server,
                     [&] { whileTold = server.acknowledgedByClients(); });
    server.say("<message from='bob@example.test' to='alice@example.test' type='error' id='m1'><error type='cancel'>"
               "<item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>"
               "<r xmlns='urn:xmpp:sm:3'/>");
    ASSERT_TRUE(waitUntil([&] { return whileTold && server.acknowledgedByClients() > *whileTold; }));
}

TEST_F(XmppTransportTest, MayBeStoppedFromWithinItsOwnSignals)
{
    start();
    QObject::connect(transport.get(), &Transport::stateChanged, transport.get(), [&](const LinkState &state) {
        if (state.phase == LinkPhase::Ready)
            transport->stop();
    });
    ASSERT_TRUE(waitUntil([&] { return server.logins() == 1; }));
    EXPECT_TRUE(waitForPhase(LinkPhase::Off));
    EXPECT_FALSE(waitUntil([&] { return server.connections() > 1; }, Millis(50)));
}

TEST_F(XmppTransportTest, GoesSilentlyWhenDestroyed)
{
    start();
    ASSERT_TRUE(waitForPhase(LinkPhase::Ready));
    int signalsAfter = 0;
    QObject::connect(transport.get(), &Transport::stateChanged, &server, [&] { ++signalsAfter; });
    QObject::connect(transport.get(), &Transport::handedOver, &server, [&] { ++signalsAfter; });
    transport->send(AttemptId(1), {*WireId::parse(u"w"), u"hello"_s, 1, wallFromMillis(0), {}},
                    {TransportKind::Xmpp, u"alice@example.test"_s});
    const int before = signalsAfter;
    witness.reset();
    transport.reset();
    EXPECT_EQ(signalsAfter, before);
}

} // namespace planb::test
