// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/crypto/party.h"

namespace planb {
namespace {

using test::kNow;
using test::parsed;
using test::Party;
using test::Talker;

bool areEqual(const SessionKeys &one, const SessionKeys &other)
{
    return one.ad == other.ad && one.root == other.root && one.headOfInitiator == other.headOfInitiator
        && one.headOfResponder == other.headOfResponder;
}

TEST(SessionKeys, AreTheSameOnBothSides)
{
    Party alice;
    Party bob;
    const ExchangePair ephemeral = makeExchangePair();
    const auto mine = keysOfInitiator(alice.device, ephemeral, bob.target());
    const auto theirs = keysOfResponder(bob.device, bob.prekeys.current(), nullptr, alice.device.publicPart(),
                                        ephemeral.publicKey);
    ASSERT_TRUE(mine && theirs);
    EXPECT_TRUE(areEqual(*mine, *theirs));
    EXPECT_FALSE(mine->root == mine->headOfInitiator || mine->headOfInitiator == mine->headOfResponder);

    const Prekeys::Prekey &oneTime = bob.prekeys.addOneTimeKey(kNow);
    const SessionTarget target = targetOf(bob.entry(), offerOf(bob.device, oneTime));
    const auto once = keysOfInitiator(alice.device, ephemeral, target);
    const auto theirsOnce = keysOfResponder(bob.device, bob.prekeys.current(), &oneTime, alice.device.publicPart(),
                                            ephemeral.publicKey);
    ASSERT_TRUE(once && theirsOnce);
    EXPECT_TRUE(areEqual(*once, *theirsOnce));
    EXPECT_FALSE(areEqual(*once, *mine));
}

TEST(SessionKeys, DependOnEverythingThatWasAgreedOn)
{
    const Party alice;
    const Party bob;
    const ExchangePair ephemeral = makeExchangePair();
    const auto right = keysOfInitiator(alice.device, ephemeral, bob.target());
    ASSERT_TRUE(right);
    const auto differs = [&](auto change) {
        SessionTarget target = bob.target();
        change(target);
        const auto keys = keysOfInitiator(alice.device, ephemeral, target);
        return keys && keys->ad != right->ad && !(keys->root == right->root);
    };
    const Party mallory;
    EXPECT_TRUE(differs([&](SessionTarget &t) { t.device.identity = mallory.identity.publicKey; }));
    EXPECT_TRUE(differs([&](SessionTarget &t) { t.device.signing = mallory.device.publicPart().signing; }));
    EXPECT_TRUE(differs([&](SessionTarget &t) { t.device.exchange = mallory.device.publicPart().exchange; }));
    EXPECT_TRUE(differs([&](SessionTarget &t) { t.device.device = mallory.device.publicPart().device; }));
    EXPECT_TRUE(differs([](SessionTarget &t) { ++t.device.incarnation; }));
    EXPECT_TRUE(differs([](SessionTarget &t) { t.device.suites = {1, 2}; }));
    EXPECT_TRUE(differs([](SessionTarget &t) { t.prekeyId = randomFixed<PrekeyId>(); }));
    EXPECT_TRUE(differs([&](SessionTarget &t) { t.prekey = mallory.prekeys.current().pair.publicKey; }));
    EXPECT_FALSE(differs([](SessionTarget &) {}));
}

TEST(SessionKeys, AreNotAgreedOnWithAPointOfSmallOrder)
{
    const Party alice;
    const Party bob;
    QByteArray one(32, '\0');
    one[0] = 1;
    for (ExchangeKey SessionTarget::*member : {&SessionTarget::prekey, &SessionTarget::oneTime}) {
        SessionTarget target = bob.target();
        target.oneTimeId = randomFixed<PrekeyId>();
        target.oneTime = makeExchangePair().publicKey;
        target.*member = ExchangeKey::fromBytes(one).value();
        EXPECT_FALSE(keysOfInitiator(alice.device, makeExchangePair(), target));
        EXPECT_EQ(Session::begin(alice.device, target, 1).error(), Refusal::NotAuthentic);
    }
}

TEST(Greeting, TellsTheReceiverAloneWhoWrites)
{
    Party alice;
    Party bob;
    Party carol;
    Talker a(alice, bob);
    const Envelope envelope = parsed(a.say("hello"));
    const auto greeting = readGreeting(bob.device, envelope);
    ASSERT_TRUE(greeting);
    EXPECT_EQ(greeting->author, alice.device.publicPart());
    EXPECT_EQ(greeting->order, static_cast<quint64>(toMillis(kNow)));
    EXPECT_EQ(readGreeting(carol.device, envelope).error(), Refusal::NotForUs);
    EXPECT_EQ(readGreeting(alice.device, envelope).error(), Refusal::NotForUs);
}

TEST(Greeting, TellsWhoWritesEvenWhenThePrekeyIsGone)
{
    Party alice;
    Party bob;
    Talker a(alice, bob);
    Talker b(bob, alice);
    const QByteArray bytes = a.say("hello");
    bob.prekeys = Party::freshPrekeys();
    EXPECT_EQ(readGreeting(bob.device, parsed(bytes)).value().author, alice.device.publicPart());
    EXPECT_EQ(b.hear(bytes).error(), Refusal::PrekeyGone);
}

TEST(Greeting, IsNotOpenedUnderAPrekeyThatIsTooOld)
{
    Party alice;
    Party bob;
    Talker a(alice, bob);
    Talker b(bob, alice);
    const QByteArray bytes = a.say("hello");
    b.now = kNow + Prekeys::kLife + Millis(1);
    EXPECT_EQ(b.hear(bytes).error(), Refusal::PrekeyGone);
    b.now = kNow + Prekeys::kLife;
    EXPECT_EQ(b.heard(bytes), "hello");
}

TEST(Greeting, OfAnAuthorWithoutACertificateIsRefused)
{
    const Party alice;
    const Party bob;
    const ExchangePair ephemeral = makeExchangePair();
    DeviceIdentity forged = alice.device.publicPart();
    forged.exchange = makeExchangePair().publicKey;
    Envelope envelope;
    envelope.greeting.emplace();
    envelope.greeting->ephemeral = ephemeral.publicKey;
    envelope.greeting->seal = *sealGreeting({forged, 1}, ephemeral, bob.device.publicPart().exchange);
    EXPECT_EQ(readGreeting(bob.device, envelope).error(), Refusal::NotAuthentic);
    envelope.greeting->seal = *sealGreeting({alice.device.publicPart(), 1}, ephemeral,
                                            bob.device.publicPart().exchange);
    EXPECT_TRUE(readGreeting(bob.device, envelope));
    envelope.greeting->seal = *sealGreeting({alice.device.publicPart(), 0}, ephemeral,
                                            bob.device.publicPart().exchange);
    EXPECT_EQ(readGreeting(bob.device, envelope).error(), Refusal::Malformed);
}

// Anybody has Alice's certificate and Bob's card. Only her device's secret makes a message that opens.
TEST(Greeting, WithACopiedCertificateOpensNothing)
{
    Party alice;
    Party bob;
    Party mallory;
    Talker b(bob, alice);
    const ExchangePair ephemeral = makeExchangePair();
    const auto seal = sealGreeting({alice.device.publicPart(), 1}, ephemeral, bob.device.publicPart().exchange);
    Talker m(mallory, bob);
    Envelope own = parsed(m.say("I am Alice"));
    own.greeting->ephemeral = ephemeral.publicKey;
    own.greeting->seal = *seal;
    const QByteArray forged = withBody(withHeader(own.headerAd, own.greeting, own.ratchetHeader), own.body);
    EXPECT_EQ(b.hear(forged).error(), Refusal::NotAuthentic);
    EXPECT_FALSE(b.sessions().canSeal());
}

TEST(Greeting, OfSomebodyElseIsNotTakenIntoASet)
{
    Party alice;
    Party bob;
    Party carol;
    Talker c(carol, bob);
    Talker b(bob, alice);
    EXPECT_EQ(b.hear(c.say("hello")).error(), Refusal::NotAuthentic);
}

TEST(Greeting, UsesUpAOneTimeKey)
{
    Party alice;
    Party bob;
    const OneTimeOffer offer = offerOf(bob.device, bob.prekeys.addOneTimeKey(kNow));
    const SessionTarget target = targetOf(bob.entry(), offer);
    const auto begun = [&] {
        const auto set = Party::sessionsWith(bob).withNewSession(alice.device, target, kNow);
        return set.value().seal("once", kNow).value().envelope;
    };
    Talker b(bob, alice);
    EXPECT_EQ(b.heard(begun()), "once");
    EXPECT_EQ(bob.prekeys.findOneTime(offer.id), nullptr);
    EXPECT_EQ(b.hear(begun()).error(), Refusal::PrekeyGone);
}

} // namespace
} // namespace planb
