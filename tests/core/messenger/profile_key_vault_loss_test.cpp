// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/messenger/profile_scene.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>

#include <gtest/gtest.h>

namespace planb::test {
namespace {

using namespace Qt::StringLiterals;

/// A profile whose key, or the way to it, was lost. Whatever it says then, it changes nothing: the key may come back.
class LostKeyTest : public testing::Test
{
protected:
    QString path() const { return m_room.folder(); }
    QString file(const QString &name) const { return path() + u'/' + name; }

    FailureCode openFailure()
    {
        const auto before = snapshot(path());
        Start start(path(), m_keyring);
        const auto code = codeOf(open(start.vault));
        EXPECT_EQ(snapshot(path()), before);
        return code;
    }
    FailureCode unlockFailure()
    {
        const auto before = snapshot(path());
        Start start(path(), m_keyring);
        const auto code = codeOf(unlock(start.vault, u"correct horse"_s));
        EXPECT_EQ(snapshot(path()), before);
        return code;
    }
    void rewriteDescription(const std::function<void(QJsonObject &)> &change)
    {
        QJsonObject json = QJsonDocument::fromJson(contentOf(file(u"profile.json"_s))).object();
        change(json);
        writeContent(file(u"profile.json"_s), QJsonDocument(json).toJson());
    }

    TemporaryProfile m_room;
    FakeKeyring m_keyring;
};

TEST_F(LostKeyTest, IsReportedWhenTheKeyringHasNoEntryAnyMore)
{
    makeProfile(path(), m_keyring, {});
    m_keyring.entries.clear();
    EXPECT_EQ(openFailure(), FailureCode::KeyMissing);
    EXPECT_TRUE(m_keyring.entries.isEmpty());
}

TEST_F(LostKeyTest, IsNotAssumedWhenTheKeyringCannotBeReached)
{
    const QByteArray key = makeProfile(path(), m_keyring, {});
    m_keyring.mood = FakeKeyring::Mood::Unavailable;
    EXPECT_EQ(openFailure(), FailureCode::KeyringUnavailable);
    m_keyring.mood = FakeKeyring::Mood::Works;
    Start start(path(), m_keyring);
    const auto opened = open(start.vault);
    ASSERT_TRUE(opened);
    EXPECT_EQ(plain(opened->key), key);
}

TEST_F(LostKeyTest, IsReportedWhenItsFileIsGone)
{
    makeProfile(path(), m_keyring, KeyStorage::File);
    ASSERT_TRUE(QFile::remove(file(u"key"_s)));
    EXPECT_EQ(openFailure(), FailureCode::KeyMissing);
}

TEST_F(LostKeyTest, IsReportedWhenItsFileIsNoKey)
{
    makeProfile(path(), m_keyring, KeyStorage::File);
    for (const qsizetype size : {0, 31, 33, 4096}) {
        writeContent(file(u"key"_s), QByteArray(size, 'k'));
        EXPECT_EQ(openFailure(), FailureCode::KeyMissing) << size;
    }
    ASSERT_TRUE(QFile::remove(file(u"key"_s)));
    ASSERT_TRUE(QDir().mkpath(file(u"key"_s)));
    EXPECT_EQ(openFailure(), FailureCode::KeyMissing);
}

TEST_F(LostKeyTest, IsNotLookedForInAProfileThatIsDamaged)
{
    makeProfile(path(), m_keyring, KeyStorage::File);
    ASSERT_TRUE(QFile::remove(file(u"history.db"_s)));
    EXPECT_EQ(openFailure(), FailureCode::ProfileDamaged);
    writeContent(file(u"history.db"_s), {});
    ASSERT_TRUE(QFile::remove(file(u"profile.json"_s)));
    EXPECT_EQ(openFailure(), FailureCode::ProfileDamaged);
    EXPECT_EQ(unlockFailure(), FailureCode::ProfileDamaged);
}

TEST_F(LostKeyTest, IsNotSoughtWithATerabyteOfMemoryThatATamperedFileAsksFor)
{
    makeProfile(path(), m_keyring, {}, u"correct horse"_s);
    rewriteDescription([](QJsonObject &json) {
        QJsonObject wrapped = json.value(u"wrappedKey"_s).toObject();
        wrapped.insert(u"memoryBytes"_s, qint64{1} << 40);
        json.insert(u"wrappedKey"_s, wrapped);
    });
    EXPECT_EQ(unlockFailure(), FailureCode::ProfileDamaged);
}

TEST_F(LostKeyTest, IsReportedAsDamageWhenTheWrappedKeyIsGone)
{
    makeProfile(path(), m_keyring, {}, u"correct horse"_s);
    rewriteDescription([](QJsonObject &json) { json.remove(u"wrappedKey"_s); });
    EXPECT_EQ(openFailure(), FailureCode::ProfileLocked);
    EXPECT_EQ(unlockFailure(), FailureCode::ProfileDamaged);
}

TEST_F(LostKeyTest, IsNotReplacedByTheWrappedKeyOfAnotherProfile)
{
    makeProfile(path(), m_keyring, {}, u"correct horse"_s);
    const QString other = path() + u"-2"_s;
    makeProfile(other, m_keyring, {}, u"correct horse"_s);
    const QJsonObject foreign = QJsonDocument::fromJson(contentOf(other + u"/profile.json"_s)).object();
    rewriteDescription([&](QJsonObject &json) { json.insert(u"wrappedKey"_s, foreign.value(u"wrappedKey"_s)); });
    EXPECT_EQ(unlockFailure(), FailureCode::ProfileDamaged);
}

TEST_F(LostKeyTest, IsNoMatterWhereThereIsNoProfile)
{
    ASSERT_TRUE(QDir().mkpath(path()));
    EXPECT_EQ(openFailure(), FailureCode::ProfileMissing);
    EXPECT_EQ(unlockFailure(), FailureCode::ProfileMissing);
}

} // namespace
} // namespace planb::test
