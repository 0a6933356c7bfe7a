// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/child_process.h"
#include "tests/testkit/rpc_client.h"
#include "tests/testkit/stage.h"
#include "tests/testkit/wait_until.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;

/// The command line against real servers: Alice's rpc has ended, Bob's runs.
class SendCommand : public testing::Test
{
protected:
    void SetUp() override
    {
        if (const QString missing = Prosody::whatIsMissing(); !missing.isEmpty())
            GTEST_SKIP() << missing.toStdString();
        auto built = Stage::build();
        ASSERT_TRUE(built) << built.error().toStdString();
        m_stage = std::move(*built);
        ASSERT_EQ(alice().rpc().closeInput(), 0);
    }

    Person &alice() { return m_stage->alice(); }
    Person &bob() { return m_stage->bob(); }
    Stage &stage() { return *m_stage; }

    Outcome<QByteArray> call(const QStringList &arguments)
    {
        return runPlanbctl(alice().profileFolder(), arguments + QStringList{u"--json"_s});
    }

    /// What planbctl printed for a message that came as far as `wait`.
    QJsonObject sent(const QString &text, const QString &wait)
    {
        const auto out = call({u"send"_s, u"--to"_s, bob().name(), text, u"--wait"_s, wait, u"--timeout"_s, u"20"_s});
        EXPECT_TRUE(out) << (out ? "" : out.error().toStdString());
        return out ? QJsonDocument::fromJson(*out).object() : QJsonObject();
    }

private:
    std::unique_ptr<Stage> m_stage;
};

TEST_F(SendCommand, EndsWellWhenTheOtherSideHasTheMessage)
{
    const QJsonObject answer = sent(u"hello"_s, u"delivered"_s);
    EXPECT_EQ(answer.value(u"state"_s).toString(), u"delivered"_s);
    // It goes with whichever server has let us in first.
    EXPECT_TRUE((QStringList{primaryLabel(), backupLabel()}).contains(answer.value(u"route"_s)[u"label"_s].toString()));
    EXPECT_TRUE(waitUntil([this] { return bob().timesSeen(u"hello"_s) == 1; }));
}

TEST_F(SendCommand, TakesTheBackupWhenThePrimaryIsDown)
{
    stage().primary().kill9();
    const QJsonObject answer = sent(u"around"_s, u"delivered"_s);
    EXPECT_EQ(answer.value(u"route"_s)[u"label"_s].toString(), backupLabel());
    EXPECT_TRUE(waitUntil([this] { return bob().timesSeen(u"around"_s) == 1; }));
}

TEST_F(SendCommand, IsSatisfiedBySomeServersWordWhenTheOtherSideIsAway)
{
    ASSERT_EQ(bob().rpc().closeInput(), 0);
    EXPECT_EQ(sent(u"later"_s, u"sent"_s).value(u"state"_s).toString(), u"sent"_s);
}

TEST_F(SendCommand, FailsWhenTheAwaitedStateDoesNotComeAndTheMessageStays)
{
    stage().primary().kill9();
    stage().backup().kill9();
    EXPECT_FALSE(call({u"send"_s, u"--to"_s, bob().name(), u"kept"_s, u"--timeout"_s, u"1"_s}));
    const auto status = call({u"status"_s});
    ASSERT_TRUE(status);
    EXPECT_EQ(QJsonDocument::fromJson(*status)[u"queued"_s].toInt(), 1);
}

TEST_F(SendCommand, FindsALinkReadyAndTheTestOfItGood)
{
    const auto status = call({u"status"_s});
    ASSERT_TRUE(status);
    const QJsonObject first = QJsonDocument::fromJson(*status)[u"transports"_s].toArray().first().toObject();
    EXPECT_EQ(first.value(u"state"_s).toString(), u"ready"_s);
    const auto test = call({u"transport"_s, u"test"_s, primaryLabel()});
    ASSERT_TRUE(test) << test.error().toStdString();
    EXPECT_TRUE(QJsonDocument::fromJson(*test)[u"ok"_s].toBool());
}

} // namespace

} // namespace planb::test
