// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/saslprep.h"
#include "transports/xmpp/scram.h"

#include <gtest/gtest.h>

#include <QPasswordDigestor>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;
using xmpp::SaltedPasswordCache;
using xmpp::Scram;

struct Vector {
    QCryptographicHash::Algorithm hash;
    QByteArray nonce, challenge, proof, signature;
};

// RFC 5802, section 5.
const Vector kSha1{QCryptographicHash::Sha1, "fyko+d2lbbFgONRv9qkxdawL",
                   "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096",
                   "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
                   "v=rmF9pqV8S7suAoZWja4dJRkFsKQ="};
// RFC 7677, section 3.
const Vector kSha256{QCryptographicHash::Sha256, "rOprNGfwEbeRWgbNEkqO",
                     "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
                     "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                     "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
                     "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="};

Scram login(const Vector &vector, xmpp::ChannelBinding binding = {})
{
    return Scram(vector.hash, {u"user"_s, u"pencil"_s}, std::move(binding), vector.nonce);
}

QByteArray challenge(const QByteArray &rest)
{
    return "r=" + kSha1.nonce + rest;
}

FailureCode codeFor(const QByteArray &challenge)
{
    SaltedPasswordCache cache;
    const auto proof = login(kSha1).proof(challenge, cache);
    return proof ? FailureCode::Cancelled : proof.error().code;
}

} // namespace

TEST(Scram, MatchesTheExamplesOfTheRfcs)
{
    for (const Vector &vector : {kSha1, kSha256}) {
        SaltedPasswordCache cache;
        Scram scram = login(vector);
        EXPECT_EQ(scram.first(), "n,,n=user,r=" + vector.nonce);
        const auto proof = scram.proof(vector.challenge, cache);
        ASSERT_TRUE(proof);
        EXPECT_EQ(**proof, vector.proof);
        EXPECT_TRUE(scram.verify(vector.signature));
    }
}

TEST(Scram, RefusesAServerThatDoesNotKnowThePassword)
{
    SaltedPasswordCache cache;
    Scram scram = login(kSha1);
    ASSERT_TRUE(scram.proof(kSha1.challenge, cache));
    for (const QByteArray &wrong : {QByteArray("v=AAAAAAAAAAAAAAAAAAAAAAAAAAA="), QByteArray("v="), QByteArray(),
                                    QByteArray("v=%%%"), QByteArray("rmF9pqV8S7suAoZWja4dJRkFsKQ=")}) {
        const auto verified = scram.verify(wrong);
        ASSERT_FALSE(verified);
        EXPECT_EQ(verified.error().code, FailureCode::ServerNotAuthentic);
    }
}

TEST(Scram, RefusesASignatureBeforeTheChallenge)
{
    EXPECT_FALSE(login(kSha1).verify("v="));
}

TEST(Scram, TellsTheServersOwnError)
{
    const auto verified = login(kSha1).verify("e=unknown-user");
    ASSERT_FALSE(verified);
    EXPECT_EQ(verified.error().code, FailureCode::AuthenticationFailed);
    EXPECT_TRUE(verified.error().detail.contains(u"unknown-user"));
}

TEST(Scram, RefusesANonceThatDoesNotContinueOurs)
{
    EXPECT_EQ(codeFor("r=somethingelse,s=QSXCR+Q6sek8bf92,i=4096"), FailureCode::ServerNotAuthentic);
    EXPECT_EQ(codeFor(challenge(",s=QSXCR+Q6sek8bf92,i=4096")), FailureCode::ServerNotAuthentic);
}

TEST(Scram, AcceptsIterationCountsWithinBoundsOnly)
{
    EXPECT_EQ(codeFor(challenge("x,s=QSXCR+Q6sek8bf92,i=4095")), FailureCode::ProtocolError);
    EXPECT_EQ(codeFor(challenge("x,s=QSXCR+Q6sek8bf92,i=4096")), FailureCode::Cancelled);
    EXPECT_EQ(codeFor(challenge("x,s=QSXCR+Q6sek8bf92,i=1000001")), FailureCode::ProtocolError);
    EXPECT_EQ(codeFor(challenge("x,s=QSXCR+Q6sek8bf92,i=99999999999999999999")), FailureCode::ProtocolError);
}

TEST(Scram, RefusesMalformedChallenges)
{
    for (const char *rest :
         {"x", "x,s=QSXCR+Q6sek8bf92", "x,i=4096,s=QSXCR+Q6sek8bf92", "x,s=,i=4096", "x,s=!!!,i=4096",
          "x,s=QSXCR+Q6sek8bf92,i=-4096", "x,s=QSXCR+Q6sek8bf92,i=+4096", "x,s=QSXCR+Q6sek8bf92,i="})
        EXPECT_EQ(codeFor(challenge(rest)), FailureCode::ProtocolError) << rest;
    EXPECT_EQ(codeFor("m=ext," + kSha1.challenge), FailureCode::ProtocolError);
    EXPECT_EQ(codeFor(""), FailureCode::ProtocolError);
}

TEST(Scram, MixesTheChannelBindingIntoTheProof)
{
    SaltedPasswordCache cache;
    Scram bound = login(kSha1, {"p=tls-server-end-point,,", "hash"});
    EXPECT_TRUE(bound.first().startsWith("p=tls-server-end-point,,n=user,r="));
    const auto proof = bound.proof(kSha1.challenge, cache);
    ASSERT_TRUE(proof);
    EXPECT_TRUE((*proof)->startsWith("c=" + QByteArray("p=tls-server-end-point,,hash").toBase64() + ",r="));
    Scram other = login(kSha1, {"p=tls-server-end-point,,", "another"});
    EXPECT_NE(**proof, **other.proof(kSha1.challenge, cache));
}

TEST(Scram, SpellsOutSeparatorsInNames)
{
    EXPECT_EQ(Scram(QCryptographicHash::Sha1, {u"a=b,c"_s, u"x"_s}, {}, "n").first(), "n,,n=a=3Db=2Cc,r=n");
}

TEST(SaltedPasswordCache, ComputesAnewWhenAnythingChanges)
{
    SaltedPasswordCache cache;
    const auto sha1 = QCryptographicHash::Sha1;
    const auto first = cache.get({sha1, "pencil", "salt", 4096});
    ASSERT_TRUE(first);
    EXPECT_EQ(cache.get({sha1, "pencil", "salt", 4096}), first);
    EXPECT_NE(cache.get({sha1, "pencil", "other", 4096}), first);
    EXPECT_NE(cache.get({sha1, "pen", "salt", 4096}), first);
    EXPECT_NE(cache.get({sha1, "pencil", "salt", 4095}), first);
    EXPECT_NE(cache.get({QCryptographicHash::Sha256, "pencil", "salt", 4096}), first);
    EXPECT_EQ(cache.get({sha1, "pencil", "salt", 4096}), first);
}

TEST(SaltedPasswordCache, DoesSoManyRoundsAtOnceAndNoMore)
{
    const QByteArray longPassword(200, 'p'); // longer than a block of any hash
    for (const auto hash : {QCryptographicHash::Sha1, QCryptographicHash::Sha256, QCryptographicHash::Sha512}) {
        const xmpp::SaltedPasswordCache::Question question{hash, longPassword, "salt", 2 * xmpp::kRoundsAtOnce + 1};
        SaltedPasswordCache cache;
        EXPECT_FALSE(cache.get(question));
        EXPECT_FALSE(cache.get(question));
        const auto length = static_cast<quint64>(QCryptographicHash::hashLength(hash));
        EXPECT_EQ(cache.get(question),
                  QPasswordDigestor::deriveKeyPbkdf2(hash, longPassword, "salt", question.iterations, length));
    }
}

TEST(SaltedPasswordCache, BeginsAnewAfterAnotherQuestion)
{
    const xmpp::SaltedPasswordCache::Question question{QCryptographicHash::Sha1, "pencil", "salt", 5'000};
    SaltedPasswordCache undisturbed, disturbed;
    EXPECT_FALSE(undisturbed.get(question));
    EXPECT_FALSE(disturbed.get(question));
    EXPECT_TRUE(disturbed.get({QCryptographicHash::Sha1, "pencil", "other", 1}));
    EXPECT_FALSE(disturbed.get(question));
    EXPECT_EQ(disturbed.get(question), undisturbed.get(question));
}

// RFC 4013, section 3.
TEST(SaslPrep, MatchesTheExamplesOfTheRfc)
{
    EXPECT_EQ(xmpp::saslPrepared(u"I\u00ADX"_s), u"IX"_s);
    EXPECT_EQ(xmpp::saslPrepared(u"user"_s), u"user"_s);
    EXPECT_EQ(xmpp::saslPrepared(u"USER"_s), u"USER"_s);
    EXPECT_EQ(xmpp::saslPrepared(u"\u00AA"_s), u"a"_s);
    EXPECT_EQ(xmpp::saslPrepared(u"\u2168"_s), u"IX"_s);
    EXPECT_EQ(xmpp::saslPrepared(u"\u0007"_s), std::nullopt);
    EXPECT_EQ(xmpp::saslPrepared(u"\u0627\u0031"_s), std::nullopt);
}

TEST(SaslPrep, KeepsKoreanPasswordsAndComposesTheirLetters)
{
    EXPECT_EQ(xmpp::saslPrepared(u"비밀번호 123!"_s), u"비밀번호 123!"_s);
    EXPECT_EQ(xmpp::saslPrepared(u"\u1112\u1161\u11AB"_s), u"한"_s); // typed as letters on another system
    EXPECT_EQ(xmpp::saslPrepared(u"🔑열쇠"_s), u"🔑열쇠"_s);
}

TEST(SaslPrep, TurnsEverySpaceIntoAnOrdinaryOne)
{
    EXPECT_EQ(xmpp::saslPrepared(u"a\u3000b\u00A0c"_s), u"a b c"_s);
}

TEST(SaslPrep, AllowsRightToLeftTextByItself)
{
    EXPECT_EQ(xmpp::saslPrepared(u"\u0627\u0628"_s), u"\u0627\u0628"_s);
    EXPECT_EQ(xmpp::saslPrepared(u"a\u0627"_s), std::nullopt);
}

TEST(SaslPrep, RefusesPrivateAndBrokenCharacters)
{
    EXPECT_EQ(xmpp::saslPrepared(u"\uE000"_s), std::nullopt);
    EXPECT_EQ(xmpp::saslPrepared(u"\uFFFD"_s), std::nullopt);
    EXPECT_EQ(xmpp::saslPrepared(QString(QChar(0xD800))), std::nullopt);
    EXPECT_EQ(xmpp::saslPrepared(QString(QChar(0xFFFE))), std::nullopt);
}

} // namespace planb::test
