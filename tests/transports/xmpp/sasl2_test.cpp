// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/transports/xmpp/dialogue.h"
#include "tests/transports/xmpp/scram_server.h"
#include "transports/xmpp/sasl2.h"

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;

const QByteArray kResume = "<sm xmlns='urn:xmpp:sm:3'/>";
const QByteArray kBind = "<bind xmlns='urn:xmpp:bind:0'><inline><feature var='urn:xmpp:sm:3'/>"
                         "<feature var='urn:xmpp:carbons:2'/><feature var='urn:xmpp:csi:0'/></inline></bind>";
const QByteArray kBareBind = "<bind xmlns='urn:xmpp:bind:0'><inline/></bind>";
const QByteArray kEnabled = "<enabled xmlns='urn:xmpp:sm:3' id='old-1' resume='true'/>";
const QByteArray kBindFeatures = "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/><sm xmlns='urn:xmpp:sm:3'/>";

QByteArray offer(const QByteArrayList &names, const QByteArray &together = kResume + kBind)
{
    QByteArray xml = "<authentication xmlns='urn:xmpp:sasl:2'>";
    for (const QByteArray &name : names)
        xml += "<mechanism>" + name + "</mechanism>";
    return xml + "<inline>" + together + "</inline></authentication>";
}

QByteArray success(const QByteArray &inside, const QByteArray &jid = "alice@example.org/PlanB~x")
{
    return "<success xmlns='urn:xmpp:sasl:2'>"
        + (jid.isEmpty() ? QByteArray() : "<authorization-identifier>" + jid + "</authorization-identifier>") + inside
        + "</success>";
}

QByteArray bound(const QByteArray &inside = kEnabled)
{
    return "<bound xmlns='urn:xmpp:bind:0'>" + inside + "</bound>";
}

void offerTo(Dialogue &talk, const QByteArray &features)
{
    talk.connect(true);
    talk.encrypt();
    talk.client();
    talk.serverOpensStream(features);
}

// Online by the newer profile, with a stream that may be resumed.
void comeOnline(Dialogue &talk)
{
    offerTo(talk, offer({"PLAIN"}) + mechanisms({"PLAIN"}));
    talk.client();
    talk.server(success(bound()) + features(kBindFeatures));
}

FailureCode codeOf(const std::optional<Failure> &failure)
{
    return failure ? failure->code : FailureCode::Cancelled;
}

} // namespace

TEST(Sasl2, LogsInBindsAndSwitchesEverythingOnInOneGo)
{
    Dialogue talk;
    talk.session.setArchiveMark(ArchiveMark{u"m0"_s, {}});
    offerTo(talk, offer({"PLAIN"}) + mechanisms({"PLAIN"}));
    const QByteArray said = talk.client();
    EXPECT_TRUE(said.startsWith("<authenticate xmlns='urn:xmpp:sasl:2' mechanism='PLAIN'>")) << said.toStdString();
    EXPECT_EQ(QByteArray::fromBase64(textIn(said, "initial-response")), QByteArray("\0alice\0wonderland", 17));
    EXPECT_TRUE(said.contains("<bind xmlns='urn:xmpp:bind:0'><tag>PlanB</tag><enable xmlns='urn:xmpp:carbons:2'/>"
                              "<enable xmlns='urn:xmpp:sm:3' resume='true'/></bind>"));
    EXPECT_FALSE(said.contains("<resume"));
    talk.server(success(bound(kEnabled + "<enabled xmlns='urn:xmpp:carbons:2'/>")));
    EXPECT_TRUE(talk.session.isOnline());
    const QByteArray first = talk.client();
    EXPECT_FALSE(first.contains("stream:stream"));
    EXPECT_FALSE(first.contains("<enable"));
    EXPECT_TRUE(first.contains("<presence"));
    EXPECT_FALSE(first.contains("urn:xmpp:carbons:2"));
    EXPECT_TRUE(first.contains("<r xmlns='urn:xmpp:sm:3'/>"));
    const auto logins = talk.events<xmpp::LoggedIn>();
    ASSERT_EQ(logins.size(), 1);
    EXPECT_EQ(logins[0].mechanism, u"PLAIN"_s);
}

TEST(Sasl2, CopiesAreAskedForOnlyByWhoReadsThem)
{
    Dialogue talk;
    offerTo(talk, offer({"PLAIN"}));
    EXPECT_FALSE(talk.clientSaid("urn:xmpp:carbons:2"));
}

TEST(Sasl2, CopiesAreAskedForOnceMoreWhereTheServerDoesNotSayThatTheyAreOn)
{
    Dialogue talk;
    talk.session.setArchiveMark(ArchiveMark{u"m0"_s, {}});
    offerTo(talk, offer({"PLAIN"}));
    EXPECT_TRUE(talk.clientSaid("<enable xmlns='urn:xmpp:carbons:2'/>"));
    talk.server(success(bound()));
    EXPECT_TRUE(talk.clientSaid("<enable xmlns='urn:xmpp:carbons:2'/>"));
}

// They are no stanzas, and the stream has already begun.
TEST(Sasl2, FeaturesAfterTheLoginAreNeitherCountedNorTakenForANewStream)
{
    Dialogue talk;
    comeOnline(talk);
    talk.client();
    talk.server(
        "<iq type='get' id='q' from='example.org'><ping xmlns='urn:xmpp:ping'/></iq><r xmlns='urn:xmpp:sm:3'/>");
    const QByteArray said = talk.client();
    EXPECT_TRUE(said.contains("id='q'"));
    EXPECT_TRUE(said.contains("h='1'"));
    EXPECT_EQ(talk.aborted(), std::nullopt);
}

TEST(Sasl2, GoesThroughScramAndChecksTheServer)
{
    Dialogue talk;
    offerTo(talk, offer({"PLAIN", "SCRAM-SHA-256"}));
    const QByteArray said = talk.client();
    ASSERT_TRUE(said.contains("mechanism='SCRAM-SHA-256'"));
    ScramServer scram("wonderland");
    talk.server(scram.challenge(textIn(said, "initial-response"))
                    .replace("urn:ietf:params:xml:ns:xmpp-sasl", "urn:xmpp:sasl:2"));
    const QByteArray response = talk.client();
    EXPECT_TRUE(response.startsWith("<response xmlns='urn:xmpp:sasl:2'>"));
    const QByteArray signature = scram.signature(textIn(response, "response"));
    ASSERT_FALSE(signature.isEmpty());
    talk.server(success("<additional-data>" + signature + "</additional-data>" + bound()));
    EXPECT_TRUE(talk.session.isOnline());
}

TEST(Sasl2, RefusesAServerThatDoesNotKnowThePassword)
{
    for (const QByteArray &data : {QByteArray(), QByteArray("<additional-data>dj1BQUFB</additional-data>")}) {
        Dialogue talk;
        offerTo(talk, offer({"SCRAM-SHA-256"}));
        ScramServer scram("wonderland");
        talk.server(scram.challenge(textIn(talk.client(), "initial-response"))
                        .replace("urn:ietf:params:xml:ns:xmpp-sasl", "urn:xmpp:sasl:2"));
        talk.client();
        talk.server(success(data + bound()));
        EXPECT_EQ(codeOf(talk.aborted()), FailureCode::ServerNotAuthentic);
        EXPECT_FALSE(talk.session.isOnline());
    }
    Dialogue hasty;
    offerTo(hasty, offer({"SCRAM-SHA-256"}));
    hasty.server(success(bound()));
    EXPECT_EQ(codeOf(hasty.aborted()), FailureCode::ServerNotAuthentic);
}

// Whoever can change the features would else choose the weaker of two offers for us.
TEST(Sasl2, IsNotUsedWhereTheOlderOfferIsStronger)
{
    Dialogue talk;
    offerTo(talk, offer({"PLAIN"}) + mechanisms({"SCRAM-SHA-1", "PLAIN"}));
    EXPECT_TRUE(talk.clientSaid("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='SCRAM-SHA-1'"));
}

TEST(Sasl2, IsNotUsedWhereItWouldLoseStreamManagement)
{
    for (const QByteArray &together : {QByteArray(), kResume, kResume + kBareBind}) {
        Dialogue talk;
        offerTo(talk, offer({"PLAIN"}, together) + mechanisms({"PLAIN"}));
        EXPECT_TRUE(talk.clientSaid("<auth ")) << together.toStdString();
    }
}

TEST(Sasl2, IsNotUsedForAnAccountThatIsStillToBeMade)
{
    xmpp::Account account = Dialogue::alice();
    account.registers = true;
    Dialogue talk(account);
    offerTo(talk, offer({"PLAIN"}) + mechanisms({"PLAIN"}));
    EXPECT_TRUE(talk.clientSaid("<auth "));
}

TEST(Sasl2, DoesNotShowAPasswordThatWasNeverShownBefore)
{
    Dialogue talk;
    talk.session.rememberLogin(u"SCRAM-SHA-1"_s);
    offerTo(talk, offer({"PLAIN"}) + mechanisms({"PLAIN"}));
    EXPECT_EQ(codeOf(talk.aborted()), FailureCode::ServerNotAuthentic);
    EXPECT_FALSE(talk.clientSaid("<authenticate"));
}

TEST(Sasl2, SaysWhyALoginWasRefused)
{
    Dialogue talk;
    offerTo(talk, offer({"PLAIN"}));
    talk.server("<failure xmlns='urn:xmpp:sasl:2'><not-authorized xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>"
                "<text>No.</text></failure>");
    ASSERT_EQ(codeOf(talk.aborted()), FailureCode::AuthenticationFailed);
    EXPECT_EQ(talk.aborted()->detail, u"not-authorized: No."_s);
}

TEST(Sasl2, CannotGiveMoreThanThePassword)
{
    Dialogue talk;
    offerTo(talk, offer({"PLAIN"}));
    talk.client();
    talk.server("<continue xmlns='urn:xmpp:sasl:2'><tasks><task>TOTP</task></tasks></continue>");
    ASSERT_EQ(codeOf(talk.aborted()), FailureCode::MechanismNotOffered);
    EXPECT_TRUE(talk.aborted()->detail.contains(u"more than the password"));
    EXPECT_FALSE(talk.clientSaid("<next"));
}

TEST(Sasl2, RefusesTheWordsOfTheOlderProfile)
{
    Dialogue talk;
    offerTo(talk, offer({"PLAIN"}));
    talk.server("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>");
    EXPECT_EQ(codeOf(talk.aborted()), FailureCode::ProtocolError);
}

TEST(Sasl2, ResumesAlongWithTheLogin)
{
    Dialogue talk;
    comeOnline(talk);
    talk.client();
    talk.send(1, u"hello"_s);
    talk.close(FailureCode::ConnectionLost);
    offerTo(talk, offer({"PLAIN"}));
    const QByteArray said = talk.client();
    EXPECT_TRUE(said.contains("<resume xmlns='urn:xmpp:sm:3' previd='old-1' h='0'/>")) << said.toStdString();
    EXPECT_TRUE(said.contains("<bind xmlns='urn:xmpp:bind:0'>"));
    talk.events<xmpp::CameOnline>();
    talk.events<xmpp::LoggedIn>();
    // Both stanzas arrived: our presence and the message.
    talk.server(success("<resumed xmlns='urn:xmpp:sm:3' previd='old-1' h='2'/>") + features(kBindFeatures));
    EXPECT_TRUE(talk.session.isOnline());
    const auto online = talk.events<xmpp::CameOnline>();
    ASSERT_EQ(online.size(), 1);
    EXPECT_TRUE(online[0].isResumed);
    EXPECT_EQ(talk.events<xmpp::LoggedIn>().size(), 1);
    EXPECT_FALSE(talk.clientSaid("<presence"));
    talk.events<xmpp::HandedOver>();
    talk.send(2, u"hello"_s); // what was in doubt turns out to have arrived
    EXPECT_FALSE(talk.clientSaid("hello"));
}

TEST(Sasl2, BindsAtOnceWhereTheStreamIsGone)
{
    Dialogue talk;
    comeOnline(talk);
    talk.close(FailureCode::ConnectionLost);
    offerTo(talk, offer({"PLAIN"}));
    talk.client();
    talk.events<xmpp::CameOnline>();
    talk.server(
        success("<failed xmlns='urn:xmpp:sm:3' h='1'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
                "</failed>"
                + bound("<enabled xmlns='urn:xmpp:sm:3' id='new-1' resume='true'/>")));
    EXPECT_TRUE(talk.session.isOnline());
    const auto online = talk.events<xmpp::CameOnline>();
    ASSERT_EQ(online.size(), 1);
    EXPECT_FALSE(online[0].isResumed);
    EXPECT_TRUE(talk.clientSaid("<presence"));
    // The next loss is of the new stream.
    talk.close(FailureCode::ConnectionLost);
    offerTo(talk, offer({"PLAIN"}));
    EXPECT_TRUE(talk.clientSaid("previd='new-1'"));
}

TEST(Sasl2, DoesNotResumeWhereOnlyTheOlderWayCanAndStillDoesItThere)
{
    Dialogue talk;
    comeOnline(talk);
    talk.close(FailureCode::ConnectionLost);
    offerTo(talk, mechanisms({"PLAIN"}));
    talk.client();
    talk.server("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>");
    talk.client();
    talk.serverOpensStream(kBindFeatures);
    EXPECT_TRUE(talk.clientSaid("previd='old-1'"));
}

TEST(Sasl2, GivesUpAStreamThatWasResumedUnasked)
{
    Dialogue talk;
    offerTo(talk, offer({"PLAIN"}));
    talk.server(success("<resumed xmlns='urn:xmpp:sm:3' previd='x' h='0'/>"));
    EXPECT_EQ(codeOf(talk.aborted()), FailureCode::ProtocolError);
}

TEST(Sasl2, GivesUpAResumedStreamWithoutACounter)
{
    Dialogue talk;
    comeOnline(talk);
    talk.close(FailureCode::ConnectionLost);
    offerTo(talk, offer({"PLAIN"}));
    talk.server(success("<resumed xmlns='urn:xmpp:sm:3' previd='old-1'/>"));
    EXPECT_EQ(codeOf(talk.aborted()), FailureCode::ProtocolError);
}

TEST(Sasl2, GoesOnAsEverWhereNothingWasBound)
{
    Dialogue talk;
    offerTo(talk, offer({"PLAIN"}));
    talk.client();
    talk.server(success({}, "alice@example.org") + features(kBindFeatures));
    EXPECT_TRUE(talk.clientSaid("<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>planb-1</resource></bind>"));
    EXPECT_EQ(talk.events<xmpp::LoggedIn>().size(), 1);
    talk.server("<iq type='result' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
                "<jid>alice@example.org/planb-1</jid></bind></iq><enabled xmlns='urn:xmpp:sm:3'/>");
    EXPECT_TRUE(talk.session.isOnline());
    EXPECT_EQ(talk.events<xmpp::LoggedIn>().size(), 0);
}

TEST(Sasl2, NeedsAnAddressForWhatWasBound)
{
    for (const QByteArray &jid : {QByteArray(), QByteArray("alice@example.org"), QByteArray("alice@example.org/")}) {
        Dialogue talk;
        offerTo(talk, offer({"PLAIN"}));
        talk.server(success(bound(), jid));
        EXPECT_EQ(codeOf(talk.aborted()), FailureCode::ProtocolError) << jid.toStdString();
    }
}

TEST(Sasl2, WorksWithoutStreamManagementWhereTheServerFailsToSwitchItOn)
{
    Dialogue talk;
    offerTo(talk, offer({"PLAIN"}));
    talk.client();
    talk.server(success(bound("<failed xmlns='urn:xmpp:sm:3'/>")));
    EXPECT_TRUE(talk.session.isOnline());
    EXPECT_TRUE(talk.clientSaid("<ping xmlns='urn:xmpp:ping'/>"));
}

TEST(Sasl2, KnowsWhetherTheServerKnowsClientStates)
{
    Dialogue talk;
    comeOnline(talk);
    talk.client();
    talk.session.setActive(false);
    EXPECT_EQ(talk.client(), "<inactive xmlns='urn:xmpp:csi:0'/>");
}

TEST(Sasl2, NamesThisInstallationTheSameEveryTime)
{
    const QString id = xmpp::installationId(u"alice@example.org"_s, u"planb-1"_s);
    EXPECT_EQ(id, xmpp::installationId(u"alice@example.org"_s, u"planb-1"_s));
    EXPECT_NE(id, xmpp::installationId(u"alice@example.org"_s, u"planb-2"_s));
    EXPECT_NE(id, xmpp::installationId(u"bob@example.org"_s, u"planb-1"_s));
    EXPECT_EQ(id.size(), 36);
    Dialogue talk;
    offerTo(talk, offer({"PLAIN"}));
    EXPECT_TRUE(talk.clientSaid("<user-agent id='" + id.toLatin1() + "'><software>PlanB</software></user-agent>"));
}

} // namespace planb::test
