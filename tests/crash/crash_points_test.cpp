// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/crash/crash_scene.h"

using namespace Qt::StringLiterals;

namespace planb::crash {

/// What was promised is kept and nothing is repeated, at whichever call the process dies.
class CrashPoint : public CrashScene
{
protected:
    /// Does not wait for the first answer: the process may die before it.
    static void startWithoutWaiting(test::Person &person)
    {
        const auto launched = person.rpc().launch();
        ASSERT_TRUE(launched) << qPrintable(launched.error());
    }
};

TEST_F(CrashPoint, OfTheSenderWhileAMessageIsSent)
{
    tryEveryPoint(
        Side::Left, [] {}, [this] { say(); });
}

TEST_F(CrashPoint, OfTheReceiverWhileAMessageArrives)
{
    tryEveryPoint(
        Side::Right, [] {}, [this] { say(); });
}

TEST_F(CrashPoint, OfTheSenderWhileItStartsWithAMessageInHand)
{
    const auto prepare = [this] {
        server().freeze(); // nothing is confirmed before the new life
        say();
        waitUntilPromised();
        alice().rpc().kill9();
    };
    const auto act = [this] {
        server().thaw();
        startWithoutWaiting(alice());
    };
    tryEveryPoint(Side::Left, prepare, act);
}

TEST_F(CrashPoint, OfTheReceiverWhileItStartsWithAMessageWaiting)
{
    const auto prepare = [this] {
        bob().rpc().kill9();
        say();
        waitUntilPromised();
    };
    tryEveryPoint(Side::Right, prepare, [this] { startWithoutWaiting(bob()); });
}

} // namespace planb::crash
