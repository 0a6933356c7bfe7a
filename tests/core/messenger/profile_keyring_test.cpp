// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/messenger/profile_keyring_session.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>

#include <gtest/gtest.h>

namespace planb::test {
namespace {

using namespace Qt::StringLiterals;

class KeyringTest : public testing::Test
{
protected:
    void SetUp() override
    {
        if (const QString missing = KeyringSession::missing(); !missing.isEmpty())
            GTEST_SKIP() << missing.toStdString();
        ASSERT_TRUE(m_session.startBus());
        ASSERT_TRUE(m_session.startKeyring());
    }
    QString create() const { return m_session.run({u"create"_s, m_session.folder()}); }
    QString open() const { return m_session.run({u"open"_s, m_session.folder()}); }

    // As if the entry had been deleted: no other name than the profile's id leads to it.
    void loseEntry() const
    {
        QFile file(m_session.folder() + u"/profile.json"_s);
        ASSERT_TRUE(file.open(QIODevice::ReadWrite));
        QString json = QString::fromUtf8(file.readAll());
        json.replace(QRegularExpression(u"\"id\": \"[0-9a-f]{4}"_s), u"\"id\": \"0000"_s);
        ASSERT_TRUE(file.resize(0) && file.seek(0));
        file.write(json.toUtf8());
    }

    KeyringSession m_session;
};

TEST_F(KeyringTest, KeepsTheKeyForTheNextProcess)
{
    const QString made = create();
    EXPECT_TRUE(QRegularExpression(u"^keyring [0-9a-f]{64}$"_s).match(made).hasMatch()) << made.toStdString();
    EXPECT_FALSE(QFile::exists(m_session.folder() + u"/key"_s));
    EXPECT_EQ(open(), made);
}

TEST_F(KeyringTest, SaysThatTheKeyIsMissingWhenItHasNoSuchEntry)
{
    create();
    loseEntry();
    EXPECT_TRUE(open().startsWith(u"KeyMissing")) << open().toStdString();
}

TEST_F(KeyringTest, IsUnavailableWhenItHasDiedAndTheKeyIsThereWhenItIsBack)
{
    const QString made = create();
    m_session.stopKeyring();
    const QString without = open();
    EXPECT_TRUE(without.startsWith(u"KeyringUnavailable")) << without.toStdString();
    ASSERT_TRUE(m_session.startKeyring());
    EXPECT_EQ(open(), made);
}

TEST_F(KeyringTest, IsUnavailableWithoutABus)
{
    create();
    const QString without = KeyringSession::runWithoutBus({u"open"_s, m_session.folder()});
    EXPECT_TRUE(without.startsWith(u"KeyringUnavailable")) << without.toStdString();
}

TEST_F(KeyringTest, IsReplacedByAFileWhereNobodyServesIt)
{
    m_session.stopKeyring();
    const QString made = create();
    EXPECT_TRUE(made.startsWith(u"file ")) << made.toStdString();
    EXPECT_EQ(open(), made);
}

TEST_F(KeyringTest, IsNotReplacedByAFileWhenItWasAskedFor)
{
    m_session.stopKeyring();
    const QString made = m_session.run({u"create"_s, m_session.folder(), u"keyring"_s});
    EXPECT_TRUE(made.startsWith(u"KeyringUnavailable")) << made.toStdString();
    EXPECT_TRUE(QDir(m_session.folder()).isEmpty());
}

TEST(WithoutAnyBus, TheKeyGoesIntoAFile)
{
    const QTemporaryDir room;
    const QString folder = room.filePath(u"profile"_s);
    const QString made = KeyringSession::runWithoutBus({u"create"_s, folder});
    EXPECT_TRUE(made.startsWith(u"file ")) << made.toStdString();
    EXPECT_EQ(KeyringSession::runWithoutBus({u"open"_s, folder}), made);
}

} // namespace
} // namespace planb::test
