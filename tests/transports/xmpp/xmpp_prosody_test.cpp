// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/plain_xmpp_client.h"
#include "tests/testkit/transport_contract.h"
#include "tests/transports/xmpp/xmpp_world.h"

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;

const TransportWorldMaker kProsody{"Prosody", [] { return std::make_unique<ProsodyWorld>(); }, &Prosody::whatIsMissing};
const TransportWorldMaker kEjabberd{"Ejabberd", [] { return std::make_unique<EjabberdWorld>(); },
                                    &Ejabberd::whatIsMissing};

/// What only a real server shows: storing for the absent, other clients, accounts.
class OnProsody : public testing::Test
{
protected:
    void SetUp() override
    {
        if (const QString missing = Prosody::whatIsMissing(); !missing.isEmpty())
            GTEST_SKIP() << missing.toStdString();
        world = std::make_unique<ProsodyWorld>();
        alice = std::make_unique<TransportWitness>(world->alice());
        bob = std::make_unique<TransportWitness>(world->bob());
    }

    bool startAlice()
    {
        world->alice().start();
        return waitUntil([&] { return alice->isReady(); });
    }
    bool startBob()
    {
        world->bob().start();
        return waitUntil([&] { return bob->isReady(); });
    }
    Payload sendToBob(const QString &text)
    {
        const Payload payload{WireId::random(random), text, 1, wallFromMillis(1'700'000'000'000), {}};
        world->alice().send(AttemptId(++attempts), payload, {TransportKind::Xmpp, u"bob@example.test"_s});
        return payload;
    }
    /// A transport of its own, with a witness, for the same server.
    std::unique_ptr<xmpp::XmppTransport> transportFor(xmpp::XmppSettings settings)
    {
        return std::make_unique<xmpp::XmppTransport>(TransportId(9), std::move(settings), u"planb-test"_s,
                                                     xmpp::XmppTransport::Services{clock, random, srv}, quickTiming());
    }
    xmpp::XmppSettings settings(const QString &name)
    {
        return settingsFor(name, world->server().starttlsPort(), world->caFile());
    }
    static bool reaches(const xmpp::XmppTransport &transport, LinkPhase phase)
    {
        return waitUntil([&] { return transport.state().phase == phase; });
    }

    SystemClock clock;
    SystemRandom random;
    NoSrv srv;
    std::unique_ptr<ProsodyWorld> world;
    std::unique_ptr<TransportWitness> alice, bob;
    qint64 attempts = 0;
};

} // namespace

INSTANTIATE_TEST_SUITE_P(Xmpp, TransportContract, testing::Values(kProsody, kEjabberd), transportWorldName);

TEST_F(OnProsody, KeepsMessagesForThePersonWhoIsAway)
{
    ASSERT_TRUE(startAlice());
    const Payload sent = sendToBob(u"for later"_s);
    ASSERT_TRUE(waitUntil([&] { return alice->isAccepted(AttemptId(1)); }));
    ASSERT_TRUE(startBob());
    ASSERT_TRUE(waitUntil([&] { return bob->received.size() == 1; }));
    EXPECT_EQ(bob->received[0].wireId, sent.wireId);
    EXPECT_EQ(bob->received[0].sentAt, sent.composedAt);
}

TEST_F(OnProsody, KeepsReceiptsForTheAuthorWhoIsAway)
{
    bob->core = TransportWitness::Core::Waits;
    ASSERT_TRUE(startAlice() && startBob());
    const Payload sent = sendToBob(u"read me"_s);
    ASSERT_TRUE(waitUntil([&] { return bob->received.size() == 1; }));
    world->alice().stop();
    world->bob().handled(bob->received[0].token, Disposition::Committed);
    ASSERT_TRUE(startAlice());
    EXPECT_TRUE(waitUntil([&] { return alice->isDelivered(sent.wireId); }));
}

// What is not stored here is not acknowledged, so the server keeps it.
TEST_F(OnProsody, BringsMessagesAgainThatWereNeverStored)
{
    bob->core = TransportWitness::Core::Waits;
    ASSERT_TRUE(startAlice() && startBob());
    const Payload stored = sendToBob(u"stored"_s), lost = sendToBob(u"not stored"_s);
    ASSERT_TRUE(waitUntil([&] { return bob->received.size() == 2; }));
    world->bob().handled(bob->received[0].token, Disposition::Committed);
    world->bob().stop();
    ASSERT_TRUE(startBob());
    ASSERT_TRUE(waitUntil([&] { return bob->received.size() == 3; }));
    EXPECT_EQ(bob->received[2].wireId, lost.wireId);
    EXPECT_FALSE(waitUntil([&] { return bob->received.size() > 3; }, Millis(100)));
}

TEST_F(OnProsody, DoesNotRevealWhetherAnAccountExists)
{
    ASSERT_TRUE(startAlice());
    world->alice().send(AttemptId(1), {WireId::random(random), u"anybody?"_s, 1, wallFromMillis(0), {}},
                        world->nobody());
    ASSERT_TRUE(waitUntil([&] { return alice->isAnswered(AttemptId(1)) || !alice->reports.empty(); }));
    const auto code = alice->failureOf(AttemptId(1)) ? *alice->failureOf(AttemptId(1))
                                                     : alice->reports.at(0).failure->code;
    EXPECT_EQ(code, FailureCode::RecipientUnavailable);
}

TEST_F(OnProsody, TalksToSomebodyElsesClient)
{
    ASSERT_TRUE(startAlice());
    PlainXmppClient carol({u"bob"_s, u"example.test"_s, u"pw-bob"_s, world->caFile(), world->server().directTlsPort()});
    const auto login = carol.login();
    ASSERT_TRUE(login) << login.error().toStdString();

    carol.send(u"alice@example.test"_s, u"hello from elsewhere"_s, u"their-id"_s,
               u"<request xmlns='urn:xmpp:receipts'/>"_s);
    ASSERT_TRUE(waitUntil([&] { return alice->received.size() == 1; }));
    EXPECT_EQ(alice->received[0].text, u"hello from elsewhere"_s);
    EXPECT_EQ(alice->received[0].wireId.toString(), u"their-id"_s);
    EXPECT_FALSE(alice->received[0].order);
    EXPECT_FALSE(alice->received[0].removesRepeats);
    const auto hasReceipt = [&] {
        return std::any_of(carol.received().begin(), carol.received().end(), [](const auto &one) {
            return one.stanza.has(u"received"_s) && one.stanza.child(u"received"_s)->attribute(u"id"_s) == u"their-id";
        });
    };
    EXPECT_TRUE(waitUntil(hasReceipt));

    const Payload sent = sendToBob(u"hello back"_s);
    ASSERT_TRUE(waitUntil([&] { return carol.countOf(u"hello back"_s) == 1; }));
    carol.sendReceipt(u"alice@example.test"_s, sent.wireId.toString());
    ASSERT_TRUE(waitUntil([&] { return alice->isDelivered(sent.wireId); }));
    EXPECT_FALSE(alice->reports.back().removesRepeats);
}

TEST_F(OnProsody, EncryptsFromTheFirstByteOnThePortForThat)
{
    auto direct = settings(u"alice"_s);
    direct.port = world->server().directTlsPort();
    direct.security = xmpp::XmppSettings::Security::DirectTls;
    const auto transport = transportFor(direct);
    transport->start();
    EXPECT_TRUE(reaches(*transport, LinkPhase::Ready));
}

TEST_F(OnProsody, MakesAnAccountWhereTheServerLetsIt)
{
    auto stranger = settings(u"dave"_s);
    stranger.registers = true;
    const auto transport = transportFor(stranger);
    transport->start();
    ASSERT_TRUE(reaches(*transport, LinkPhase::Ready));
    transport->stop();
    stranger.password = u"another"_s;
    const auto impostor = transportFor(stranger);
    impostor->start();
    ASSERT_TRUE(reaches(*impostor, LinkPhase::Blocked));
    EXPECT_EQ(impostor->state().failure->code, FailureCode::AuthenticationFailed);
}

TEST_F(OnProsody, IsReplacedByASecondConnectionOfTheSameName)
{
    ASSERT_TRUE(startAlice());
    const auto second = transportFor(settings(u"alice"_s));
    second->start();
    ASSERT_TRUE(reaches(*second, LinkPhase::Ready));
    ASSERT_TRUE(waitUntil([&] { return alice->hasPhase(LinkPhase::Blocked); }));
    EXPECT_EQ(world->alice().state().failure->code, FailureCode::SessionReplaced);
}

TEST_F(OnProsody, CountsAThousandMessagesRight)
{
    ASSERT_TRUE(startAlice() && startBob());
    constexpr int kCount = 1'000;
    for (int i = 0; i < kCount; ++i)
        sendToBob(QString::number(i));
    ASSERT_TRUE(
        waitUntil([&] { return alice->handed.size() == kCount && bob->received.size() == kCount; }, 3 * kPatience))
        << alice->handed.size() << ' ' << bob->received.size();
    EXPECT_TRUE(waitUntil([&] { return alice->reports.size() == kCount; }, 3 * kPatience));
    for (const auto &[attempt, answers] : alice->handed)
        EXPECT_FALSE(answers.front());
    EXPECT_TRUE(alice->isReady());
}

} // namespace planb::test
