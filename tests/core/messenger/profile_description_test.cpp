// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/profile_description.h"

#include <QJsonDocument>

#include <gtest/gtest.h>

namespace planb {
namespace {

using namespace Qt::StringLiterals;

const QString kId = u"00112233445566778899aabbccddeeff"_s;

QJsonObject good()
{
    return {{u"format"_s, 1}, {u"id"_s, kId}, {u"state"_s, u"ready"_s}, {u"keyStorage"_s, u"keyring"_s}};
}

FailureCode failureOf(const QByteArray &json)
{
    const auto description = ProfileDescription::parse(json);
    EXPECT_FALSE(description.has_value()) << json.toStdString();
    return description ? FailureCode::Cancelled : description.error().code;
}

FailureCode failureWith(const QString &field, const QJsonValue &value)
{
    QJsonObject json = good();
    json.insert(field, value);
    return failureOf(QJsonDocument(json).toJson());
}

TEST(ProfileDescription, ReadsWhatItWrote)
{
    for (const auto state : {ProfileDescription::State::Creating, ProfileDescription::State::Ready}) {
        for (const auto storage : {KeyStorage::Keyring, KeyStorage::File, KeyStorage::Passphrase}) {
            ProfileDescription description{kId, state, storage, {}};
            if (storage == KeyStorage::Passphrase)
                description.wrappedKey = {{u"version"_s, 1}};
            const auto read = ProfileDescription::parse(description.toJson());
            ASSERT_TRUE(read);
            EXPECT_EQ(*read, description);
        }
    }
}

TEST(ProfileDescription, KeepsAWrappedKeyOnlyWhereAPassphraseProtects)
{
    const ProfileDescription description{kId, ProfileDescription::State::Ready, KeyStorage::File, {{u"version"_s, 1}}};
    EXPECT_FALSE(description.toJson().contains("wrappedKey"));
}

TEST(ProfileDescription, SaysThatALaterVersionWroteIt)
{
    EXPECT_EQ(failureWith(u"format"_s, 2), FailureCode::StoreTooNew);
}

TEST(ProfileDescription, CallsWhatItCannotReadDamaged)
{
    for (const QByteArray &json :
         {QByteArray(), QByteArray("{"), QByteArray("[]"), QByteArray("{}"), QByteArray("null"), QByteArray(1, '\0'),
          QByteArray(1000, '['), QByteArray("\xff\xfe")})
        EXPECT_EQ(failureOf(json), FailureCode::ProfileDamaged);
}

TEST(ProfileDescription, RefusesFieldsOutOfTheirForm)
{
    for (const QString &field : good().keys()) {
        EXPECT_EQ(failureWith(field, QJsonValue()), FailureCode::ProfileDamaged) << field.toStdString();
        EXPECT_EQ(failureWith(field, u"other"_s), FailureCode::ProfileDamaged) << field.toStdString();
        EXPECT_EQ(failureWith(field, 0.5), FailureCode::ProfileDamaged) << field.toStdString();
    }
    EXPECT_EQ(failureWith(u"id"_s, kId.toUpper()), FailureCode::ProfileDamaged);
    EXPECT_EQ(failureWith(u"id"_s, kId + u'0'), FailureCode::ProfileDamaged);
    EXPECT_EQ(failureWith(u"id"_s, u"../../../../../../../../etc/key00"_s), FailureCode::ProfileDamaged);
}

TEST(KeyStorageNames, LeadBackToTheStorage)
{
    for (const auto storage : {KeyStorage::Keyring, KeyStorage::File, KeyStorage::Passphrase})
        EXPECT_EQ(keyStorageFromName(nameOf(storage)), storage);
    EXPECT_EQ(nameOf(KeyStorage::Keyring), u"keyring"_s);
    EXPECT_FALSE(keyStorageFromName(u"Keyring"));
    EXPECT_FALSE(keyStorageFromName(u""));
}

} // namespace
} // namespace planb
