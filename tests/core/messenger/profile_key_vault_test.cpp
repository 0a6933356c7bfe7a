// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/key_vault.h"

#include "tests/core/messenger/profile_scene.h"
#include "tests/testkit/wait_until.h"

#include <QCoreApplication>
#include <QFile>
#include <QThreadPool>

#include <gtest/gtest.h>

namespace planb::test {
namespace {

using namespace Qt::StringLiterals;

const QString kPassphrase = u"correct horse \uBC30\uD130\uB9AC"_s;

class KeyVaultTest : public testing::Test
{
protected:
    QString path() const { return m_room.folder(); }
    QString description() const { return QString::fromUtf8(contentOf(path() + u"/profile.json"_s)); }

    // Makes a profile in one start and returns what the next start finds.
    void expectToFindAgain(const QByteArray &key, KeyStorage storage)
    {
        Start start(path(), m_keyring);
        const auto opened = open(start.vault);
        ASSERT_TRUE(opened) << describe(opened.error()).toStdString();
        EXPECT_EQ(plain(opened->key), key);
        EXPECT_EQ(opened->storage, storage);
    }

    TemporaryProfile m_room;
    FakeKeyring m_keyring;
};

TEST_F(KeyVaultTest, PutsTheKeyIntoTheKeyringWhereThereIsOne)
{
    const QByteArray key = makeProfile(path(), m_keyring, {});
    EXPECT_EQ(key.size(), kDatabaseKeyBytes);
    EXPECT_EQ(m_keyring.entries.values(), QList<QByteArray>{key});
    EXPECT_FALSE(QFile::exists(path() + u"/key"_s));
    expectToFindAgain(key, KeyStorage::Keyring);
}

TEST_F(KeyVaultTest, PutsTheKeyIntoAFileWhereThereIsNoKeyring)
{
    m_keyring.mood = FakeKeyring::Mood::Unavailable;
    const QByteArray key = makeProfile(path(), m_keyring, {});
    EXPECT_EQ(contentOf(path() + u"/key"_s), key);
    expectToFindAgain(key, KeyStorage::File);
}

TEST_F(KeyVaultTest, DoesNotTrustAKeyringThatForgets)
{
    m_keyring.mood = FakeKeyring::Mood::Forgets;
    expectToFindAgain(makeProfile(path(), m_keyring, {}), KeyStorage::File);
}

TEST_F(KeyVaultTest, DoesNotTrustAKeyringThatGivesBackSomethingElse)
{
    m_keyring.mood = FakeKeyring::Mood::Garbles;
    expectToFindAgain(makeProfile(path(), m_keyring, {}), KeyStorage::File);
}

TEST_F(KeyVaultTest, UsesNoKeyThatADoubtfulKeyringHasSeen)
{
    m_keyring.mood = FakeKeyring::Mood::Garbles;
    const QByteArray key = makeProfile(path(), m_keyring, {});
    ASSERT_EQ(m_keyring.offered.size(), 1);
    EXPECT_FALSE(m_keyring.offered.contains(key));
}

TEST_F(KeyVaultTest, AsksNoKeyringWhenAFileIsWanted)
{
    const QByteArray key = makeProfile(path(), m_keyring, KeyStorage::File);
    EXPECT_TRUE(m_keyring.offered.isEmpty());
    expectToFindAgain(key, KeyStorage::File);
}

TEST_F(KeyVaultTest, MakesNoProfileWhenTheKeyringThatIsWantedFails)
{
    for (const auto mood : {FakeKeyring::Mood::Unavailable, FakeKeyring::Mood::Forgets, FakeKeyring::Mood::Garbles}) {
        m_keyring.mood = mood;
        Start start(path(), m_keyring);
        EXPECT_EQ(codeOf(create(start.vault, KeyStorage::Keyring)), FailureCode::KeyringUnavailable);
        EXPECT_TRUE(snapshot(path()).isEmpty());
    }
    m_keyring.mood = FakeKeyring::Mood::Works;
    expectToFindAgain(makeProfile(path(), m_keyring, KeyStorage::Keyring), KeyStorage::Keyring);
}

TEST_F(KeyVaultTest, MakesAnotherKeyForEveryProfile)
{
    const QByteArray first = makeProfile(path(), m_keyring, {});
    const QByteArray second = makeProfile(path() + u"-2"_s, m_keyring, {});
    EXPECT_NE(first, second);
    expectToFindAgain(first, KeyStorage::Keyring);
}

TEST_F(KeyVaultTest, StaysLockedUntilThePassphraseComes)
{
    const QByteArray key = makeProfile(path(), m_keyring, {}, kPassphrase);
    Start start(path(), m_keyring);
    EXPECT_EQ(codeOf(open(start.vault)), FailureCode::ProfileLocked);
    EXPECT_EQ(codeOf(unlock(start.vault, kPassphrase + u'!')), FailureCode::WrongPassphrase);
    EXPECT_EQ(codeOf(unlock(start.vault, QString())), FailureCode::WrongPassphrase);
    const auto unlocked = unlock(start.vault, kPassphrase.normalized(QString::NormalizationForm_D));
    ASSERT_TRUE(unlocked);
    EXPECT_EQ(plain(unlocked->key), key);
    EXPECT_EQ(unlocked->storage, KeyStorage::Passphrase);
    EXPECT_TRUE(m_keyring.offered.isEmpty());
}

TEST_F(KeyVaultTest, HasNothingToUnlockWhereNoPassphraseProtects)
{
    makeProfile(path(), m_keyring, KeyStorage::File);
    Start start(path(), m_keyring);
    EXPECT_EQ(codeOf(unlock(start.vault, kPassphrase)), FailureCode::InvalidArgument);
}

TEST_F(KeyVaultTest, RefusesAStorageThatDoesNotFitThePassphrase)
{
    Start start(path(), m_keyring);
    EXPECT_EQ(codeOf(create(start.vault, KeyStorage::Passphrase, QString())), FailureCode::InvalidArgument);
    EXPECT_EQ(codeOf(create(start.vault, KeyStorage::File, kPassphrase)), FailureCode::InvalidArgument);
    EXPECT_EQ(codeOf(create(start.vault, KeyStorage::Keyring, kPassphrase)), FailureCode::InvalidArgument);
    EXPECT_TRUE(snapshot(path()).isEmpty());
}

TEST_F(KeyVaultTest, MakesNoProfileWithAnOverlongPassphrase)
{
    Start start(path(), m_keyring);
    const QString tooLong(kMaxPassphraseBytes + 1, u'a');
    EXPECT_EQ(codeOf(create(start.vault, {}, tooLong)), FailureCode::InvalidArgument);
    EXPECT_TRUE(snapshot(path()).isEmpty());
}

TEST_F(KeyVaultTest, NeverMakesAProfileOverAnother)
{
    makeProfile(path(), m_keyring, {});
    const auto before = snapshot(path());
    const auto entries = m_keyring.entries;
    Start start(path(), m_keyring);
    EXPECT_EQ(codeOf(create(start.vault, {})), FailureCode::ProfileExists);
    EXPECT_EQ(codeOf(create(start.vault, KeyStorage::File)), FailureCode::ProfileExists);
    EXPECT_EQ(codeOf(create(start.vault, {}, kPassphrase)), FailureCode::ProfileExists);
    EXPECT_EQ(snapshot(path()), before);
    EXPECT_EQ(m_keyring.entries, entries);
}

TEST_F(KeyVaultTest, LeavesNothingWhenTheCallerAbandonsTheProfile)
{
    Start start(path(), m_keyring);
    ASSERT_TRUE(create(start.vault, KeyStorage::File));
    makeHistory(start.folder, "half a store");
    writeContent(path() + u"/history.db-wal"_s, "its log");
    ASSERT_TRUE(start.vault.abandonCreating());
    EXPECT_TRUE(snapshot(path()).isEmpty());
    EXPECT_EQ(codeOf(open(start.vault)), FailureCode::ProfileMissing);
}

TEST_F(KeyVaultTest, DoesNotHoldUpTheThreadThatAsks)
{
    makeProfile(path(), m_keyring, {}, kPassphrase);
    Start start(path(), m_keyring);
    bool answered = false;
    start.vault.unlock(kPassphrase, [&](const Result<ProfileKey> &) { answered = true; });
    QThreadPool::globalInstance()->waitForDone();
    // The work is done, on another thread; the answer waits for this thread's event loop.
    EXPECT_FALSE(answered);
}

TEST_F(KeyVaultTest, AnswersNobodyOnceItIsGone)
{
    makeProfile(path(), m_keyring, {}, kPassphrase);
    makeProfile(path() + u"-2"_s, m_keyring, KeyStorage::Keyring);
    int answers = 0;
    const auto count = [&](const Result<ProfileKey> &) { ++answers; };
    {
        Start start(path(), m_keyring);
        start.vault.unlock(kPassphrase, count);
        Start other(path() + u"-2"_s, m_keyring);
        other.vault.open(count);
        Start third(path() + u"-3"_s, m_keyring);
        third.vault.create({}, QString(), count);
    }
    QThreadPool::globalInstance()->waitForDone();
    QCoreApplication::processEvents();
    QCoreApplication::processEvents();
    EXPECT_EQ(answers, 0);
}

TEST_F(KeyVaultTest, AnswersNobodyWhenItGoesWhileTheKeyringIsPutToTheTest)
{
    int answers = 0;
    {
        Start start(path(), m_keyring);
        start.vault.create({}, QString(), [&](const Result<ProfileKey> &) { ++answers; });
        ASSERT_TRUE(waitUntil([&] { return m_keyring.loads == 1; }));
        ASSERT_EQ(answers, 0);
    }
    QCoreApplication::processEvents();
    EXPECT_EQ(answers, 0);
}

TEST_F(KeyVaultTest, WritesNeitherKeyNorPassphraseInTheClear)
{
    struct Case {
        std::optional<KeyStorage> storage;
        QString passphrase;
    };
    int number = 0;
    for (const Case &made : {Case{KeyStorage::Keyring, {}}, Case{KeyStorage::File, {}}, Case{{}, kPassphrase}}) {
        const QString folder = path() + QString::number(++number);
        const QByteArray key = makeProfile(folder, m_keyring, made.storage, made.passphrase);
        auto files = snapshot(folder);
        EXPECT_EQ(files.remove(u"key"_s), made.storage == KeyStorage::File ? 1 : 0);
        const QByteArray utf16(reinterpret_cast<const char *>(kPassphrase.utf16()), 2 * kPassphrase.size());
        for (const QByteArray &canary : {key, key.toHex(), key.toBase64(), kPassphrase.toUtf8(), utf16}) {
            for (const QByteArray &content : files)
                EXPECT_FALSE(content.contains(canary.first(12)));
        }
    }
}

TEST_F(KeyVaultTest, SaysInTheDescriptionWhereTheKeyIs)
{
    makeProfile(path(), m_keyring, {});
    EXPECT_TRUE(description().contains(u"\"keyStorage\": \"keyring\"")) << description().toStdString();
    EXPECT_TRUE(description().contains(m_keyring.entries.firstKey())) << description().toStdString();
}

} // namespace
} // namespace planb::test
