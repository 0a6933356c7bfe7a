// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/transport/transport_witness.h"
#include "tests/testkit/wait_until.h"
#include "tests/transports/xmpp/xmpp_world.h"

#include <gtest/gtest.h>

#include <functional>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;
using Step = ConnectStep::Name;

/// The domain says that it has no such service (RFC 2782).
class NoService final : public net::SrvLookup
{
public:
    void lookUp(const QString &, QObject *context, Done done) override
    {
        QMetaObject::invokeMethod(
            context, [done = std::move(done)] { done(QList<net::SrvRecord>{net::SrvRecord()}); }, Qt::QueuedConnection);
    }
};

struct Obstacle {
    const char *name;
    std::function<void(LittleServer &, xmpp::XmppSettings &)> put;
    Step step;
    FailureCode code;
};

void PrintTo(const Obstacle &obstacle, std::ostream *out)
{
    *out << obstacle.name;
}

/// One thing in the way of a connection, and at which step a test of the transport stops.
class ConnectionThatFails : public testing::TestWithParam<Obstacle>
{};

const QList<Obstacle> kObstacles{
    {"NoSuchService",
     [](LittleServer &, xmpp::XmppSettings &settings) {
         settings.host.clear();
         settings.port = 0;
     },
     Step::Lookup, FailureCode::HostNotFound},
    {"NobodyListens", [](LittleServer &server, xmpp::XmppSettings &) { server.cut(); }, Step::Connect,
     FailureCode::ConnectionRefused},
    {"NoTlsOffered", [](LittleServer &server, xmpp::XmppSettings &) { server.offersStartTls = false; }, Step::Tls,
     FailureCode::TlsNotOffered},
    {"NobodyAnswers", [](LittleServer &server, xmpp::XmppSettings &) { server.freeze(); }, Step::Tls,
     FailureCode::ConnectTimeout},
    {"ForeignCertificate", [](LittleServer &, xmpp::XmppSettings &settings) { settings.caFile.clear(); }, Step::Tls,
     FailureCode::CertificateUntrusted},
    {"WrongPassword", [](LittleServer &, xmpp::XmppSettings &settings) { settings.password = u"wrong"_s; }, Step::Login,
     FailureCode::AuthenticationFailed},
    {"DisabledAccount",
     [](LittleServer &server, xmpp::XmppSettings &) { server.refusesLoginWith = "account-disabled"; }, Step::Login,
     FailureCode::AccountDisabled},
    {"LostAfterTheLogin", [](LittleServer &server, xmpp::XmppSettings &) { server.dropsAfterLogin = true; },
     Step::RoundTrip, FailureCode::ConnectionLost},
    {"SilentAfterTheLogin", [](LittleServer &server, xmpp::XmppSettings &) { server.silentAfterLogin = true; },
     Step::RoundTrip, FailureCode::ConnectTimeout},
};

} // namespace

TEST_P(ConnectionThatFails, SaysAtWhichStepAndWhy)
{
    TestIdentity identity;
    LittleServer server(identity.certificate);
    server.users = {{u"alice"_s, u"pw-alice"_s}};
    xmpp::XmppSettings settings = settingsFor(u"alice"_s, server.port(), identity.caFile);
    GetParam().put(server, settings);
    SystemClock clock;
    SeededRandom random{3};
    NoService srv;
    xmpp::XmppTiming timing = quickTiming();
    timing.connect = Millis(500);
    xmpp::XmppTransport transport(TransportId(1), settings, u"planb-test"_s, {clock, random, srv}, timing);
    const TransportWitness witness(transport);
    transport.start();
    ASSERT_TRUE(waitUntil([&] { return !witness.steps.empty() && witness.steps.back().failure; }));
    EXPECT_EQ(witness.steps.back().name, GetParam().step);
    EXPECT_EQ(nameOf(witness.steps.back().failure->code), nameOf(GetParam().code));
    // Every step before it was gone, once.
    EXPECT_EQ(witness.steps.size(), static_cast<std::size_t>(GetParam().step) + 1);
}

INSTANTIATE_TEST_SUITE_P(Xmpp, ConnectionThatFails, testing::ValuesIn(kObstacles),
                         [](const auto &the) { return std::string(the.param.name); });

} // namespace planb::test
