// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/primitives.h"

#include <QFile>
#include <QRegularExpression>
#include <QSet>

#include <gtest/gtest.h>

#include <sodium.h>

namespace planb {
namespace {

using namespace Qt::StringLiterals;

QByteArray hex(const char *text)
{
    return QByteArray::fromHex(text);
}
QByteArray hexOf(ByteView bytes)
{
    return QByteArray(reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size())).toHex();
}
SecretBytes secret(const char *text)
{
    return SecretBytes::copyOf(viewOf(hex(text)));
}
template<class Fixed>
Fixed fixed(const char *text)
{
    return Fixed::fromBytes(hex(text)).value();
}

QByteArray agreed(const char *scalar, const char *point)
{
    const auto shared = agree(keyOf(secret(scalar)), fixed<ExchangeKey>(point));
    return shared ? hexOf(shared->view()) : QByteArray();
}

// RFC 7748, section 5.2.
TEST(Agreement, IsTheX25519OfTheStandard)
{
    EXPECT_EQ(agreed("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
                     "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c"),
              "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552");
    EXPECT_EQ(agreed("4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
                     "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493"),
              "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957");
}

TEST(Agreement, StaysTheStandardsAThousandTimesOver)
{
    QByteArray scalar = hex("0900000000000000000000000000000000000000000000000000000000000000");
    QByteArray point = scalar;
    for (int round = 1; round <= 1'000; ++round) {
        const QByteArray next = QByteArray::fromHex(agreed(scalar.toHex().constData(), point.toHex().constData()));
        point = std::exchange(scalar, next);
        if (round == 1) {
            EXPECT_EQ(scalar.toHex(), "422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079");
        }
    }
    EXPECT_EQ(scalar.toHex(), "684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51");
}

// The points of small order, as the Wycheproof project lists them.
TEST(Agreement, IsRefusedWithEachPointOfSmallOrder)
{
    const char *const points[] = {"0100000000000000000000000000000000000000000000000000000000000000",
                                  "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                                  "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                                  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                                  "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                                  "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"};
    const ExchangePair pair = makeExchangePair();
    for (const char *point : points)
        EXPECT_FALSE(agree(keyOf(pair.secret), fixed<ExchangeKey>(point))) << point;
    EXPECT_FALSE(ExchangeKey::fromBytes(QByteArray(32, '\0')));
    EXPECT_FALSE(agree(keyOf(pair.secret), ExchangeKey()));
}

TEST(Agreement, IsTheSameFromBothSides)
{
    const ExchangePair one = makeExchangePair();
    const ExchangePair other = makeExchangePair();
    EXPECT_TRUE(agree(keyOf(one.secret), other.publicKey).value() == agree(keyOf(other.secret), one.publicKey).value());
}

// RFC 8032, section 7.1, tests 1 and 3: of what is beneath sign(), which hashes first.
TEST(Signatures, AreMadeByTheEd25519OfTheStandard)
{
    const auto check = [](const char *seed, const char *publicKey, const char *message, const char *signature) {
        QByteArray pk(32, '\0');
        QByteArray sk(64, '\0');
        QByteArray made(64, '\0');
        const auto raw = [](QByteArray &bytes) { return reinterpret_cast<unsigned char *>(bytes.data()); };
        QByteArray seedBytes = hex(seed);
        QByteArray text = hex(message);
        ASSERT_EQ(crypto_sign_seed_keypair(raw(pk), raw(sk), raw(seedBytes)), 0);
        EXPECT_EQ(pk.toHex(), publicKey);
        ASSERT_EQ(
            crypto_sign_detached(raw(made), nullptr, raw(text), static_cast<unsigned long long>(text.size()), raw(sk)),
            0);
        EXPECT_EQ(made.toHex(), signature);
    };
    check(
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe"
        "24655141438e7a100b");
    check(
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed2"
        "8dc027beceea1ec40a");
}

TEST(Signatures, AreOverTheHashOfTheMessageUnderItsLabel)
{
    const IdentityPair pair = makeIdentityPair();
    const Signature signature = sign(pair, Label::SignCard, "text");
    const QByteArray text("text");
    const QByteArray hash = publicHash(Label::SignCard, 64, {viewOf(text)});
    EXPECT_EQ(crypto_sign_verify_detached(signature.data(), reinterpret_cast<const unsigned char *>(hash.constData()),
                                          64, pair.publicKey.data()),
              0);
}

TEST(Signatures, HoldOnlyForTheirSignerUseAndMessage)
{
    const DevicePair pair = makeDevicePair();
    const Signature signature = sign(pair, Label::SignDevice, "text");
    EXPECT_TRUE(isSigned(pair.publicKey, Label::SignDevice, "text", signature));
    EXPECT_FALSE(isSigned(pair.publicKey, Label::SignOneTimeKey, "text", signature));
    EXPECT_FALSE(isSigned(pair.publicKey, Label::SignDevice, "texT", signature));
    EXPECT_FALSE(isSigned(makeDevicePair().publicKey, Label::SignDevice, "text", signature));
    for (qsizetype at = 0; at < Signature::kSize; ++at) {
        Signature changed = signature;
        changed.data()[at] ^= 1U;
        EXPECT_FALSE(isSigned(pair.publicKey, Label::SignDevice, "text", changed)) << at;
    }
}

// RFC 7693, appendix A: of the hash beneath ours, which is never used without a personalisation.
TEST(Hash, IsTheBlake2bOfTheStandard)
{
    QByteArray out(64, '\0');
    ASSERT_EQ(crypto_generichash_blake2b(reinterpret_cast<unsigned char *>(out.data()), 64,
                                         reinterpret_cast<const unsigned char *>("abc"), 3, nullptr, 0),
              0);
    EXPECT_EQ(
        out.toHex(),
        "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d17d87c5392aab792dc252d5de4533cc9518d38aa8dbf1"
        "925ab92386edd4009923");
}

// Made with Python's hashlib, which is not libsodium.
TEST(Hash, IsWhatAnotherImplementationMakesOfTheDocument)
{
    const QByteArray abc("abc");
    const QByteArray as(32, 'a');
    const QByteArray bs(32, 'b');
    EXPECT_EQ(publicHash(Label::Envelope, 16, {viewOf(abc)}).toHex(), "23ee7128e570e335e3108406a8e02cf6");
    EXPECT_EQ(
        publicHash(Label::SafetyNumber, 64, {viewOf(as), viewOf(bs)}).toHex(),
        "f52f459e02f99584f5a7ac7f3cae26a4229f2d39e09d00306f912a7a17d7b753ae691a3dfd5eb3e30b018cd78026f33de0fc6c2461d3"
        "d4abcc3b7eda5c3f8f4f");
    const SecretBytes key = secret("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    EXPECT_EQ(hexOf(deriveKey(Label::ChainMessage, keyOf(key)).view()),
              "94634639f3e9b2ab5476b103f7a908146a47faf0775c797826f29369a6cbdb1f");
    EXPECT_EQ(hexOf(deriveKey(Label::ChainNext, keyOf(key)).view()),
              "04e0ca21698c3762148e8da33261313012fac8d0615c6ae2afad0798fd5111de");
    const QByteArray part = hex("202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f");
    EXPECT_EQ(hexOf(deriveKey(Label::RootStep, keyOf(key), {viewOf(part)}).view()),
              "0da2dd129933887e57376bd11b56f1445d387e94710a7c7e8fb6b71b19af48ae");
    const QByteArray xs(200, 'x');
    EXPECT_EQ(hexOf(secretHash(Label::Seal, {ByteView(), viewOf(xs), viewOf(QByteArray("yz"))}).view()),
              "beb4e726b6007a9955d7c24ac3ec958c1efd060e04bdecded9d2f77561936ba4");
}

TEST(Hash, TellsPartsApart)
{
    const QByteArray ab("ab");
    const QByteArray c("c");
    const QByteArray a("a");
    const QByteArray bc("bc");
    EXPECT_NE(publicHash(Label::Envelope, 16, {viewOf(ab), viewOf(c)}),
              publicHash(Label::Envelope, 16, {viewOf(a), viewOf(bc)}));
}

TEST(Hash, MayReplaceTheKeyItIsMadeWith)
{
    SecretBytes key = SecretBytes::random(32).value();
    const SecretBytes expected = deriveKey(Label::ChainNext, keyOf(key));
    deriveKeyInto(key.bytes().first<32>(), Label::ChainNext, keyOf(key));
    EXPECT_TRUE(key == expected);
}

// draft-irtf-cfrg-xchacha, appendix A.3.1.
TEST(Sealing, IsTheXChaCha20Poly1305OfTheDraft)
{
    const SecretBytes key = secret("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
    const auto nonce = fixed<Nonce>("404142434445464748494a4b4c4d4e4f5051525354555657");
    const QByteArray ad = hex("50515253c0c1c2c3c4c5c6c7");
    const QByteArray text("Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
                          "sunscreen would be it.");
    const QByteArray sealed = sealBytes(keyOf(key), nonce, viewOf(ad), viewOf(text));
    EXPECT_EQ(
        sealed.toHex(),
        "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54"
        "c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff921f9664c97637da9768812f6"
        "15c68b13b52ec0875924c1c7987947deafd8780acf49");
    EXPECT_EQ(openBytes(keyOf(key), nonce, viewOf(ad), viewOf(sealed)), text);
}

TEST(Sealing, IsNotOpenedWithAnythingChanged)
{
    const SecretBytes key = SecretBytes::random(32).value();
    const auto nonce = randomFixed<Nonce>();
    const QByteArray ad("ad");
    const QByteArray sealed = sealBytes(keyOf(key), nonce, viewOf(ad), viewOf(QByteArray("text")));
    for (qsizetype at = 0; at < sealed.size(); ++at) {
        QByteArray changed = sealed;
        changed[at] = static_cast<char>(changed.at(at) ^ 1);
        EXPECT_FALSE(openBytes(keyOf(key), nonce, viewOf(ad), viewOf(changed))) << at;
        EXPECT_FALSE(openBytes(keyOf(key), nonce, viewOf(ad), viewOf(sealed.first(at)))) << at;
    }
    EXPECT_FALSE(openBytes(keyOf(key), randomFixed<Nonce>(), viewOf(ad), viewOf(sealed)));
    EXPECT_FALSE(openBytes(keyOf(SecretBytes::random(32).value()), nonce, viewOf(ad), viewOf(sealed)));
    EXPECT_FALSE(openBytes(keyOf(key), nonce, {}, viewOf(sealed)));
}

TEST(Padding, ComesOffAgainAndHasOneForm)
{
    EXPECT_EQ(padded("", 4).toHex(), "80000000");
    EXPECT_EQ(padded("abc", 4).toHex(), "61626380");
    for (qsizetype length = 0; length < 64; ++length) {
        const QByteArray content(length, 'x');
        EXPECT_EQ(unpadded(padded(content, 64)), content);
    }
    EXPECT_EQ(unpadded(QByteArray("\x80\x80\x00\x00", 4)), QByteArray("\x80", 1));
    EXPECT_FALSE(unpadded(QByteArray(16, '\0')));
    EXPECT_FALSE(unpadded(QByteArray(16, 'x')));
    EXPECT_FALSE(unpadded(""));
}

TEST(Labels, StandInTheDocumentAndNowhereTwice)
{
    QFile file(QStringLiteral(PLANB_SOURCE_DIR "/docs/protocol.md"));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QString document = QString::fromUtf8(file.readAll());
    QStringList written;
    static const QRegularExpression row(u"^\\| `(PB1[^`]*)` \\|"_s, QRegularExpression::MultilineOption);
    for (auto match = row.globalMatch(document); match.hasNext();)
        written.append(match.next().captured(1));
    QStringList made;
    for (const LabelText &label : allLabels())
        made.append(QString::fromLatin1(label.text));
    EXPECT_EQ(written, made);
    EXPECT_EQ(QSet<QString>(made.begin(), made.end()).size(), made.size());
}

TEST(RandomBytes, AreNeverTheSameTwice)
{
    EXPECT_NE(randomFixed<Nonce>(), randomFixed<Nonce>());
    EXPECT_NE(makeExchangePair().publicKey, makeExchangePair().publicKey);
    EXPECT_NE(makeIdentityPair().publicKey, makeIdentityPair().publicKey);
}

} // namespace
} // namespace planb
