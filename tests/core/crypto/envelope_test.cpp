// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/crypto/party.h"

namespace planb {
namespace {

using test::parsed;
using test::Party;
using test::Talker;

struct Pair {
    Party alice;
    Party bob;
    Talker a{alice, bob};
    Talker b{bob, alice};

    QByteArray message()
    {
        b.heard(a.say("hello"));
        return b.say("hello yourself");
    }
};

TEST(Envelope, HasOneOfEightLengthsForEachType)
{
    Pair pair;
    const QByteArray answer = pair.message();
    ASSERT_EQ(pair.a.heard(answer), "hello yourself");
    Talker stranger(pair.alice, pair.bob);
    for (const qsizetype bucket : kBuckets) {
        EXPECT_EQ(pair.a.say(QByteArray(bucket - 1, 'x')).size(), bucket + 106);
        EXPECT_EQ(pair.a.say(QByteArray(bucket / 2, 'x')).size(), bucket + 106);
        EXPECT_EQ(stranger.say(QByteArray(bucket - 1, 'x')).size(), bucket + 430);
    }
}

TEST(Envelope, GivesEachContentTheSmallestLengthThatHidesIt)
{
    EXPECT_EQ(bucketFor(0), 256);
    EXPECT_EQ(bucketFor(255), 256);
    EXPECT_EQ(bucketFor(256), 512);
    EXPECT_EQ(bucketFor(kMaxContentBytes), 32768);
    EXPECT_FALSE(bucketFor(kMaxContentBytes + 1));
}

TEST(Envelope, IsTakenApartAsItWasPutTogether)
{
    Pair pair;
    for (const QByteArray &bytes : {pair.a.say("greeting"), pair.message()}) {
        const Envelope envelope = parsed(bytes);
        EXPECT_EQ(envelopeStart(envelope.type, envelope.nonce), envelope.headerAd);
        EXPECT_EQ(withHeader(envelope.headerAd, envelope.greeting, envelope.ratchetHeader), envelope.bodyAd);
        EXPECT_EQ(withBody(envelope.bodyAd, envelope.body), bytes);
    }
}

TEST(Envelope, IsRefusedWhenCutOrExtended)
{
    Pair pair;
    for (const QByteArray &bytes : {pair.a.say("greeting"), pair.message()}) {
        for (qsizetype length = 0; length < bytes.size(); ++length)
            ASSERT_FALSE(parseEnvelope(bytes.first(length))) << length;
        EXPECT_FALSE(parseEnvelope(bytes + '\0'));
    }
}

TEST(Envelope, OfALaterVersionIsToldFromNonsense)
{
    Pair pair;
    const QByteArray bytes = pair.message();
    const auto refusal = [&bytes](qsizetype at, char value) {
        QByteArray changed = bytes;
        changed[at] = value;
        return parseEnvelope(changed).error();
    };
    EXPECT_EQ(refusal(1, 2), Refusal::LaterVersion);
    EXPECT_EQ(refusal(1, 0), Refusal::Malformed);
    EXPECT_EQ(refusal(2, 3), Refusal::LaterVersion);
    EXPECT_EQ(refusal(2, 0), Refusal::Malformed);
    EXPECT_EQ(refusal(2, 2), Refusal::Malformed); // a greeting has another header
    EXPECT_EQ(refusal(0, '\x84'), Refusal::Malformed);
    QByteArray greeting = pair.a.say("x");
    ASSERT_EQ(greeting.at(33), 1); // the suite
    greeting[33] = 2;
    EXPECT_EQ(parseEnvelope(greeting).error(), Refusal::LaterVersion);
    greeting[33] = 0;
    EXPECT_EQ(parseEnvelope(greeting).error(), Refusal::Malformed);
}

TEST(Envelope, WithTheLengthOfNoBucketIsMalformed)
{
    const Nonce nonce = randomFixed<Nonce>();
    const auto withBodyOf = [&nonce](qsizetype bytes) {
        const QByteArray start = withHeader(envelopeStart(EnvelopeType::Message, nonce), {}, QByteArray(56, 'h'));
        return withBody(start, QByteArray(bytes, 'b'));
    };
    EXPECT_TRUE(parseEnvelope(withBodyOf(256 + 16)));
    EXPECT_FALSE(parseEnvelope(withBodyOf(256 + 15)));
    EXPECT_FALSE(parseEnvelope(withBodyOf(300)));
    EXPECT_FALSE(parseEnvelope(withBodyOf(0)));
    EXPECT_FALSE(parseEnvelope(withBodyOf(65'536 - 200)));
}

TEST(Envelope, IsRecognisedByItsHash)
{
    Pair pair;
    const QByteArray bytes = pair.message();
    QByteArray other = bytes;
    other[other.size() - 1] = static_cast<char>(other.back() ^ 1);
    EXPECT_EQ(hashOf(bytes), hashOf(bytes));
    EXPECT_NE(hashOf(bytes), hashOf(other));
}

TEST(Envelope, NeverShowsWhatItHolds)
{
    Pair pair;
    const QByteArray canary("a canary that nobody else may hear");
    const QByteArray greeting = pair.a.say(canary);
    EXPECT_FALSE(greeting.contains(canary));
    for (const Party *party : {&pair.alice, &pair.bob}) {
        const DeviceIdentity &device = party->device.publicPart();
        for (const QByteArrayView key : {device.identity.bytes(), device.signing.bytes(), device.exchange.bytes()})
            EXPECT_FALSE(greeting.contains(key));
        EXPECT_FALSE(greeting.contains(device.device.bytes()));
    }
}

} // namespace
} // namespace planb
