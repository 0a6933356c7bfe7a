// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/scene.h"
#include "tests/testkit/free_ports.h"

using namespace Qt::StringLiterals;

namespace planb::test {

class Login : public OneServer
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

    /// Adds a transport with `settings` and waits for the state.
    testing::AssertionResult endsIn(const QString &state)
    {
        if (const auto added = alice->addTransport(primaryLabel(), settings); !added)
            return fine(added);
        return linkComesTo(*alice, primaryLabel(), state, kRecovery);
    }

    QString failure() const { return alice->linkFailure(primaryLabel()); }
    QJsonValue retryAt() const { return alice->link(primaryLabel())["failure"_L1].toObject()["retryAt"_L1]; }

    QJsonObject settings;
};

TEST_F(Login, SucceedsOverStartTls)
{
    EXPECT_TRUE(endsIn(u"ready"_s));
    EXPECT_EQ(failure(), QString());
}

TEST_F(Login, SucceedsOverDirectTls)
{
    settings[u"security"_s] = u"direct-tls"_s;
    settings[u"port"_s] = primary->directTlsPort();
    EXPECT_TRUE(endsIn(u"ready"_s));
}

TEST_F(Login, WithAWrongPasswordIsBlockedAndSaysSo)
{
    settings[u"password"_s] = u"wrong"_s;
    EXPECT_TRUE(endsIn(u"blocked"_s));
    EXPECT_EQ(failure(), u"AuthenticationFailed"_s);
}

TEST_F(Login, OfAnUnknownUserIsBlocked)
{
    settings[u"jid"_s] = u"nobody@primary.test"_s;
    EXPECT_TRUE(endsIn(u"blocked"_s));
    EXPECT_EQ(failure(), u"AuthenticationFailed"_s);
}

TEST_F(Login, GoesOnOnceThePasswordIsCorrected)
{
    settings[u"password"_s] = u"wrong"_s;
    ASSERT_TRUE(endsIn(u"blocked"_s));
    const RpcReply corrected = alice->rpc().request(u"transports.update"_s,
                                                    {{u"id"_s, alice->transportId(primaryLabel())},
                                                     {u"settings"_s, QJsonObject{{u"password"_s, personPassword()}}}});
    ASSERT_TRUE(corrected) << qPrintable(describe(corrected.error()));
    EXPECT_TRUE(linkComesTo(*alice, primaryLabel(), u"ready"_s));
}

TEST_F(Login, WaitsAndTriesAgainWhereNobodyListens)
{
    settings[u"port"_s] = freePorts(1).first();
    EXPECT_TRUE(endsIn(u"waiting"_s));
    EXPECT_EQ(failure(), u"ConnectionRefused"_s);
    EXPECT_GT(retryAt().toInteger(), 0);
}

TEST_F(Login, WaitsWhereTheHostHasNoAddress)
{
    settings[u"host"_s] = u"nowhere.invalid"_s;
    EXPECT_TRUE(endsIn(u"waiting"_s));
    // Which of the two depends on whether this computer has a name server to ask.
    EXPECT_TRUE(failure() == "HostNotFound"_L1 || failure() == "DnsUnavailable"_L1) << qPrintable(failure());
    EXPECT_GT(retryAt().toInteger(), 0);
}

TEST_F(Login, SucceedsByItselfOnceTheServerRuns)
{
    primary->stop();
    ASSERT_TRUE(endsIn(u"waiting"_s));
    ASSERT_TRUE(fine(primary->start()));
    EXPECT_TRUE(linkComesTo(*alice, primaryLabel(), u"ready"_s, kRecovery));
}

struct BadCertificate {
    const char *name;
    bool foreignAuthority;
    const char16_t *domain;
    TestCa::Validity validity;
};

class UntrustedServer
    : public Scene
    , public testing::WithParamInterface<BadCertificate>
{
protected:
    Outcome<TestCertificate> certificate()
    {
        if (!GetParam().foreignAuthority)
            return ca().issue(u"bad"_s, {QString::fromUtf16(GetParam().domain)}, GetParam().validity);
        const auto stranger = TestCa::make(path(u"stranger"_s), u"Somebody else"_s);
        return stranger ? stranger->issue(u"bad"_s, {QString::fromUtf16(GetParam().domain)}, GetParam().validity)
                        : Outcome<TestCertificate>(trouble(stranger.error()));
    }
};

TEST_P(UntrustedServer, IsNeverGivenThePassword)
{
    const auto bad = certificate();
    ASSERT_TRUE(fine(bad));
    Prosody server(path(u"bad"_s), u"primary.test"_s, *bad);
    ASSERT_TRUE(fine(server.start()));
    Person alice(u"Alice"_s, path(u"people"_s));
    ASSERT_TRUE(fine(alice.begin()));
    ASSERT_TRUE(fine(alice.join(server, primaryLabel(), ca().file())));
    EXPECT_TRUE(linkComesTo(alice, primaryLabel(), u"blocked"_s));
    EXPECT_EQ(alice.linkFailure(primaryLabel()), u"CertificateUntrusted"_s);
}

INSTANTIATE_TEST_SUITE_P(Integration, UntrustedServer,
                         testing::Values(BadCertificate{"OtherAuthority", true, u"primary.test",
                                                        TestCa::Validity::Valid},
                                         BadCertificate{"OtherName", false, u"other.test", TestCa::Validity::Valid},
                                         BadCertificate{"Expired", false, u"primary.test", TestCa::Validity::Expired}),
                         [](const auto &the) { return std::string(the.param.name); });

class Registration : public Scene
{
protected:
    /// Alice asks for an account on a server that allows it or not.
    void askFor(bool open)
    {
        Prosody::Options options;
        options.openRegistration = open;
        server = makeServer(u"primary"_s, options);
        ASSERT_TRUE(fine(server->start()));
        alice = std::make_unique<Person>(u"Alice"_s, path(u"people"_s));
        ASSERT_TRUE(fine(alice->begin()));
        QJsonObject settings = alice->settingsFor(*server, ca().file());
        settings[u"register"_s] = true;
        ASSERT_TRUE(fine(alice->addTransport(primaryLabel(), settings)));
    }

    std::unique_ptr<Prosody> server;
    std::unique_ptr<Person> alice;
};

TEST_F(Registration, MakesAnAccountThatWorksFromThenOn)
{
    ASSERT_NO_FATAL_FAILURE(askFor(true));
    ASSERT_TRUE(linkComesTo(*alice, primaryLabel(), u"ready"_s));
    PlainXmppClient other({alice->account(), server->domain(), personPassword(), ca().file(), server->directTlsPort()});
    EXPECT_TRUE(fine(other.login()));
}

TEST_F(Registration, SurvivesARestart)
{
    ASSERT_NO_FATAL_FAILURE(askFor(true));
    ASSERT_TRUE(linkComesTo(*alice, primaryLabel(), u"ready"_s));
    alice->rpc().kill9();
    ASSERT_TRUE(fine(alice->comeOnline()));
    EXPECT_TRUE(linkComesTo(*alice, primaryLabel(), u"ready"_s));
}

TEST_F(Registration, IsBlockedWhereTheServerRefusesStrangers)
{
    ASSERT_NO_FATAL_FAILURE(askFor(false));
    EXPECT_TRUE(linkComesTo(*alice, primaryLabel(), u"blocked"_s));
    EXPECT_EQ(alice->linkFailure(primaryLabel()), u"RegistrationRefused"_s);
}

} // namespace planb::test
