// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/messenger/profile_scene.h"
#include "tests/testkit/wait_until.h"

#include <QCoreApplication>
#include <QDir>

#include <gtest/gtest.h>

namespace planb::test {
namespace {

using namespace Qt::StringLiterals;

class ProfileLockTest : public testing::Test
{
protected:
    void SetUp() override { ASSERT_TRUE(QDir().mkpath(path())); }
    QString path() const { return m_room.folder(); }
    QString lockFile() const { return path() + u"/lock"_s; }
    bool isFree() const { return ProfileFolder::lock(path()).has_value(); }

    TemporaryProfile m_room;
};

TEST_F(ProfileLockTest, KeepsASecondProcessOutAndNamesTheFirst)
{
    const auto other = startTool({u"hold"_s, path()});
    ASSERT_EQ(lineOf(*other), u"locked"_s);
    const auto folder = ProfileFolder::lock(path());
    ASSERT_FALSE(folder);
    EXPECT_EQ(folder.error().code, FailureCode::ProfileInUse);
    EXPECT_TRUE(folder.error().detail.contains(QString::number(other->processId())))
        << folder.error().detail.toStdString();
}

TEST_F(ProfileLockTest, KeepsUsFirstAgainstASecondProcess)
{
    const auto mine = ProfileFolder::lock(path());
    ASSERT_TRUE(mine);
    const auto other = startTool({u"hold"_s, path()});
    const QString answer = lineOf(*other);
    EXPECT_TRUE(answer.startsWith(u"ProfileInUse")) << answer.toStdString();
    EXPECT_TRUE(answer.contains(QString::number(QCoreApplication::applicationPid()))) << answer.toStdString();
}

TEST_F(ProfileLockTest, KeepsASecondObjectOfTheSameProcessOut)
{
    const auto first = ProfileFolder::lock(path());
    ASSERT_TRUE(first);
    const auto second = ProfileFolder::lock(path());
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, FailureCode::ProfileInUse);
}

TEST_F(ProfileLockTest, IsFreeAgainWhenTheHolderEnds)
{
    {
        const auto mine = ProfileFolder::lock(path());
        ASSERT_TRUE(mine);
    }
    EXPECT_TRUE(isFree());
    const auto other = startTool({u"hold"_s, path()});
    ASSERT_EQ(lineOf(*other), u"locked"_s);
    other->closeWriteChannel();
    ASSERT_TRUE(waitUntil([&] { return other->state() == QProcess::NotRunning; }));
    EXPECT_TRUE(isFree());
}

TEST_F(ProfileLockTest, IsTakenOverFromAProcessThatWasKilled)
{
    const auto other = startTool({u"hold"_s, path()});
    ASSERT_EQ(lineOf(*other), u"locked"_s);
    other->kill();
    ASSERT_TRUE(waitUntil([&] { return other->state() == QProcess::NotRunning; }));
    ASSERT_TRUE(QFile::exists(lockFile()));
    EXPECT_TRUE(isFree());
}

// In a container the same program comes back with the same process id.
TEST_F(ProfileLockTest, IsTakenOverWhenTheDeadHoldersProcessIdIsAliveAgain)
{
    QByteArray ours;
    {
        const auto mine = ProfileFolder::lock(path());
        ASSERT_TRUE(mine);
        ours = contentOf(lockFile());
    }
    writeContent(lockFile(), ours);
    EXPECT_TRUE(isFree());
}

TEST_F(ProfileLockTest, IsTakenOverWhenTheHolderDiedBeforeItCouldWriteItsName)
{
    writeContent(lockFile(), {});
    EXPECT_TRUE(isFree());
}

TEST_F(ProfileLockTest, MovesWithTheObject)
{
    auto first = ProfileFolder::lock(path());
    ASSERT_TRUE(first);
    const ProfileFolder second = std::move(*first);
    EXPECT_FALSE(isFree());
    EXPECT_EQ(second.path(), path());
}

} // namespace
} // namespace planb::test
