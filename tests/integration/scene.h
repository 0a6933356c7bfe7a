// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/testkit/person.h"
#include "tests/testkit/plain_xmpp_client.h"
#include "tests/testkit/print_qt.h"
#include "tests/testkit/prosody.h"
#include "tests/testkit/stage.h"
#include "tests/testkit/test_ca.h"
#include "tests/testkit/wait_until.h"

#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <memory>

namespace planb::test {

/// Long enough for a transport to come back by itself after an outage of a few seconds.
inline constexpr Millis kRecovery{30'000};

template<class T>
testing::AssertionResult fine(const Outcome<T> &outcome)
{
    if (outcome)
        return testing::AssertionSuccess();
    return testing::AssertionFailure() << qPrintable(outcome.error());
}

testing::AssertionResult seesOnce(const Person &reader, const QString &text, Millis limit = kPatience);
testing::AssertionResult learnsDelivery(const Person &author, const QStringList &messageIds, Millis limit = kPatience);
testing::AssertionResult linkComesTo(const Person &owner, const QString &label, const QString &state,
                                     Millis limit = kPatience);
/// Everything `author` has stored as sent is in the reader's history once, in the same order, and nothing else is.
testing::AssertionResult historiesAgree(Person &author, Person &reader);
/// `what` is nothing but the words for a failure.
testing::AssertionResult becomesTrue(const char *what, const std::function<bool()> &condition,
                                     Millis limit = kPatience);

/// A folder and an authority; skipped where no server can be run.
class Scene : public testing::Test
{
protected:
    void SetUp() override;

    QString path(const QString &name) const { return m_folder.filePath(name); }
    const TestCa &ca() const { return **m_ca; }
    /// A server for `name`.test, not started yet.
    std::unique_ptr<Prosody> makeServer(const QString &name, Prosody::Options options = {}) const;

private:
    QTemporaryDir m_folder;
    std::unique_ptr<Outcome<TestCa>> m_ca;
};

/// Alice with one server.
class OneServer : public Scene
{
protected:
    void SetUp() override;

    std::unique_ptr<Prosody> primary;
    std::unique_ptr<Person> alice;
};

/// Alice and Bob, each with an account on both servers and the other as a contact, all of it connected.
class TwoServers : public testing::Test
{
protected:
    void SetUp() override;

    /// Both return to the primary this long after it is back.
    void returnAfter(Millis pause);
    Stage &stage() { return *m_stage; }

    // Owned by the stage.
    Prosody *primary = nullptr;
    Prosody *backup = nullptr;
    Person *alice = nullptr;
    Person *bob = nullptr;

private:
    std::unique_ptr<Stage> m_stage;
};

} // namespace planb::test
