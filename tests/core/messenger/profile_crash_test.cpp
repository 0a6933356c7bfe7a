// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/messenger/profile_scene.h"
#include "tests/testkit/wait_until.h"

#include <QDir>

#include <gtest/gtest.h>

namespace planb::test {
namespace {

using namespace Qt::StringLiterals;

/// The steps of making a profile; a process dies right after one of them.
class ProfileCrashTest : public testing::TestWithParam<const char *>
{
protected:
    void SetUp() override
    {
        const auto tool = startTool({u"die"_s, path(), QString::fromLatin1(GetParam())});
        ASSERT_TRUE(waitUntil([&] { return tool->state() == QProcess::NotRunning; }));
        ASSERT_EQ(tool->exitStatus(), QProcess::CrashExit);
    }
    QString path() const { return m_room.folder(); }

    TemporaryProfile m_room;
    FakeKeyring m_keyring;
};

using InterruptedCreation = ProfileCrashTest;

TEST_P(InterruptedCreation, LeavesNoProfileAndChangesNothingWhenOpened)
{
    const auto before = snapshot(path());
    Start start(path(), m_keyring);
    EXPECT_EQ(codeOf(open(start.vault)), FailureCode::ProfileMissing);
    EXPECT_EQ(snapshot(path()), before);
}

TEST_P(InterruptedCreation, CanBeStartedAgain)
{
    const QByteArray key = makeProfile(path(), m_keyring, KeyStorage::File);
    EXPECT_EQ(snapshot(path()).keys(), (QStringList{u"history.db"_s, u"key"_s, u"profile.json"_s}));
    EXPECT_EQ(contentOf(path() + u"/history.db"_s), QByteArray());
    Start start(path(), m_keyring);
    const auto opened = open(start.vault);
    ASSERT_TRUE(opened);
    EXPECT_EQ(plain(opened->key), key);
}

TEST_P(InterruptedCreation, LeavesNoKeyBehindWhenTheNextOneGoesElsewhere)
{
    writeContent(path() + u"/key.Ab3dEf"_s, "half a key, as a file system without unnamed files leaves it");
    makeProfile(path(), m_keyring, KeyStorage::Keyring);
    if (GetParam() == std::string("lock"))
        return; // there was no creation whose files could be told from somebody else's
    EXPECT_EQ(snapshot(path()).keys(), (QStringList{u"history.db"_s, u"profile.json"_s}));
}

INSTANTIATE_TEST_SUITE_P(AfterEachStep, InterruptedCreation, testing::Values("lock", "begin", "key", "history"),
                         [](const auto &step) { return std::string(step.param); });

using FinishedCreation = ProfileCrashTest;

TEST_P(FinishedCreation, LeavesAWholeProfileThatIsNeverMadeAnew)
{
    const auto before = snapshot(path());
    Start start(path(), m_keyring);
    EXPECT_TRUE(open(start.vault));
    EXPECT_EQ(codeOf(create(start.vault, {})), FailureCode::ProfileExists);
    EXPECT_TRUE(start.vault.abandonCreating());
    EXPECT_EQ(snapshot(path()), before);
    EXPECT_EQ(before.value(u"history.db"_s), QByteArray("half a store"));
}

INSTANTIATE_TEST_SUITE_P(AfterTheLastStep, FinishedCreation, testing::Values("finish"));

} // namespace
} // namespace planb::test
