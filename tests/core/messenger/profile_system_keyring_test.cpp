// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/keyring_system.h"

#include "tests/testkit/wait_until.h"

#include <QSemaphore>
#include <QThread>

#include <gtest/gtest.h>

#include <memory>

namespace planb::test {
namespace {

using namespace Qt::StringLiterals;

/// The application's thread runs no event loop here, so the keyring's question is never even put: it cannot answer.
class SilentKeyringTest : public testing::Test
{
protected:
    void SetUp() override
    {
        // Whatever the queued question does at the end, it must not reach the keyring of who runs the tests.
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
    }

    // Asks on another thread and waits, without events of our own, for its answer.
    Failure answerOf(const std::function<void(Keyring &, std::function<void(const Failure &)>)> &question)
    {
        QThread thread;
        QObject context;
        context.moveToThread(&thread);
        std::unique_ptr<SystemKeyring> keyring;
        QSemaphore answered;
        Failure failure{FailureCode::Cancelled, {}, {}};
        QObject::connect(&thread, &QThread::started, &context, [&] {
            keyring = std::make_unique<SystemKeyring>(Millis(1));
            question(*keyring, [&](const Failure &answer) {
                failure = answer;
                answered.release();
            });
        });
        QObject::connect(
            &thread, &QThread::finished, &context, [&] { keyring.reset(); }, Qt::DirectConnection);
        thread.start();
        EXPECT_TRUE(answered.tryAcquire(1, static_cast<int>(kPatience.count())));
        thread.quit();
        thread.wait();
        return failure;
    }
};

TEST_F(SilentKeyringTest, IsUnavailableWhenItDoesNotGiveAnAnswerInTime)
{
    const Failure failure = answerOf([](Keyring &keyring, const auto &done) {
        keyring.load(u"profile"_s, [done](const Result<SecretBytes> &key) { done(key.error()); });
    });
    EXPECT_EQ(failure.code, FailureCode::KeyringUnavailable);
}

TEST_F(SilentKeyringTest, IsUnavailableWhenItDoesNotTakeTheKeyInTime)
{
    const Failure failure = answerOf([](Keyring &keyring, const auto &done) {
        keyring.store(u"profile"_s, SecretBytes(kDatabaseKeyBytes),
                      [done](const Result<void> &stored) { done(stored.error()); });
    });
    EXPECT_EQ(failure.code, FailureCode::KeyringUnavailable);
}

} // namespace
} // namespace planb::test
