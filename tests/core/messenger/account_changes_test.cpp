// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transport/own_account.h"
#include "tests/core/messenger/profile_at_work.h"
#include "tests/testkit/wait_until.h"

#include <QCoreApplication>

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;

/// A server that answers when the test wants it.
class PatientAccount final : public OwnAccount
{
public:
    void changePassword(const QString &password, Done done) override
    {
        asked = password;
        waiting = std::move(done);
    }
    void remove(Done done) override { waiting = std::move(done); }

    QString asked;
    Done waiting;
};

class AccountChangesTest : public testing::Test
{
protected:
    AccountChangesTest() { alice.transport(0).ownAccount = &account; }

    TransportId id() { return alice.profile().transports().value().first().id; }
    void change(const QString &password)
    {
        alice.profile().accounts().changePassword(id(), password,
                                                  [this](const Result<void> &result) { answers.append(result); });
    }
    QString storedPassword()
    {
        return alice.anotherHandle()->transports().all().value().first().settings.value(u"password"_s).toString();
    }

    PatientAccount account;
    ProfileAtWork alice{{u"alice@primary.test"_s}};
    QList<Result<void>> answers;
};

Result<void> failed(FailureCode code)
{
    return fail(code);
}

} // namespace

TEST_F(AccountChangesTest, ANewPasswordIsStoredOnceTheServerHasIt)
{
    change(u"next"_s);
    EXPECT_EQ(account.asked, u"next"_s);
    EXPECT_EQ(storedPassword(), QString());
    account.waiting({});
    ASSERT_EQ(answers.size(), 1);
    EXPECT_TRUE(answers[0]);
    EXPECT_EQ(storedPassword(), u"next"_s);
}

TEST_F(AccountChangesTest, ARefusedPasswordIsForgotten)
{
    change(u"next"_s);
    account.waiting(failed(FailureCode::RequestRefused));
    ASSERT_EQ(answers.size(), 1);
    EXPECT_FALSE(answers[0]);
    alice.transport(0).lose(FailureCode::AuthenticationFailed);
    EXPECT_FALSE(waitUntil([&] { return !storedPassword().isEmpty(); }, Millis(50)));
}

TEST_F(AccountChangesTest, APasswordWhoseAnswerWasLostIsTriedWhenTheOldOneIsRefused)
{
    change(u"next"_s);
    account.waiting(failed(FailureCode::ConnectionLost));
    EXPECT_EQ(storedPassword(), QString());
    alice.transport(0).lose(FailureCode::AuthenticationFailed);
    EXPECT_TRUE(waitUntil([&] { return storedPassword() == u"next"_s; }));
}

TEST_F(AccountChangesTest, APasswordWhoseAnswerNeverCameIsTriedAfterARestart)
{
    change(u"next"_s);
    account.waiting = {};
    alice.restart();
    alice.transport(0).lose(FailureCode::AuthenticationFailed);
    EXPECT_TRUE(waitUntil([&] { return storedPassword() == u"next"_s; }));
}

TEST_F(AccountChangesTest, APasswordWhoseAnswerWasLostIsForgottenWhenTheOldOneStillWorks)
{
    alice.transport(0).becomeReady();
    change(u"next"_s);
    QCoreApplication::processEvents(); // the news of the login before the question
    account.waiting(failed(FailureCode::ConnectionLost));
    alice.transport(0).lose();
    alice.transport(0).becomeReady();
    QCoreApplication::processEvents();
    alice.transport(0).lose(FailureCode::AuthenticationFailed);
    QCoreApplication::processEvents();
    EXPECT_EQ(storedPassword(), QString());
}

TEST_F(AccountChangesTest, APasswordWhoseAnswerWasLostIsNotForgottenForALoginBeforeTheQuestion)
{
    alice.transport(0).becomeReady();
    change(u"next"_s);
    QCoreApplication::processEvents();
    account.waiting(failed(FailureCode::ConnectionLost));
    alice.transport(0).lose(FailureCode::AuthenticationFailed);
    EXPECT_TRUE(waitUntil([&] { return storedPassword() == u"next"_s; }));
}

TEST_F(AccountChangesTest, ADeletedAccountLeavesNothingOfItsPeopleAndPasswords)
{
    const TransportId gone = id();
    const auto other = alice.anotherHandle();
    ASSERT_TRUE(other->people().addRequest(
        PresenceRequest{gone, *Address::parse(TransportKind::Xmpp, u"eve@x.example"_s), {}, {}, {}}));
    change(u"next"_s);
    account.waiting(failed(FailureCode::ConnectionLost));
    alice.profile().accounts().deleteAccount(gone, [this](const Result<void> &result) { answers.append(result); });
    account.waiting({});
    ASSERT_TRUE(answers.last());
    EXPECT_TRUE(alice.profile().people().requests().value().isEmpty());
    EXPECT_FALSE(alice.anotherHandle()->settings().get(u"account.%1.nextPassword"_s.arg(gone.toString())).value());
}

TEST_F(AccountChangesTest, AnswersEvenWhenTheProfileIsClosedMeanwhile)
{
    change(u"next"_s);
    alice.restart();
    account.waiting({});
    EXPECT_EQ(answers.size(), 1);
}

TEST_F(AccountChangesTest, ADeletedAccountTakesItsTransportAlong)
{
    alice.profile().accounts().deleteAccount(id(), [this](const Result<void> &result) { answers.append(result); });
    EXPECT_EQ(alice.profile().transports()->size(), 1);
    account.waiting({});
    ASSERT_EQ(answers.size(), 1);
    EXPECT_TRUE(answers[0]);
    EXPECT_EQ(alice.profile().transports()->size(), 0);
}

TEST_F(AccountChangesTest, AnAccountThatCouldNotBeDeletedKeepsItsTransport)
{
    alice.profile().accounts().deleteAccount(id(), [this](const Result<void> &result) { answers.append(result); });
    account.waiting(failed(FailureCode::ConnectionLost));
    EXPECT_EQ(alice.profile().transports()->size(), 1);
}

TEST_F(AccountChangesTest, AreNotForTransportsWithoutAnAccount)
{
    alice.transport(0).ownAccount = nullptr;
    change(u"next"_s);
    ASSERT_EQ(answers.size(), 1);
    EXPECT_EQ(answers[0].error().code, FailureCode::NotSupported);
    alice.profile().accounts().changePassword(TransportId(99), u"x"_s,
                                              [this](const Result<void> &result) { answers.append(result); });
    EXPECT_EQ(answers.last().error().code, FailureCode::UnknownTransport);
}

} // namespace planb::test
