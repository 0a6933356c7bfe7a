// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/either_server.h"
#include "tests/integration/scene.h"

#include <QElapsedTimer>
#include <QFile>

#include <cstdio>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace planb::test {

namespace {

// PLANB_ARCHIVE_MESSAGES makes it a measurement, and PLANB_ARCHIVE_PROSODY one of another storage than the test's own:
// lines in Lua for Prosody's configuration, which has to find that many messages there.
int archiveLength()
{
    const int wanted = qEnvironmentVariableIntValue("PLANB_ARCHIVE_MESSAGES");
    return wanted > 0 ? wanted : 2'000;
}

// A line of /proc/PID/status in KiB; 0 where there is none.
qint64 memoryOf(qint64 pid, const QByteArray &line)
{
    QFile file(u"/proc/%1/status"_s.arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &row : file.readAll().split('\n')) {
        if (row.startsWith(line + ':'))
            return row.mid(line.size() + 1).trimmed().split(' ').first().toLongLong();
    }
    return 0;
}

// Of a processor, so far.
double secondsOf(qint64 pid)
{
    QFile file(u"/proc/%1/stat"_s.arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QByteArray all = file.readAll();
    const QList<QByteArray> fields = all.mid(all.lastIndexOf(')') + 2).split(' ');
    return static_cast<double>(fields.value(11).toLongLong() + fields.value(12).toLongLong())
        / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

QString storageLines(int length)
{
    const QString wanted = qEnvironmentVariable("PLANB_ARCHIVE_PROSODY");
    if (!wanted.isEmpty())
        return wanted;
    return u"storage = { archive = \"planb_archive\" }; max_archive_query_results = 100\n"
           "planb_archive_fill = %1"_s.arg(length);
}

} // namespace

/// Alice's account has a long history on the server that her PlanB has never seen.
class LongArchive : public Scene
{
protected:
    void SetUp() override
    {
        Scene::SetUp();
        if (IsSkipped() || HasFatalFailure())
            return;
        Prosody::Options options;
        options.pluginFolder = QStringLiteral(PLANB_TEST_DATA "/prosody");
        options.extraLines = storageLines(m_length);
        primary = makeServer(u"primary"_s, options);
        ASSERT_TRUE(fine(primary->start()));
        ASSERT_TRUE(fine(primary->addUser(u"carol"_s, personPassword())));
        alice = std::make_unique<Person>(u"Alice"_s, path(u"people"_s));
        ASSERT_TRUE(fine(alice->begin()));
        ASSERT_TRUE(fine(alice->meet(u"Carol"_s, {u"carol@primary.test"_s})));
    }

    qint64 unread()
    {
        const auto all = alice->rpc().request(u"conversations.list"_s, {}, Millis(60'000));
        return all ? (*all)[0][u"unread"_s].toInteger() : -1;
    }
    QString lastText()
    {
        const auto all = alice->rpc().request(u"conversations.list"_s, {}, Millis(60'000));
        return all ? (*all)[0][u"lastMessage"_s][u"text"_s].toString() : QString();
    }
    testing::AssertionResult readsAll()
    {
        return becomesTrue(
            "all of it is there", [this] { return lastText() == u"message %1"_s.arg(m_length); }, Millis(300'000));
    }

    const int m_length = archiveLength();
    std::unique_ptr<Prosody> primary;
    std::unique_ptr<Person> alice;
};

TEST_F(LongArchive, IsReadToItsEndInOrder)
{
    const qint64 pid = alice->rpc().pid();
    const qint64 before = memoryOf(pid, "VmRSS");
    const double server = secondsOf(primary->pid()), ours = secondsOf(pid);
    QElapsedTimer time;
    time.start();
    ASSERT_TRUE(fine(alice->join(*primary, primaryLabel(), ca().file())));
    ASSERT_TRUE(becomesTrue(
        "all of it is told", [this] { return alice->arrivals().size() >= m_length; }, Millis(300'000)));
    const qint64 took = time.elapsed();
    std::printf("%d archived messages in %.1f s, %.1f s of a processor here and %.1f s in the server, "
                "memory grew by %.1f MiB\n",
                m_length, static_cast<double>(took) / 1000, secondsOf(pid) - ours, secondsOf(primary->pid()) - server,
                static_cast<double>(memoryOf(pid, "VmHWM") - before) / 1024);
    ASSERT_TRUE(readsAll());
    EXPECT_EQ(unread(), m_length);
    for (int i = 0; i < m_length; ++i)
        ASSERT_EQ(alice->arrivals()[i].text, u"message %1"_s.arg(i + 1));
}

TEST_F(LongArchive, CutInTheMiddleIsReadOnWithoutALossOrARepeat)
{
    ASSERT_TRUE(fine(alice->join(*primary, primaryLabel(), ca().file())));
    ASSERT_TRUE(becomesTrue(
        "a part is there", [this] { return alice->arrivals().size() >= m_length / 4; }, Millis(300'000)));
    alice->rpc().kill9();
    const qsizetype seen = alice->arrivals().size();
    ASSERT_LT(seen, m_length);
    ASSERT_TRUE(fine(alice->comeOnline()));
    ASSERT_TRUE(readsAll());
    EXPECT_EQ(unread(), m_length);
    std::printf("cut after %lld of %d messages; all are there once\n", static_cast<long long>(seen), m_length);
    // What comes next comes by itself, behind all that.
    PlainXmppClient carol({u"carol"_s, primary->domain(), personPassword(), ca().file(), primary->directTlsPort()});
    ASSERT_TRUE(fine(carol.login()));
    ASSERT_TRUE(fine(alice->waitUntilReady()));
    carol.send(u"alice@primary.test"_s, u"and now?"_s, u"live-1"_s);
    EXPECT_TRUE(seesOnce(*alice, u"and now?"_s));
    EXPECT_EQ(lastText(), u"and now?"_s);
}

/// Two clients of one account: what one does the other gets to know, while it is there and afterwards.
class OwnOtherClient
    : public Scene
    , public testing::WithParamInterface<ServerKind>
{
protected:
    void SetUp() override
    {
        if (const QString missing = EitherServer::whatIsMissing(GetParam()); !missing.isEmpty())
            GTEST_SKIP() << qPrintable(missing);
        Scene::SetUp();
        if (IsSkipped() || HasFatalFailure())
            return;
        const auto certificate = ca().issue(u"primary"_s, {u"primary.test"_s});
        ASSERT_TRUE(fine(certificate));
        server = std::make_unique<EitherServer>(GetParam(), path(u"primary"_s), u"primary.test"_s, *certificate);
        ASSERT_TRUE(fine(server->start({u"alice"_s, u"carol"_s})));
        alice = std::make_unique<Person>(u"Alice"_s, path(u"people"_s));
        ASSERT_TRUE(fine(alice->begin()));
        ASSERT_TRUE(fine(alice->meet(u"Carol"_s, {u"carol@primary.test"_s})));
        ASSERT_TRUE(fine(alice->addTransport(primaryLabel(), server->settingsFor(*alice, ca().file()))));
        ASSERT_TRUE(fine(alice->waitUntilReady()));
        phone = server->clientOf(u"alice"_s, ca().file());
        carol = server->clientOf(u"carol"_s, ca().file());
        ASSERT_TRUE(fine(phone->login()));
        ASSERT_TRUE(fine(carol->login()));
    }

    QStringList texts(const QString &direction)
    {
        const auto all = alice->texts(direction);
        return all ? *all : QStringList{all.error()};
    }

    std::unique_ptr<EitherServer> server;
    std::unique_ptr<Person> alice;
    std::unique_ptr<PlainXmppClient> phone, carol;
};

INSTANTIATE_TEST_SUITE_P(On, OwnOtherClient, testing::Values(ServerKind::Prosody, ServerKind::Ejabberd),
                         [](const auto &test) { return test.param == ServerKind::Prosody ? "Prosody" : "Ejabberd"; });

TEST_P(OwnOtherClient, IsFollowedWhileBothAreOnline)
{
    phone->send(u"carol@primary.test"_s, u"from my phone"_s, u"p1"_s);
    EXPECT_TRUE(becomesTrue("the copy is there", [this] { return texts(u"out"_s).contains(u"from my phone"_s); }));
    EXPECT_TRUE(becomesTrue("carol has it", [this] { return carol->countOf(u"from my phone"_s) == 1; }));
}

TEST_P(OwnOtherClient, IsFollowedAfterAnAbsence)
{
    ASSERT_EQ(alice->rpc().closeInput(), 0);
    phone->send(u"carol@primary.test"_s, u"while you were away"_s, u"p2"_s);
    ASSERT_TRUE(becomesTrue("carol has it", [this] { return carol->countOf(u"while you were away"_s) == 1; }));
    carol->send(u"alice@primary.test"_s, u"answered the phone"_s, u"c1"_s);
    ASSERT_TRUE(becomesTrue("the phone has it", [this] { return phone->countOf(u"answered the phone"_s) == 1; }));
    ASSERT_TRUE(fine(alice->comeOnline()));
    // The archive of ejabberd's own database may show it a moment after it was asked.
    EXPECT_TRUE(seesOnce(*alice, u"answered the phone"_s, kRecovery));
    EXPECT_EQ(texts(u"out"_s), QStringList({u"while you were away"_s}));
    const auto all = alice->history();
    ASSERT_TRUE(fine(all));
    EXPECT_EQ(all->size(), 2);
}

// More than a page, from a server that gives it one page at a time.
TEST_P(OwnOtherClient, ReadsWhatCameInALongAbsenceInOrder)
{
    constexpr int kMany = 250;
    carol->send(u"alice@primary.test"_s, u"before"_s, u"before"_s);
    ASSERT_TRUE(seesOnce(*alice, u"before"_s));
    ASSERT_EQ(alice->rpc().closeInput(), 0);
    QStringList said{u"before"_s};
    for (int i = 1; i <= kMany; ++i) {
        said.append(u"missed %1"_s.arg(i));
        carol->send(u"alice@primary.test"_s, said.back(), u"missed-%1"_s.arg(i));
    }
    // The phone takes them all, so that none waits for Alice but in the archive.
    ASSERT_TRUE(becomesTrue(
        "the phone has them", [&] { return phone->countOf(said.back()) == 1; }, Millis(60'000)));
    ASSERT_TRUE(fine(alice->comeOnline()));
    ASSERT_TRUE(seesOnce(*alice, said.back(), Millis(60'000)));
    EXPECT_EQ(texts(u"in"_s), said);
}

TEST_P(OwnOtherClient, AForgedCopyShowsNothing)
{
    const QString inner = u"<forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' "
                          "from='boss@primary.test' to='alice@primary.test' type='chat' id='f'><body>pay now</body>"
                          "</message></forwarded>"_s;
    for (const QString &copy : {u"<received xmlns='urn:xmpp:carbons:2'>"_s + inner + u"</received>"_s,
                                u"<sent xmlns='urn:xmpp:carbons:2'>"_s + inner + u"</sent>"_s,
                                u"<result xmlns='urn:xmpp:mam:2' id='x'>"_s + inner + u"</result>"_s})
        carol->sendRaw(u"<message to='alice@primary.test' type='chat'>"_s + copy + u"</message>"_s);
    carol->send(u"alice@primary.test"_s, u"the end"_s, u"e1"_s);
    ASSERT_TRUE(seesOnce(*alice, u"the end"_s));
    EXPECT_EQ(alice->timesSeen(u"pay now"_s), 0);
}

} // namespace planb::test
