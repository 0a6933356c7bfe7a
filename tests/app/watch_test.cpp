// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/child_process.h"
#include "tests/testkit/plain_xmpp_client.h"
#include "tests/testkit/stage.h"
#include "tests/testkit/wait_until.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;

/// planbctl watch, and everything it has printed so far.
class Watcher
{
public:
    Watcher(const QString &profile, const QStringList &options)
    {
        endWithParent(m_process);
        m_process.start(planbctlProgram(), QStringList{u"--profile"_s, profile, u"watch"_s} + options);
    }

    ~Watcher()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    Watcher(const Watcher &) = delete;
    Watcher &operator=(const Watcher &) = delete;

    testing::AssertionResult prints(const QByteArray &words)
    {
        const auto isThere = [this, &words] {
            m_out += m_process.readAllStandardOutput();
            return m_out.contains(words);
        };
        if (waitUntil(isThere))
            return testing::AssertionSuccess();
        return testing::AssertionFailure() << words.constData() << " is not in:\n"
                                           << m_out.constData() << m_process.readAllStandardError().constData();
    }

    const QByteArray &out() const { return m_out; }

    /// Interrupted, it ends well.
    void stop()
    {
        m_process.terminate();
        ASSERT_TRUE(waitUntil([this] { return m_process.state() == QProcess::NotRunning; }));
        EXPECT_EQ(m_process.exitCode(), 0) << m_process.readAllStandardError().constData();
    }

private:
    QProcess m_process;
    QByteArray m_out;
};

/// Bob's rpc runs; Alice has what Bob said while another command of hers ran, and now watches.
class WatchCommand : public testing::Test
{
protected:
    void SetUp() override
    {
        if (const QString missing = Prosody::whatIsMissing(); !missing.isEmpty())
            GTEST_SKIP() << missing.toStdString();
        auto built = Stage::build();
        ASSERT_TRUE(built) << built.error().toStdString();
        m_stage = std::move(*built);
        ASSERT_TRUE(bob().say(u"first"_s));
        ASSERT_TRUE(bob().say(u"second"_s));
        ASSERT_TRUE(waitUntil([this] { return alice().timesSeen(u"second"_s) == 1; }));
        ASSERT_EQ(alice().rpc().closeInput(), 0);
    }

    Person &alice() { return m_stage->alice(); }
    Person &bob() { return m_stage->bob(); }
    Stage &stage() { return *m_stage; }

    Watcher watch(const QStringList &options = {}) { return Watcher(alice().profileFolder(), options); }

    QByteArray call(const QStringList &arguments)
    {
        const auto out = runPlanbctl(alice().profileFolder(), arguments);
        EXPECT_TRUE(out) << (out ? "" : out.error().toStdString());
        return out ? *out : QByteArray();
    }
    QByteArray history() { return call({u"message"_s, u"list"_s, bob().name()}); }

    void tellBob(const QString &method, const QJsonObject &params)
    {
        const RpcReply reply = bob().rpc().request(method, params);
        EXPECT_TRUE(reply) << method.toStdString();
    }

private:
    std::unique_ptr<Stage> m_stage;
};

} // namespace

TEST_F(WatchCommand, PrintsWhatWaitedOnceAndThenItIsRead)
{
    EXPECT_EQ(history().count("unread via "), 2) << history().constData();
    EXPECT_TRUE(call({u"conversation"_s, u"list"_s}).contains("2 unread"));
    auto first = watch();
    EXPECT_TRUE(first.prints("second"));
    EXPECT_EQ(first.out().count("waited: m"), 2) << first.out().constData();
    EXPECT_LT(first.out().indexOf(": first"), first.out().indexOf(": second"));
    ASSERT_TRUE(bob().say(u"third"_s));
    EXPECT_TRUE(first.prints(": third"));
    EXPECT_EQ(first.out().count("waited: m"), 2) << first.out().constData();
    EXPECT_FALSE(first.out().contains("is read via")) << first.out().constData();
    first.stop();
    EXPECT_EQ(history().count("unread"), 0) << history().constData();
    auto second = watch();
    EXPECT_TRUE(second.prints("is ready"));
    EXPECT_FALSE(second.out().contains("waited: m")) << second.out().constData();
}

TEST_F(WatchCommand, LeavesUnreadWhatNobodyReads)
{
    auto watcher = watch({u"--keep-unread"_s, u"--json"_s});
    EXPECT_TRUE(watcher.prints("second"));
    ASSERT_TRUE(bob().say(u"third"_s));
    EXPECT_TRUE(watcher.prints("third"));
    watcher.stop();
    EXPECT_EQ(watcher.out().count("\"message.waiting\""), 2) << watcher.out().constData();
    EXPECT_EQ(history().count("unread"), 3) << history().constData();
}

TEST_F(WatchCommand, TellsProgramsWhatWaitedBeforeAnythingElse)
{
    auto watcher = watch({u"--json"_s});
    EXPECT_TRUE(watcher.prints("message.waiting"));
    const QJsonDocument line = QJsonDocument::fromJson(watcher.out().left(watcher.out().indexOf('\n')));
    EXPECT_EQ(line[u"method"_s].toString(), u"message.waiting"_s);
    EXPECT_EQ(line[u"params"_s][u"message"_s][u"text"_s].toString(), u"first"_s);
}

TEST_F(WatchCommand, PrintsWhatIsSaidAboutMessages)
{
    auto watcher = watch();
    const auto id = bob().say(u"see you at six"_s);
    ASSERT_TRUE(id);
    EXPECT_TRUE(watcher.prints("see you at six"));
    tellBob(u"messages.correct"_s, {{u"messageId"_s, *id}, {u"text"_s, u"see you at seven"_s}});
    EXPECT_TRUE(watcher.prints("(corrected): see you at seven"));
    tellBob(u"messages.react"_s, {{u"messageId"_s, *id}, {u"reactions"_s, QJsonArray{u"👍"_s}}});
    EXPECT_TRUE(watcher.prints("(they: 👍)"));
    tellBob(u"messages.retract"_s, {{u"messageId"_s, *id}});
    EXPECT_TRUE(watcher.prints("(taken back)"));
}

TEST_F(WatchCommand, PrintsWhoAsksAndWhoAskedInTheMeantime)
{
    const Prosody &server = stage().primary();
    ASSERT_TRUE(server.addUser(u"eve"_s, u"pw"_s));
    PlainXmppClient eve({u"eve"_s, server.domain(), u"pw"_s, stage().caFile(), server.directTlsPort()});
    ASSERT_TRUE(eve.login());
    auto first = watch({u"--keep-unread"_s});
    eve.sendRaw(u"<presence type='subscribe' to='alice@%1'><status>let me</status></presence>"_s.arg(server.domain()));
    const QByteArray asks = eve.bareJid().toUtf8() + " asks to see when you are there: let me";
    EXPECT_TRUE(first.prints(asks));
    EXPECT_FALSE(first.out().contains("waited: " + asks)) << first.out().constData();
    first.stop();
    auto second = watch();
    EXPECT_TRUE(second.prints("waited: " + asks));
}

TEST_F(WatchCommand, IsFollowedByTheWayOfWhatWasSent)
{
    stage().primary().kill9();
    const QByteArray sent = call({u"send"_s, u"--to"_s, bob().name(), u"around"_s, u"--wait"_s, u"delivered"_s,
                                  u"--timeout"_s, u"20"_s, u"--json"_s});
    const QString id = QJsonDocument::fromJson(sent)[u"messageId"_s].toString();
    const QByteArray way = call({u"message"_s, u"way"_s, id});
    EXPECT_TRUE(way.startsWith(id.toUtf8() + " is delivered via " + backupLabel().toUtf8())) << way.constData();
    EXPECT_TRUE(way.contains("accepted at ")) << way.constData();
    EXPECT_TRUE(history().contains("delivered via " + backupLabel().toUtf8() + ", not encrypted"))
        << history().constData();
}

} // namespace planb::test
