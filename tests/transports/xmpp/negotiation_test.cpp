// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/transports/xmpp/dialogue.h"
#include "tests/transports/xmpp/scram_server.h"

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;

const QByteArray kProceed = "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";
const QByteArray kSuccess = "<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>";
const QByteArray kBindFeature = "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>";

QByteArray saslFailure(const QByteArray &condition)
{
    return "<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><" + condition + "/></failure>";
}

QByteArray streamError(const QByteArray &condition, const QByteArray &inside = {})
{
    return "<stream:error><" + condition + " xmlns='urn:ietf:params:xml:ns:xmpp-streams'>" + inside + "</" + condition
        + "></stream:error>";
}

FailureCode codeOf(const std::optional<Failure> &failure)
{
    return failure ? failure->code : FailureCode::Cancelled;
}

} // namespace

TEST(Negotiation, ShowsNothingOfTheAccountBeforeTls)
{
    Dialogue talk;
    talk.connect();
    const QByteArray opening = talk.client();
    EXPECT_TRUE(opening.contains("<stream:stream to='example.org' version='1.0'"));
    talk.serverOpensStream(kStartTlsFeature + mechanisms({"PLAIN"}));
    const QByteArray request = talk.client();
    EXPECT_EQ(request, "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
    EXPECT_FALSE(talk.asksForTls());
    talk.server(kProceed);
    EXPECT_TRUE(talk.asksForTls());
    EXPECT_EQ(talk.client(), "");
    EXPECT_FALSE((opening + request).contains("alice"));
}

TEST(Negotiation, InsistsOnTls)
{
    Dialogue talk;
    talk.connect();
    talk.serverOpensStream(mechanisms({"PLAIN", "SCRAM-SHA-1"}));
    EXPECT_EQ(codeOf(talk.aborted()), FailureCode::TlsNotOffered);
    EXPECT_FALSE(talk.clientSaid("<auth"));
}

TEST(Negotiation, ReportsARefusedStartTls)
{
    Dialogue talk;
    talk.connect();
    talk.serverOpensStream(kStartTlsFeature);
    talk.server("<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
    EXPECT_EQ(codeOf(talk.aborted()), FailureCode::TlsFailed);
}

TEST(Negotiation, DropsWhatWasSlippedInBehindTheConsentToTls)
{
    Dialogue talk;
    talk.connect();
    talk.serverOpensStream(kStartTlsFeature);
    talk.client();
    talk.server(kProceed + streamHeader() + features(mechanisms({"PLAIN"})));
    talk.encrypt();
    EXPECT_FALSE(talk.clientSaid("<auth"));
    talk.serverOpensStream(mechanisms({"PLAIN"}));
    EXPECT_TRUE(talk.clientSaid("<auth"));
}

TEST(Negotiation, SaysNothingOnADirectTlsConnectionUntilItIsEncrypted)
{
    Dialogue talk;
    talk.connect(true);
    EXPECT_EQ(talk.client(), "");
    talk.encrypt();
    EXPECT_TRUE(talk.clientSaid("<stream:stream"));
}

TEST(Negotiation, LogsInWithPlainWhereNothingBetterIsOffered)
{
    Dialogue talk;
    talk.reachLogin({"PLAIN"});
    const QByteArray auth = talk.client();
    EXPECT_EQ(attributeIn(auth, "mechanism"), "PLAIN");
    EXPECT_EQ(QByteArray::fromBase64(textIn(auth, "auth")), QByteArray("\0alice\0wonderland", 17));
    talk.server(kSuccess);
    ASSERT_EQ(talk.events<xmpp::LoggedIn>().size(), 1u);
    EXPECT_TRUE(talk.clientSaid("<stream:stream"));
}

TEST(Negotiation, ShowsThePasswordToNoServerThatNeverHadToSeeIt)
{
    Dialogue talk;
    talk.session.rememberLogin(u"SCRAM-SHA-1"_s);
    talk.reachLogin({"PLAIN"});
    EXPECT_EQ(codeOf(talk.aborted()), FailureCode::ServerNotAuthentic);
    EXPECT_FALSE(talk.clientSaid("<auth"));

    Dialogue again;
    again.session.rememberLogin(u"SCRAM-SHA-512"_s);
    again.reachLogin({"PLAIN", "SCRAM-SHA-1"});
    EXPECT_TRUE(again.clientSaid("mechanism='SCRAM-SHA-1'")) << "weaker, but it gives nothing away";

    Dialogue plain;
    plain.session.rememberLogin(u"PLAIN"_s);
    plain.reachLogin({"PLAIN"});
    EXPECT_TRUE(plain.clientSaid("<auth"));
}

TEST(Negotiation, LogsInWithScramAndChecksTheServersProof)
{
    for (const bool inSuccess : {true, false}) {
        Dialogue talk;
        talk.reachLogin({"PLAIN", "SCRAM-SHA-256"});
        ScramServer server("wonderland");
        const QByteArray auth = talk.client();
        EXPECT_EQ(attributeIn(auth, "mechanism"), "SCRAM-SHA-256");
        talk.server(server.challenge(textIn(auth, "auth")));
        const QByteArray signature = server.signature(textIn(talk.client(), "response"));
        ASSERT_FALSE(signature.isEmpty());
        if (inSuccess) {
            talk.server("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>" + signature + "</success>");
        } else {
            talk.server("<challenge xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>" + signature + "</challenge>");
            EXPECT_TRUE(talk.clientSaid("<response"));
            talk.server(kSuccess);
        }
        const auto logins = talk.events<xmpp::LoggedIn>();
        ASSERT_EQ(logins.size(), 1u);
        EXPECT_EQ(logins[0].mechanism, u"SCRAM-SHA-256"_s);
    }
}

TEST(Negotiation, HashesAPasswordThatTakesLongInPieces)
{
    Dialogue talk;
    talk.reachLogin({"SCRAM-SHA-256"});
    ScramServer server("wonderland", 3 * xmpp::kRoundsAtOnce);
    talk.server(server.challenge(textIn(talk.client(), "auth")));
    for (int piece = 1; piece < 3; ++piece) {
        EXPECT_TRUE(talk.client().isEmpty());
        ASSERT_TRUE(talk.session.wakeAt());
        EXPECT_LE(*talk.session.wakeAt(), talk.now);
        talk.session.onTimer(talk.now);
    }
    const QByteArray signature = server.signature(textIn(talk.client(), "response"));
    ASSERT_FALSE(signature.isEmpty());
    EXPECT_FALSE(talk.session.wakeAt());
    talk.server("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>" + signature + "</success>");
    EXPECT_EQ(talk.events<xmpp::LoggedIn>().size(), 1u);
}

TEST(Negotiation, HearsTheServerWhileItHashes)
{
    const auto reachHashing = [](Dialogue &talk) {
        talk.reachLogin({"SCRAM-SHA-256"});
        const QByteArray challenge = ScramServer("wonderland", 1'000'000).challenge(textIn(talk.client(), "auth"));
        talk.server(challenge);
        return challenge;
    };
    Dialogue refused;
    reachHashing(refused);
    refused.server("<failure xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><not-authorized/></failure>");
    EXPECT_EQ(codeOf(refused.aborted()), FailureCode::AuthenticationFailed);
    EXPECT_FALSE(refused.session.wakeAt());

    Dialogue impatient;
    impatient.server(reachHashing(impatient));
    EXPECT_EQ(codeOf(impatient.aborted()), FailureCode::ProtocolError);

    Dialogue unproven;
    reachHashing(unproven);
    unproven.server(kSuccess);
    EXPECT_EQ(codeOf(unproven.aborted()), FailureCode::ServerNotAuthentic);
}

TEST(Negotiation, DoesNotTrustAServerWithoutProof)
{
    const auto reachSignature = [](Dialogue &talk) {
        talk.reachLogin({"SCRAM-SHA-256"});
        talk.server(ScramServer("wonderland").challenge(textIn(talk.client(), "auth")));
    };
    Dialogue unproven;
    reachSignature(unproven);
    unproven.server(kSuccess);
    EXPECT_EQ(codeOf(unproven.aborted()), FailureCode::ServerNotAuthentic);

    Dialogue forged;
    reachSignature(forged);
    forged.server("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>" + QByteArray("v=AAAA").toBase64()
                  + "</success>");
    EXPECT_EQ(codeOf(forged.aborted()), FailureCode::ServerNotAuthentic);

    Dialogue skipped;
    skipped.reachLogin({"SCRAM-SHA-256"});
    skipped.server(kSuccess);
    EXPECT_EQ(codeOf(skipped.aborted()), FailureCode::ServerNotAuthentic);
    EXPECT_TRUE(skipped.events<xmpp::LoggedIn>().empty());
}

TEST(Negotiation, ReportsARefusedLogin)
{
    Dialogue talk;
    talk.reachLogin({"PLAIN"});
    talk.server(saslFailure("not-authorized"));
    EXPECT_EQ(codeOf(talk.aborted()), FailureCode::AuthenticationFailed);
}

TEST(Negotiation, ReportsThatNoMechanismFits)
{
    for (const QByteArrayList &offered : {QByteArrayList{"GSSAPI", "X-OAUTH2"}, QByteArrayList()}) {
        Dialogue talk;
        talk.reachLogin(offered);
        EXPECT_EQ(codeOf(talk.aborted()), FailureCode::MechanismNotOffered);
    }
}

TEST(Negotiation, RefusesLoginDataThatIsNotBase64)
{
    Dialogue talk;
    talk.reachLogin({"SCRAM-SHA-1"});
    talk.server("<challenge xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>%%%</challenge>");
    EXPECT_EQ(codeOf(talk.aborted()), FailureCode::ProtocolError);
}

TEST(Negotiation, AsksForItsResourceAndTakesTheOneItIsGiven)
{
    Dialogue talk;
    talk.logIn();
    talk.client();
    talk.serverOpensStream(kBindFeature);
    EXPECT_TRUE(talk.clientSaid("<resource>planb-1</resource>"));
    talk.server("<iq type='result' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
                "<jid>alice@example.org/other</jid></bind></iq>");
    EXPECT_EQ(talk.events<xmpp::CameOnline>().size(), 1u);
    EXPECT_TRUE(talk.isEstablished());
}

TEST(Negotiation, TriesAgainLaterWhereTheServerStillHoldsTheOldSession)
{
    Dialogue talk;
    talk.logIn();
    talk.serverOpensStream(kBindFeature);
    talk.server("<iq type='error' id='bind'><error type='cancel'><conflict "
                "xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
    EXPECT_EQ(codeOf(talk.aborted()), FailureCode::ServerBusy);
}

TEST(Negotiation, RefusesAnOldServerAndElementsOutOfPlace)
{
    Dialogue old;
    old.connect();
    old.server("<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' id='x'>");
    EXPECT_EQ(codeOf(old.aborted()), FailureCode::ProtocolError);

    Dialogue early;
    early.connect();
    early.server(streamHeader() + "<message from='bob@example.org'><body>too early</body></message>");
    EXPECT_EQ(codeOf(early.aborted()), FailureCode::ProtocolError);
    EXPECT_TRUE(early.events<Incoming>().empty());

    Dialogue unbound;
    unbound.logIn();
    unbound.serverOpensStream({});
    EXPECT_EQ(codeOf(unbound.aborted()), FailureCode::ProtocolError);
}

TEST(Negotiation, ReportsAStreamThatEnds)
{
    Dialogue talk;
    talk.reachLogin({"PLAIN"});
    talk.server("</stream:stream>");
    EXPECT_EQ(codeOf(talk.aborted()), FailureCode::ServerClosed);
}

TEST(Negotiation, MapsEveryStreamError)
{
    const std::pair<QByteArray, FailureCode> table[] = {
        {"conflict", FailureCode::SessionReplaced},         {"not-authorized", FailureCode::AuthenticationFailed},
        {"host-gone", FailureCode::HostNotFound},           {"host-unknown", FailureCode::HostNotFound},
        {"system-shutdown", FailureCode::ServerClosed},     {"reset", FailureCode::ServerClosed},
        {"connection-timeout", FailureCode::ServerClosed},  {"policy-violation", FailureCode::ServerClosed},
        {"undefined-condition", FailureCode::ServerClosed}, {"resource-constraint", FailureCode::ServerBusy},
        {"internal-server-error", FailureCode::ServerBusy}, {"remote-connection-failed", FailureCode::ServerBusy},
        {"not-well-formed", FailureCode::ProtocolError},    {"unsupported-version", FailureCode::ProtocolError},
        {"invalid-namespace", FailureCode::ProtocolError},  {"of-the-future", FailureCode::ProtocolError},
    };
    for (const auto &[condition, code] : table) {
        Dialogue talk;
        talk.settle();
        talk.server(streamError(condition));
        EXPECT_EQ(codeOf(talk.aborted()), code) << condition.constData();
    }
}

TEST(Negotiation, FollowsTheServerToOtherHostsButNotInCircles)
{
    Dialogue talk;
    talk.reachLogin({"PLAIN"});
    talk.server(streamError("see-other-host", "node2.example.org:5299"));
    ASSERT_TRUE(talk.redirect());
    EXPECT_EQ(talk.redirect()->host, u"node2.example.org"_s);
    EXPECT_EQ(talk.redirect()->port, 5299);
    EXPECT_FALSE(talk.aborted());
    for (const bool isLast : {false, false, true}) {
        talk.connect(true);
        talk.encrypt();
        talk.server(streamHeader() + streamError("see-other-host", "node3.example.org"));
        EXPECT_EQ(talk.aborted().has_value(), isLast);
    }
    EXPECT_EQ(codeOf(talk.aborted()), FailureCode::ServerClosed);
}

TEST(Negotiation, ReadsAnIpv6AddressOfAnotherHost)
{
    Dialogue talk;
    talk.reachLogin({"PLAIN"});
    talk.server(streamError("see-other-host", "[2001:db8::1]:5222"));
    ASSERT_TRUE(talk.redirect());
    EXPECT_EQ(talk.redirect()->host, u"2001:db8::1"_s);
    EXPECT_EQ(talk.redirect()->port, 5222);

    Dialogue bare;
    bare.reachLogin({"PLAIN"});
    bare.server(streamError("see-other-host", "[2001:db8::1]"));
    ASSERT_TRUE(bare.redirect());
    EXPECT_EQ(bare.redirect()->host, u"2001:db8::1"_s);
    EXPECT_EQ(bare.redirect()->port, 0);
}

TEST(Negotiation, GoesNowhereOnAPlainStreamsWord)
{
    Dialogue talk;
    talk.connect();
    talk.server(streamHeader() + streamError("see-other-host", "evil.example.net"));
    EXPECT_FALSE(talk.redirect());
    EXPECT_EQ(codeOf(talk.aborted()), FailureCode::ServerClosed);
}

// --- XEP-0077 ---

namespace {

xmpp::Account registering()
{
    xmpp::Account account = Dialogue::alice();
    account.registers = true;
    return account;
}

QByteArray registrationForm(const QByteArray &fields)
{
    return "<iq type='result' id='register-form'><query xmlns='jabber:iq:register'>" + fields + "</query></iq>";
}

QByteArray registrationError(const QByteArray &condition, const QByteArray &words = {})
{
    return "<iq type='error' id='register'><error type='cancel'><" + condition
        + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/><text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>" + words
        + "</text></error></iq>";
}

void reachForm(Dialogue &talk)
{
    talk.reachLogin({"PLAIN"});
    talk.server(saslFailure("not-authorized"));
}

} // namespace

TEST(Registration, HappensOnlyAfterTheLoginWasRefused)
{
    Dialogue talk(registering());
    talk.reachLogin({"PLAIN"});
    EXPECT_FALSE(talk.clientSaid("jabber:iq:register"));
    talk.server(kSuccess);
    EXPECT_FALSE(talk.clientSaid("jabber:iq:register"));
}

TEST(Registration, MakesTheAccountAndLogsIn)
{
    Dialogue talk(registering());
    reachForm(talk);
    EXPECT_TRUE(
        talk.clientSaid("<iq type='get' id='register-form' to='example.org'><query xmlns='jabber:iq:register'/></iq>"));
    talk.server(registrationForm("<instructions>Choose</instructions><username/><password/>"
                                 "<x xmlns='jabber:x:data' type='form'><field var='username'><required/></field>"
                                 "<field var='password'><required/></field><field var='nick'/></x>"));
    EXPECT_TRUE(talk.clientSaid("<username>alice</username><password>wonderland</password>"));
    talk.server("<iq type='result' id='register'/>");
    EXPECT_TRUE(talk.clientSaid("<auth"));
    talk.server(kSuccess);
    EXPECT_EQ(talk.events<xmpp::LoggedIn>().size(), 1u);
}

TEST(Registration, TellsAWrongPasswordFromAMissingAccount)
{
    Dialogue talk(registering());
    reachForm(talk);
    talk.server(registrationForm("<username/><password/>"));
    talk.server(registrationError("conflict"));
    ASSERT_EQ(codeOf(talk.aborted()), FailureCode::AuthenticationFailed);
    EXPECT_TRUE(talk.aborted()->detail.contains(u"another password"));
}

TEST(Registration, IsRefusedWithTheServersWords)
{
    Dialogue talk(registering());
    reachForm(talk);
    talk.server(registrationForm("<username/><password/>"));
    talk.server(registrationError("not-allowed", "by invitation only"));
    ASSERT_EQ(codeOf(talk.aborted()), FailureCode::RegistrationRefused);
    EXPECT_TRUE(talk.aborted()->detail.contains(u"by invitation only"));
}

TEST(Registration, GivesUpWhereMoreIsAskedForThanNameAndPassword)
{
    for (const char *fields :
         {"<username/><password/><email/>", "<username/>", "",
          "<username/><password/><x xmlns='jabber:x:data'><field var='ocr'><required/></field></x>"}) {
        Dialogue talk(registering());
        reachForm(talk);
        talk.server(registrationForm(fields));
        EXPECT_EQ(codeOf(talk.aborted()), FailureCode::RegistrationRefused) << fields;
        EXPECT_FALSE(talk.clientSaid("wonderland"));
    }
    Dialogue refused(registering());
    reachForm(refused);
    refused.server("<iq type='error' id='register-form'><error type='cancel'>"
                   "<service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
    EXPECT_EQ(codeOf(refused.aborted()), FailureCode::RegistrationRefused);
}

TEST(Registration, IsTriedOnce)
{
    Dialogue talk(registering());
    reachForm(talk);
    talk.server(registrationForm("<username/><password/>"));
    talk.server("<iq type='result' id='register'/>");
    talk.server(saslFailure("not-authorized"));
    EXPECT_EQ(codeOf(talk.aborted()), FailureCode::AuthenticationFailed);
}

TEST(Registration, DoesNotFollowATemporaryFailure)
{
    Dialogue talk(registering());
    talk.reachLogin({"PLAIN"});
    talk.client();
    talk.server(saslFailure("temporary-auth-failure"));
    EXPECT_EQ(codeOf(talk.aborted()), FailureCode::ServerBusy);
    EXPECT_FALSE(talk.clientSaid("register"));
}

} // namespace planb::test
