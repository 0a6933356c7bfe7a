// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/planbctl.h"
#include "tests/testkit/free_ports.h"
#include "tests/testkit/rpc_client.h"
#include "tests/testkit/wait_until.h"

#include <QFile>

#include <gtest/gtest.h>

#ifndef Q_OS_WIN
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;

const QJsonObject kBob{
    {u"name"_s, u"Bob"_s},
    {u"addresses"_s, QJsonArray{QJsonObject{{u"kind"_s, u"xmpp"_s}, {u"address"_s, u"bob@primary.test"_s}}}}};

QByteArray infoCall(int id)
{
    return rpcCall(u"profile.info"_s, {}, id);
}

class RpcProcess : public testing::Test
{
protected:
    /// Nothing that waits for input is left.
    static bool ends(QProcess &process)
    {
        return waitUntil([&process] { return process.state() == QProcess::NotRunning; });
    }

    static bool answersOnce(QProcess &process)
    {
        return waitUntil([&process] { return process.canReadLine(); });
    }

    Planbctl ctl;
};

TEST_F(RpcProcess, EndsCleanlyAtTheEndOfInput)
{
    ASSERT_TRUE(ctl.init());
    const Ending ending = ctl.call({u"rpc"_s});
    EXPECT_EQ(ending.exitCode, 0);
    EXPECT_EQ(ending.out, QByteArray());
}

TEST_F(RpcProcess, AnswersEverythingThatWasAskedBeforeTheEndOfInput)
{
    ASSERT_TRUE(ctl.init());
    constexpr int kCount = 1000;
    QByteArray input;
    for (int i = 0; i < kCount; ++i)
        input += infoCall(i);
    const Ending ending = ctl.call({u"rpc"_s}, input.chopped(1));
    EXPECT_EQ(ending.exitCode, 0);
    const QList<QJsonObject> answers = rpcLines(ending.out).answers;
    ASSERT_EQ(answers.size(), kCount);
    for (int i = 0; i < kCount; ++i)
        EXPECT_EQ(answers[i].value(u"id"_s).toInt(), i);
}

TEST_F(RpcProcess, StartsWithoutAProfileAndMakesOne)
{
    const Ending ending = ctl.call({u"rpc"_s},
                                   infoCall(1) + rpcCall(u"transports.kinds"_s, {}, 2)
                                       + rpcCall(u"profile.unlock"_s, {{u"passphrase"_s, u"x"_s}}, 3)
                                       + rpcCall(u"profile.create"_s, {{u"name"_s, u"Alice"_s}}, 4) + infoCall(5)
                                       + rpcCall(u"profile.create"_s, {{u"name"_s, u"Again"_s}}, 6));
    EXPECT_EQ(ending.exitCode, 0);
    const QList<QJsonObject> answers = rpcLines(ending.out).answers;
    ASSERT_EQ(answers.size(), 6);
    EXPECT_EQ(failureCode(answers[0]), u"ProfileMissing"_s);
    EXPECT_EQ(answers[1].value(u"result"_s)[0][u"kind"_s].toString(), u"xmpp"_s);
    EXPECT_EQ(failureCode(answers[2]), u"ProfileMissing"_s);
    EXPECT_EQ(answers[3].value(u"result"_s).toObject(),
              (QJsonObject{{u"name"_s, u"Alice"_s}, {u"fingerprint"_s, QJsonValue::Null}}));
    EXPECT_EQ(answers[4].value(u"result"_s)[u"name"_s].toString(), u"Alice"_s);
    EXPECT_FALSE(answers[4].value(u"result"_s)[u"version"_s].toString().isEmpty());
    EXPECT_EQ(failureCode(answers[5]), u"ProfileExists"_s);
}

TEST_F(RpcProcess, UnlocksAProfileByItsPassphrase)
{
    const QJsonObject making{{u"name"_s, u"Alice"_s}, {u"passphrase"_s, u"open sesame"_s}};
    ASSERT_EQ(ctl.call({u"rpc"_s}, rpcCall(u"profile.create"_s, making, 1)).exitCode, 0);
    const Ending ending = ctl.call(
        {u"rpc"_s},
        infoCall(1) + rpcCall(u"profile.unlock"_s, {{u"passphrase"_s, u"open barley"_s}}, 2) + infoCall(3)
            + rpcCall(u"profile.unlock"_s, {{u"passphrase"_s, u"open sesame"_s}}, 4) + infoCall(5));
    const QList<QJsonObject> answers = rpcLines(ending.out).answers;
    ASSERT_EQ(answers.size(), 5);
    EXPECT_EQ(failureCode(answers[0]), u"ProfileLocked"_s);
    EXPECT_EQ(failureCode(answers[1]), u"WrongPassphrase"_s);
    EXPECT_EQ(failureCode(answers[2]), u"ProfileLocked"_s);
    EXPECT_EQ(answers[3].value(u"result"_s), QJsonValue(QJsonObject()));
    EXPECT_EQ(answers[4].value(u"result"_s)[u"name"_s].toString(), u"Alice"_s);
    EXPECT_FALSE((ending.out + ending.err).contains("sesame"));
    EXPECT_FALSE((ending.out + ending.err).contains("barley"));
}

TEST_F(RpcProcess, RefusesAProfileThatIsInUseAndLeavesItAlone)
{
    ASSERT_TRUE(ctl.init());
    RpcClient first(ctl.folder());
    const auto started = first.start();
    ASSERT_TRUE(started) << started.error().toStdString();
    for (const QStringList &words : {QStringList{u"rpc"_s}, {u"contact"_s, u"list"_s}, {u"status"_s}}) {
        const Ending second = ctl.call(words, infoCall(1));
        EXPECT_EQ(second.exitCode, 1) << words.join(u' ').toStdString();
        EXPECT_EQ(second.out, QByteArray());
        EXPECT_TRUE(second.err.startsWith("planbctl: ") && second.err.contains("in use")) << second.err.constData();
        EXPECT_TRUE(second.err.contains("planbctl rpc")) << "says no way out: " << second.err.constData();
    }
    EXPECT_TRUE(first.request(u"contacts.list"_s));
    EXPECT_EQ(first.closeInput(), 0);
}

TEST_F(RpcProcess, SurvivesItsOwnViolentEnd)
{
    ASSERT_TRUE(ctl.init());
    RpcClient before(ctl.folder());
    ASSERT_TRUE(before.start());
    const auto bob = before.request(u"contacts.add"_s, kBob);
    ASSERT_TRUE(bob);
    const QJsonValue conversation = (*bob)[u"conversationId"_s];
    const auto sent = before.request(u"messages.send"_s, {{u"to"_s, (*bob)[u"id"_s]}, {u"text"_s, u"kept"_s}});
    ASSERT_TRUE(sent);
    before.kill9();

    RpcClient after(ctl.folder());
    ASSERT_TRUE(after.start());
    const auto page = after.request(u"messages.list"_s, {{u"conversationId"_s, conversation}});
    ASSERT_TRUE(page);
    ASSERT_EQ(page->toArray().size(), 1);
    EXPECT_EQ((*page)[0][u"id"_s], (*sent)[u"messageId"_s]);
    EXPECT_EQ((*page)[0][u"text"_s].toString(), u"kept"_s);
    EXPECT_EQ(after.closeInput(), 0);
}

#ifndef Q_OS_WIN // a shell, signals

TEST_F(RpcProcess, EndsCleanlyWithoutAStandardInput)
{
    ASSERT_TRUE(ctl.init());
    const Ending ending = ctl.shell(u"$CTL rpc <&-"_s);
    EXPECT_EQ(ending.exitCode, 0) << ending.err.constData();
}

TEST_F(RpcProcess, ReadsItsInputFromAFile)
{
    ASSERT_TRUE(ctl.init());
    const Ending ending = ctl.shell(u"cat > \"$XDG_RUNTIME_DIR.in\" && $CTL rpc < \"$XDG_RUNTIME_DIR.in\""_s,
                                    infoCall(1));
    EXPECT_EQ(ending.exitCode, 0) << ending.err.constData();
    EXPECT_EQ(rpcLines(ending.out).answers.size(), 1);
}

TEST_F(RpcProcess, EndsCleanlyWhenNobodyReadsItsAnswers)
{
    ASSERT_TRUE(ctl.init());
    QByteArray many;
    for (int i = 0; i < 20'000; ++i)
        many += infoCall(i);
    const Ending ending = ctl.shell(u"{ $CTL rpc; echo \"status $?\" >&2; } | head -n 1"_s, many);
    EXPECT_TRUE(ending.err.contains("status 0")) << ending.err.constData();
}

TEST_F(RpcProcess, FailsWhenItsOutputCannotBeWritten)
{
    ASSERT_TRUE(ctl.init());
    const Ending closed = ctl.shell(u"$CTL contact list --json >&-"_s);
    EXPECT_EQ(closed.exitCode, 1);
    EXPECT_TRUE(closed.err.contains("could not be written")) << closed.err.constData();
    EXPECT_EQ(ctl.call({u"contact"_s, u"list"_s}).exitCode, 0);
}

TEST_F(RpcProcess, EndsCleanlyWhenAskedTo)
{
    ASSERT_TRUE(ctl.init());
    QProcess process;
    ASSERT_TRUE(ctl.start(process, {u"rpc"_s}));
    process.write(infoCall(1));
    ASSERT_TRUE(answersOnce(process));
    process.terminate();
    ASSERT_TRUE(ends(process));
    EXPECT_EQ(process.exitStatus(), QProcess::NormalExit);
    EXPECT_EQ(process.exitCode(), 0);
}

TEST_F(RpcProcess, EndsCleanlyWhenAskedToWhileItsReaderHangs)
{
    ASSERT_TRUE(ctl.init());
    const QByteArray pipe = QFile::encodeName(ctl.folder() + u".pipe"_s);
    ASSERT_EQ(mkfifo(pipe.constData(), 0600), 0);
    const int reader = open(pipe.constData(), O_RDWR | O_NONBLOCK); // never read from
    ASSERT_GE(reader, 0);
    QProcess process;
    process.setStandardOutputFile(QFile::decodeName(pipe));
    ASSERT_TRUE(ctl.start(process, {u"rpc"_s}));
    for (int i = 0; i < 5000; ++i)
        process.write(infoCall(i));
    // Full: what is free is less than one answer.
    constexpr int kNearlyFull = 60'000;
    EXPECT_TRUE(waitUntil([reader] {
        int waiting = 0;
        return ioctl(reader, FIONREAD, &waiting) == 0 && waiting > kNearlyFull;
    }));
    process.terminate();
    EXPECT_TRUE(ends(process));
    EXPECT_EQ(process.exitStatus(), QProcess::NormalExit);
    EXPECT_EQ(process.exitCode(), 0);
    close(reader);
}

TEST_F(RpcProcess, WatchesUntilItIsInterrupted)
{
    ASSERT_TRUE(ctl.init());
    ctl.setEnvironment(u"PLANB_PASSWORD"_s, u"pencil"_s);
    ASSERT_EQ(
        ctl.call({u"transport"_s, u"add"_s, u"xmpp"_s, u"--label"_s, u"Primary"_s, u"--jid"_s, u"alice@primary.test"_s,
                  u"--host"_s, u"127.0.0.1"_s, u"--port"_s, QString::number(freePorts(1).first())})
            .exitCode,
        0);
    for (const QStringList &words : {QStringList{u"watch"_s}, {u"watch"_s, u"--json"_s}}) {
        QProcess process;
        ASSERT_TRUE(ctl.start(process, words));
        ASSERT_TRUE(answersOnce(process)) << process.readAllStandardError().constData();
        EXPECT_TRUE(process.readLine().contains("Primary"));
        process.terminate();
        ASSERT_TRUE(ends(process));
        EXPECT_EQ(process.exitStatus(), QProcess::NormalExit);
        EXPECT_EQ(process.exitCode(), 0);
    }
}

#endif

} // namespace

} // namespace planb::test
