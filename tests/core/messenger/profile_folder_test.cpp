// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/profile_folder.h"

#include "core/messenger/profile_file.h"
#include "tests/core/messenger/profile_scene.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <gtest/gtest.h>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

namespace planb::test {
namespace {

using namespace Qt::StringLiterals;

class ProfileFolderTest : public testing::Test
{
protected:
    QString path() const { return m_room.folder(); }
    QString file(const QString &name) const { return path() + u'/' + name; }

    FailureCode readFailure() const
    {
        const auto description = ProfileFolder::lock(path())->read();
        EXPECT_FALSE(description.has_value());
        return description ? FailureCode::Cancelled : description.error().code;
    }
    FailureCode beginFailure() const
    {
        const auto begun = ProfileFolder::makeAndLock(path())->beginCreating();
        EXPECT_FALSE(begun.has_value());
        return begun ? FailureCode::Cancelled : begun.error().code;
    }

    TemporaryProfile m_room;
    FakeKeyring m_keyring;
};

TEST_F(ProfileFolderTest, IsMissingAndNotMadeWhenThereIsNone)
{
    const auto folder = ProfileFolder::lock(path());
    ASSERT_FALSE(folder);
    EXPECT_EQ(folder.error().code, FailureCode::ProfileMissing);
    EXPECT_FALSE(QFileInfo::exists(path()));
    EXPECT_EQ(ProfileFolder::lock(QString()).error().code, FailureCode::ProfileMissing);
}

TEST_F(ProfileFolderTest, HoldsNoProfileWhenItIsEmpty)
{
    ASSERT_TRUE(QDir().mkpath(path()));
    EXPECT_EQ(readFailure(), FailureCode::ProfileMissing);
    EXPECT_TRUE(snapshot(path()).isEmpty());
}

TEST_F(ProfileFolderTest, CannotBeMadeWhereAFileIs)
{
    writeContent(path(), "a file");
    const auto folder = ProfileFolder::makeAndLock(path());
    ASSERT_FALSE(folder);
    EXPECT_EQ(folder.error().code, FailureCode::StoreUnavailable);
    EXPECT_EQ(ProfileFolder::makeAndLock(QString()).error().code, FailureCode::InvalidArgument);
}

TEST_F(ProfileFolderTest, IsMadeWithItsParents)
{
    const QString deep = path() + u"/a/b"_s;
    ASSERT_TRUE(ProfileFolder::makeAndLock(deep));
    EXPECT_TRUE(QFileInfo(deep).isDir());
}

#ifdef Q_OS_UNIX
int modeOf(const QString &path)
{
    struct stat status = {};
    EXPECT_EQ(::stat(QFile::encodeName(path).constData(), &status), 0);
    return static_cast<int>(status.st_mode & 07777U);
}

// Makes the process careless with rights for as long as it lives.
class OpenUmask
{
public:
    OpenUmask() : m_before(::umask(0)) {}
    ~OpenUmask() { ::umask(m_before); }

private:
    mode_t m_before;
};

TEST_F(ProfileFolderTest, IsForTheOwnerAloneWhateverTheUmask)
{
    const OpenUmask careless;
    makeProfile(path(), m_keyring, KeyStorage::File);
    EXPECT_EQ(modeOf(path()), 0700);
    EXPECT_EQ(modeOf(file(u"key"_s)), 0600);
    EXPECT_EQ(modeOf(file(u"profile.json"_s)), 0600);
}

TEST_F(ProfileFolderTest, IsTakenFromOthersWhenItWasThereAndEmpty)
{
    const OpenUmask careless;
    ASSERT_TRUE(QDir().mkpath(path()));
    ASSERT_NE(modeOf(path()), 0700);
    ASSERT_TRUE(ProfileFolder::makeAndLock(path()));
    EXPECT_EQ(modeOf(path()), 0700);
}

TEST_F(ProfileFolderTest, LeavesTheRightsOfAFolderThatIsInUseAlone)
{
    const OpenUmask careless;
    ASSERT_TRUE(QDir().mkpath(path()));
    writeContent(file(u"somebody's.txt"_s), "x");
    const int before = modeOf(path());
    ASSERT_TRUE(ProfileFolder::makeAndLock(path()));
    EXPECT_EQ(modeOf(path()), before);
}
#endif

TEST_F(ProfileFolderTest, SaysWhereTheHistoryIs)
{
    const auto folder = ProfileFolder::makeAndLock(path());
    EXPECT_EQ(folder->historyPath(), file(u"history.db"_s));
}

TEST_F(ProfileFolderTest, IsTheSameFolderHoweverItIsWritten)
{
    const auto folder = ProfileFolder::makeAndLock(path());
    const auto again = ProfileFolder::lock(path() + u"/../profile/"_s);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, FailureCode::ProfileInUse);
}

TEST_F(ProfileFolderTest, IsDamagedWhenItsDescriptionIsLost)
{
    makeProfile(path(), m_keyring, KeyStorage::File);
    for (const QString &left : {u"history.db"_s, u"history.db-wal"_s, u"key"_s}) {
        ASSERT_TRUE(QDir(path()).removeRecursively());
        ASSERT_TRUE(QDir().mkpath(path()));
        writeContent(file(left), "left over");
        const auto before = snapshot(path());
        EXPECT_EQ(readFailure(), FailureCode::ProfileDamaged) << left.toStdString();
        EXPECT_EQ(beginFailure(), FailureCode::ProfileDamaged) << left.toStdString();
        EXPECT_EQ(snapshot(path()), before) << left.toStdString();
    }
}

TEST_F(ProfileFolderTest, IsDamagedWhenItsDescriptionCannotBeRead)
{
    makeProfile(path(), m_keyring, KeyStorage::File);
    for (const QByteArray &json : {QByteArray(), QByteArray("{\"format\":1"), QByteArray(100 * 1024, ' ')}) {
        writeContent(file(u"profile.json"_s), json);
        const auto before = snapshot(path());
        EXPECT_EQ(readFailure(), FailureCode::ProfileDamaged);
        EXPECT_EQ(beginFailure(), FailureCode::ProfileDamaged);
        EXPECT_EQ(snapshot(path()), before);
    }
}

TEST_F(ProfileFolderTest, IsDamagedWhenAFolderStandsInItsDescriptionsPlace)
{
    makeProfile(path(), m_keyring, KeyStorage::File);
    ASSERT_TRUE(QFile::remove(file(u"profile.json"_s)));
    ASSERT_TRUE(QDir().mkpath(file(u"profile.json"_s)));
    EXPECT_EQ(readFailure(), FailureCode::ProfileDamaged);
}

TEST_F(ProfileFolderTest, IsDamagedWhenItsHistoryIsLost)
{
    makeProfile(path(), m_keyring, KeyStorage::File);
    ASSERT_TRUE(QFile::remove(file(u"history.db"_s)));
    const auto before = snapshot(path());
    EXPECT_EQ(readFailure(), FailureCode::ProfileDamaged);
    EXPECT_EQ(beginFailure(), FailureCode::ProfileDamaged);
    EXPECT_EQ(snapshot(path()), before);
}

TEST_F(ProfileFolderTest, IsLeftAloneWhenALaterVersionMadeIt)
{
    makeProfile(path(), m_keyring, KeyStorage::File);
    writeContent(file(u"profile.json"_s), "{\"format\":2}");
    EXPECT_EQ(readFailure(), FailureCode::StoreTooNew);
    EXPECT_EQ(beginFailure(), FailureCode::StoreTooNew);
}

TEST_F(ProfileFolderTest, IsNotFinishedWithoutAHistory)
{
    auto folder = ProfileFolder::makeAndLock(path());
    const auto begun = folder->beginCreating();
    ASSERT_TRUE(begun);
    const auto finished = folder->finishCreating(*begun);
    ASSERT_FALSE(finished);
    EXPECT_EQ(finished.error().code, FailureCode::StoreUnavailable);
    EXPECT_EQ(folder->read().error().code, FailureCode::ProfileMissing);
}

TEST_F(ProfileFolderTest, KeepsAFinishedProfileWhenItsMakingIsAbandoned)
{
    makeProfile(path(), m_keyring, KeyStorage::File);
    const auto before = snapshot(path());
    auto folder = ProfileFolder::lock(path());
    EXPECT_TRUE(folder->abandonCreating());
    EXPECT_EQ(snapshot(path()), before);
}

TEST_F(ProfileFolderTest, GivesEveryProfileAnIdOfItsOwn)
{
    const auto first = ProfileFolder::makeAndLock(path())->beginCreating();
    const auto second = ProfileFolder::makeAndLock(path() + u"-2"_s)->beginCreating();
    ASSERT_TRUE(first && second);
    EXPECT_EQ(first->id.size(), 32);
    EXPECT_NE(first->id, second->id);
}

TEST(ProfileFile, IsReplacedAsAWhole)
{
    const QTemporaryDir room;
    const QString path = room.filePath(u"file"_s);
    const QByteArray first("a longer first content");
    const QByteArray second("short");
    ASSERT_TRUE(writeFileDurably(path, std::as_bytes(std::span(first))));
    EXPECT_EQ(contentOf(path), first);
    ASSERT_TRUE(writeFileDurably(path, std::as_bytes(std::span(second))));
    EXPECT_EQ(contentOf(path), second);
    EXPECT_EQ(QDir(room.path()).entryList(QDir::Files | QDir::Hidden), QStringList{u"file"_s});
}

TEST(ProfileFile, CannotBeWrittenIntoAFolderThatIsNotThere)
{
    const QTemporaryDir room;
    const auto written = writeFileDurably(room.filePath(u"gone/file"_s), {});
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, FailureCode::StoreUnavailable);
}

TEST(ProfileFile, MayBeGoneAlreadyWhenItIsRemoved)
{
    const QTemporaryDir room;
    const QString there = room.filePath(u"there"_s);
    writeContent(there, "x");
    EXPECT_TRUE(removeFilesDurably(room.path(), std::array{room.filePath(u"gone"_s), there}));
    EXPECT_FALSE(QFile::exists(there));
}

} // namespace
} // namespace planb::test
