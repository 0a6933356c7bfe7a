// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/crash/crash_scene.h"

#include <QElapsedTimer>

#include <iostream>

using namespace Qt::StringLiterals;

namespace planb::crash {

using test::Person;

namespace {

/// Counting must have come to rest for so long before a message's way counts as over.
constexpr qint64 kQuietMs = 40;
constexpr Millis kRecovery{30'000};
/// Rounds without a crash that tell how many calls there are.
constexpr int kSurveys = 3;
constexpr int kUsualStride = 1;

int stride()
{
    const int chosen = qEnvironmentVariableIntValue("PLANB_CRASH_STRIDE");
    return chosen > 0 ? chosen : kUsualStride;
}

QString whatIsMissing()
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return u"a sanitizer wants to be the first library of the process, and so does the shim that counts"_s;
#else
    return test::Prosody::whatIsMissing();
#endif
}

} // namespace

void CrashScene::SetUp()
{
    if (const QString missing = whatIsMissing(); !missing.isEmpty())
        GTEST_SKIP() << "Crash points are tried with real processes and a real server; " << qPrintable(missing);
    const auto ca = test::TestCa::make(m_folder.filePath(u"ca"_s));
    ASSERT_TRUE(ca) << qPrintable(ca.error());
    m_caFile = ca->file();
    const auto certificate = ca->issue(u"server"_s, {u"server.test"_s});
    ASSERT_TRUE(certificate) << qPrintable(certificate.error());
    m_server = std::make_unique<test::Prosody>(m_folder.filePath(u"server"_s), u"server.test"_s, *certificate);
    const auto started = m_server->start();
    ASSERT_TRUE(started) << qPrintable(started.error());
    m_crash = std::make_unique<PlannedCrash>(m_folder.filePath(u"crash-plan"_s));
    const auto prepared = m_crash->prepare();
    ASSERT_TRUE(prepared) << qPrintable(prepared.error());
    makePeople();
}

void CrashScene::makePeople()
{
    m_alice = std::make_unique<Person>(u"Alice"_s, m_folder.path());
    m_bob = std::make_unique<Person>(u"Bob"_s, m_folder.path());
    for (Person *person : {m_alice.get(), m_bob.get()}) {
        const auto begun = person->begin();
        ASSERT_TRUE(begun) << qPrintable(begun.error());
        const auto joined = person->join(*m_server, u"Server"_s, m_caFile);
        ASSERT_TRUE(joined) << qPrintable(joined.error());
    }
    ASSERT_TRUE(m_alice->meet(*m_bob));
    ASSERT_TRUE(m_bob->meet(*m_alice));
    m_talk = std::make_unique<failover::RecordedTalk>(*m_alice, *m_bob);
}

void CrashScene::waitUntilReady(Person &person)
{
    const auto ready = person.waitUntilReady(kRecovery);
    ASSERT_TRUE(ready) << qPrintable(ready.error());
}

void CrashScene::waitUntilPromised()
{
    ASSERT_TRUE(test::waitUntil([this] { return !m_talk->way(m_text).id.isEmpty(); }));
}

bool CrashScene::isConfirmed() const
{
    return m_talk->way(m_text).confirmedAt.has_value();
}

void CrashScene::tryEveryPoint(Side victim, const std::function<void()> &prepare, const std::function<void()> &act)
{
    // The shim is loaded with the next start.
    Person &mortal = m_talk->person(victim);
    mortal.rpc().kill9();
    mortal.rpc().setEnvironment(m_crash->environment());
    const auto back = mortal.comeOnline();
    ASSERT_TRUE(back) << qPrintable(back.error());

    int points = 0;
    for (int i = 0; i < kSurveys; ++i) {
        ASSERT_NO_FATAL_FAILURE(playRound(victim, 0, prepare, act));
        points = qMax(points, m_crash->count());
    }
    ASSERT_GT(points, 0) << "nothing was counted: the shim is not at work";
    int deaths = 0;
    m_died = true;
    // Not every life makes the same calls, so the end is where nobody dies any more.
    for (int point = 1; point <= points || m_died; point += stride()) {
        SCOPED_TRACE(testing::Message() << "crash at call " << point << " of about " << points);
        ASSERT_NO_FATAL_FAILURE(playRound(victim, point, prepare, act));
        deaths += m_died ? 1 : 0;
    }
    std::cout << "[  POINTS  ] " << points << " calls, every " << stride() << ". tried, " << deaths << " deaths"
              << std::endl;
    RecordProperty("calls", points);
    RecordProperty("deaths", deaths);
    EXPECT_GE(deaths * stride(), points / 2) << "too few crashes to mean anything";
}

void CrashScene::playRound(Side victim, int crashAt, const std::function<void()> &prepare,
                           const std::function<void()> &act)
{
    ASSERT_NO_FATAL_FAILURE(waitUntilReady(alice()));
    ASSERT_NO_FATAL_FAILURE(waitUntilReady(bob()));
    ASSERT_NO_FATAL_FAILURE(prepare());
    m_crash->arm(crashAt);
    act();
    waitForDeathOrRest(victim);
    m_crash->disarm();
    SCOPED_TRACE(testing::Message() << m_crash->count() << " calls, the last was " << qPrintable(m_crash->lastCall()));
    ASSERT_NO_FATAL_FAILURE(reviveAndJudge(victim));
}

void CrashScene::waitForDeathOrRest(Side victim)
{
    test::RpcClient &client = m_talk->person(victim).rpc();
    int lastCount = -1;
    QElapsedTimer quiet;
    const auto isOver = [&] {
        if (m_crash->count() != lastCount)
            quiet.start();
        lastCount = m_crash->count();
        return !client.isRunning() || (isConfirmed() && quiet.elapsed() > kQuietMs);
    };
    EXPECT_TRUE(test::waitUntil(isOver, kRecovery)) << "the message neither arrived nor did anybody die";
    m_died = !client.isRunning();
}

void CrashScene::reviveAndJudge(Side victim)
{
    if (m_died) {
        const auto back = m_talk->person(victim).comeOnline();
        ASSERT_TRUE(back) << qPrintable(back.error());
    }
    const auto found = m_talk->judge(kRecovery);
    ASSERT_TRUE(found) << qPrintable(found.error());
    ASSERT_TRUE(found->areNone()) << qPrintable(found->toText());
}

} // namespace planb::crash
