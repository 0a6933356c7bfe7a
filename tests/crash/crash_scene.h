// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/crash/planned_crash.h"
#include "tests/failover/recorded_talk.h"
#include "tests/testkit/prosody.h"
#include "tests/testkit/test_ca.h"

#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <functional>
#include <memory>

namespace planb::crash {

/// Alice and Bob with one server. The client of one of them dies at one counted call after the other while a message is
/// on its way; after each death it is started again, and both histories must be in order.
///
/// Every call is tried; with the environment variable PLANB_CRASH_STRIDE=7 every seventh.
class CrashScene : public testing::Test
{
protected:
    using Side = failover::Side;

    void SetUp() override;

    /// `prepare` leads to the moment at which counting begins, `act` lets the message go on its way.
    /// Alice is Side::Left; the message is hers.
    void tryEveryPoint(Side victim, const std::function<void()> &prepare, const std::function<void()> &act);

    failover::RecordedTalk &talk() { return *m_talk; }
    test::Person &alice() { return *m_alice; }
    test::Person &bob() { return *m_bob; }
    test::Prosody &server() { return *m_server; }
    /// Alice says the message of this round.
    void say() { m_text = m_talk->say(Side::Left); }
    void waitUntilReady(test::Person &person);
    void waitUntilPromised(); ///< alice's client has the message of this round

private:
    void makePeople();
    void playRound(Side victim, int crashAt, const std::function<void()> &prepare, const std::function<void()> &act);
    bool isConfirmed() const;
    void waitForDeathOrRest(Side victim);
    void reviveAndJudge(Side victim);

    QTemporaryDir m_folder;
    QString m_caFile;
    std::unique_ptr<test::Prosody> m_server;
    std::unique_ptr<PlannedCrash> m_crash;
    std::unique_ptr<test::Person> m_alice;
    std::unique_ptr<test::Person> m_bob;
    std::unique_ptr<failover::RecordedTalk> m_talk;
    QString m_text;
    bool m_died = false; ///< in this round
};

} // namespace planb::crash
