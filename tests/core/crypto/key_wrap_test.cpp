// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/crypto/key_wrap.h"

#include <QJsonDocument>

#include <gtest/gtest.h>

namespace planb {
namespace {

using namespace Qt::StringLiterals;

// The least that Argon2id allows: these tests are about the envelope, not about the cost.
constexpr PassphraseCost kCheap{1, 8192};
const QByteArray kContext = QByteArrayLiteral("profile one");

SecretBytes countingKey()
{
    SecretBytes key(kDatabaseKeyBytes);
    for (std::size_t i = 0; i < key.bytes().size(); ++i)
        key.bytes()[i] = static_cast<std::byte>(i);
    return key;
}

QJsonObject wrapped(const QString &passphrase = u"correct horse"_s)
{
    return wrapKey(countingKey(), passphrase, kContext, kCheap).value();
}

FailureCode failureOf(const QJsonObject &json, const QString &passphrase = u"correct horse"_s,
                      const QByteArray &context = kContext)
{
    const auto key = unwrapKey(json, passphrase, context);
    EXPECT_FALSE(key.has_value());
    return key ? FailureCode::Cancelled : key.error().code;
}

QJsonObject with(QJsonObject json, const QString &field, const QJsonValue &value)
{
    json.insert(field, value);
    return json;
}

// The field's first byte with one bit turned over.
QJsonObject withBitFlipped(const QJsonObject &json, const QString &field)
{
    QByteArray bytes = QByteArray::fromBase64(json.value(field).toString().toLatin1());
    bytes[0] = static_cast<char>(bytes[0] ^ 1);
    return with(json, field, QString::fromLatin1(bytes.toBase64()));
}

TEST(KeyWrap, GivesTheKeyBackForTheSamePassphrase)
{
    const auto key = unwrapKey(wrapped(), u"correct horse"_s, kContext);
    ASSERT_TRUE(key);
    EXPECT_TRUE(*key == countingKey());
}

TEST(KeyWrap, RefusesAnotherPassphrase)
{
    EXPECT_EQ(failureOf(wrapped(), u"correct horsf"_s), FailureCode::WrongPassphrase);
    EXPECT_EQ(failureOf(wrapped(), u"Correct horse"_s), FailureCode::WrongPassphrase);
    EXPECT_EQ(failureOf(wrapped(), u"correct horse "_s), FailureCode::WrongPassphrase);
}

TEST(KeyWrap, CallsAPassphraseThatCannotBeSetAWrongOne)
{
    EXPECT_EQ(failureOf(wrapped(), QString()), FailureCode::WrongPassphrase);
    EXPECT_EQ(failureOf(wrapped(), QString(kMaxPassphraseBytes + 1, u'a')), FailureCode::WrongPassphrase);
}

TEST(KeyWrap, TakesHangulFromAnyKeyboard)
{
    const QString composed = u"\uBE44\uBC00"_s; // two syllables
    const QString decomposed = composed.normalized(QString::NormalizationForm_D);
    ASSERT_NE(composed, decomposed);
    const auto key = unwrapKey(wrapped(composed), decomposed, kContext);
    ASSERT_TRUE(key);
    EXPECT_TRUE(*key == countingKey());
}

TEST(KeyWrap, KeepsLettersApartThatOnlyLookAlike)
{
    EXPECT_EQ(failureOf(wrapped(u"\uFB01"_s), u"fi"_s), FailureCode::WrongPassphrase);
}

TEST(KeyWrap, RefusesToWrapWithAnEmptyOrOverlongPassphrase)
{
    for (const QString &passphrase : {QString(), QString(kMaxPassphraseBytes + 1, u'a'), QString(400, QChar(0xBE44))}) {
        const auto result = wrapKey(countingKey(), passphrase, kContext, kCheap);
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().code, FailureCode::InvalidArgument);
    }
    EXPECT_TRUE(wrapKey(countingKey(), QString(kMaxPassphraseBytes, u'a'), kContext, kCheap));
}

TEST(KeyWrap, RefusesToWrapWithACostOutOfRange)
{
    constexpr quint64 gib = 1024ULL * 1024 * 1024;
    for (const PassphraseCost &cost :
         {PassphraseCost{0, 8192}, PassphraseCost{17, 8192}, PassphraseCost{1, 8191}, PassphraseCost{1, gib + 1}}) {
        const auto result = wrapKey(countingKey(), u"p"_s, kContext, cost);
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().code, FailureCode::InvalidArgument);
    }
}

TEST(KeyWrap, RefusesToWrapNothing)
{
    const auto result = wrapKey(SecretBytes(), u"p"_s, kContext, kCheap);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, FailureCode::InvalidArgument);
}

TEST(KeyWrap, DoesNotOpenForAnotherProfile)
{
    EXPECT_EQ(failureOf(wrapped(), u"correct horse"_s, QByteArrayLiteral("profile two")), FailureCode::ProfileDamaged);
}

TEST(KeyWrap, NeverAsksForMoreMemoryThanAGibibyteWhateverTheFileSays)
{
    for (const qint64 memory : {qint64{1} << 40, (qint64{1} << 30) + 1, qint64{-1}, qint64{0}})
        EXPECT_EQ(failureOf(with(wrapped(), u"memoryBytes"_s, memory)), FailureCode::ProfileDamaged) << memory;
    for (const qint64 operations : {qint64{1} << 32, qint64{17}, qint64{-1}, qint64{0}})
        EXPECT_EQ(failureOf(with(wrapped(), u"operations"_s, operations)), FailureCode::ProfileDamaged) << operations;
    EXPECT_EQ(failureOf(with(wrapped(), u"memoryBytes"_s, 8192.5)), FailureCode::ProfileDamaged);
}

TEST(KeyWrap, OpensNothingWhenTheCostWasChangedWithinBounds)
{
    EXPECT_EQ(failureOf(with(wrapped(), u"operations"_s, 2)), FailureCode::WrongPassphrase);
    EXPECT_EQ(failureOf(with(wrapped(), u"memoryBytes"_s, 16384)), FailureCode::WrongPassphrase);
}

TEST(KeyWrap, NoticesEveryChangedField)
{
    EXPECT_EQ(failureOf(withBitFlipped(wrapped(), u"sealed"_s)), FailureCode::ProfileDamaged);
    EXPECT_EQ(failureOf(withBitFlipped(wrapped(), u"nonce"_s)), FailureCode::ProfileDamaged);
    EXPECT_EQ(failureOf(withBitFlipped(wrapped(), u"salt"_s)), FailureCode::WrongPassphrase);
    EXPECT_EQ(failureOf(withBitFlipped(wrapped(), u"commitment"_s)), FailureCode::WrongPassphrase);
}

TEST(KeyWrap, RefusesWhatIsMissingOrOfAnotherForm)
{
    const QJsonObject good = wrapped();
    for (const QString &field : good.keys()) {
        QJsonObject json = good;
        json.remove(field);
        EXPECT_EQ(failureOf(json), FailureCode::ProfileDamaged) << field.toStdString();
        EXPECT_EQ(failureOf(with(good, field, QJsonValue())), FailureCode::ProfileDamaged) << field.toStdString();
        EXPECT_EQ(failureOf(with(good, field, u"%%%"_s)), FailureCode::ProfileDamaged) << field.toStdString();
        EXPECT_EQ(failureOf(with(good, field, u"AAAA"_s)), FailureCode::ProfileDamaged) << field.toStdString();
    }
    EXPECT_EQ(failureOf(QJsonObject()), FailureCode::ProfileDamaged);
    EXPECT_EQ(failureOf(with(good, u"sealed"_s, QString(4096, u'A'))), FailureCode::ProfileDamaged);
}

TEST(KeyWrap, SaysThatALaterVersionMadeIt)
{
    EXPECT_EQ(failureOf(with(wrapped(), u"version"_s, 2)), FailureCode::StoreTooNew);
}

// Without a commitment one file can be made to open under two passphrases.
TEST(KeyWrap, IsBoundToOnePassphrase)
{
    const QJsonObject mine = wrapped(u"mine"_s);
    const QJsonObject theirs = wrapped(u"theirs"_s);
    QJsonObject mixed = mine;
    for (const QString &field : {u"salt"_s, u"commitment"_s})
        mixed.insert(field, theirs.value(field));
    EXPECT_EQ(failureOf(mixed, u"mine"_s), FailureCode::WrongPassphrase);
    EXPECT_EQ(failureOf(mixed, u"theirs"_s), FailureCode::ProfileDamaged);
}

TEST(KeyWrap, IsDifferentEachTime)
{
    const QJsonObject first = wrapped();
    const QJsonObject second = wrapped();
    for (const QString &field : {u"salt"_s, u"commitment"_s, u"nonce"_s, u"sealed"_s})
        EXPECT_NE(first.value(field), second.value(field)) << field.toStdString();
}

TEST(KeyWrap, HoldsNeitherKeyNorPassphrase)
{
    const QByteArray json = QJsonDocument(wrapped()).toJson();
    const QByteArray key = QByteArrayView(countingKey().view()).toByteArray();
    for (const QByteArray &canary : {key, key.toHex(), key.toBase64(), QByteArrayLiteral("correct horse")})
        EXPECT_FALSE(json.contains(canary.first(12)));
}

// Made by scripts on argon2-cffi, hashlib and PyCryptodome, none of which is libsodium: the form on disk must not drift.
TEST(KeyWrap, OpensWhatAnIndependentImplementationSealed)
{
    const QJsonObject json{{u"version"_s, 1},
                           {u"kdf"_s, u"argon2id13"_s},
                           {u"operations"_s, 2},
                           {u"memoryBytes"_s, 65536},
                           {u"salt"_s, u"ZGVmZ2hpamtsbW5vcHFycw=="_s},
                           {u"commitment"_s, u"WiHapG/9Yu9eaTvGupjJ3F64GpL4rLuL7VftDGjufoc="_s},
                           {u"nonce"_s, u"yMnKy8zNzs/Q0dLT1NXW19jZ2tvc3d7f"_s},
                           {u"sealed"_s, u"kuBY55SFZZk9cAH9Iet2C+vLt5ciXfxYncK7OCJHz9+m8bQdtaidRyrCedhgG+ap"_s}};
    const QString passphrase = u"\uBE44\uBC00 \uBB38\uC7A5 correct horse"_s;
    const auto key = unwrapKey(json, passphrase, QByteArrayLiteral("profile 00112233445566778899aabbccddeeff"));
    ASSERT_TRUE(key) << describe(key.error()).toStdString();
    EXPECT_TRUE(*key == countingKey());
}

} // namespace
} // namespace planb
