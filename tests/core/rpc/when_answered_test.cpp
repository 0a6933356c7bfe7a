// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rpc/when_answered.h"

#include <QCoreApplication>
#include <QPromise>

#include <gtest/gtest.h>

#include <memory>

namespace planb::rpc {

namespace {

class WhenAnswered : public testing::Test
{
protected:
    WhenAnswered() { m_promise->start(); }

    void listen()
    {
        whenAnswered(m_promise->future(), m_context.get(),
                     [this](const Result<int> &result) { m_heard.append(result); });
    }

    static void deliver() { QCoreApplication::sendPostedEvents(); }

    std::unique_ptr<QPromise<Result<int>>> m_promise = std::make_unique<QPromise<Result<int>>>();
    std::unique_ptr<QObject> m_context = std::make_unique<QObject>();
    QList<Result<int>> m_heard;
};

TEST_F(WhenAnswered, HearsTheAnswerOnceAndNotBeforeItReturns)
{
    m_promise->addResult(Result<int>(7));
    m_promise->finish();
    listen();
    EXPECT_TRUE(m_heard.isEmpty());
    deliver();
    deliver();
    ASSERT_EQ(m_heard.size(), 1);
    EXPECT_EQ(*m_heard[0], 7);
}

TEST_F(WhenAnswered, HearsAFailureAsOne)
{
    listen();
    m_promise->addResult(Result<int>(fail(FailureCode::UnknownContact)));
    m_promise->finish();
    deliver();
    ASSERT_EQ(m_heard.size(), 1);
    EXPECT_EQ(m_heard[0].error().code, FailureCode::UnknownContact);
}

TEST_F(WhenAnswered, HearsThatNobodyIsLeftToAnswer)
{
    listen();
    m_promise.reset();
    deliver();
    ASSERT_EQ(m_heard.size(), 1);
    EXPECT_EQ(m_heard[0].error().code, FailureCode::Cancelled);
}

TEST_F(WhenAnswered, IsSilentWhenTheListenerGoesWhileTheAnswerIsOnItsWay)
{
    listen();
    m_promise->addResult(Result<int>(7));
    m_promise->finish();
    m_context.reset();
    deliver();
    EXPECT_TRUE(m_heard.isEmpty());
}

TEST_F(WhenAnswered, IsSilentWhenTheListenerGoesBeforeTheAnswer)
{
    listen();
    m_context.reset();
    m_promise->addResult(Result<int>(7));
    m_promise->finish();
    deliver();
    EXPECT_TRUE(m_heard.isEmpty());
}

} // namespace

} // namespace planb::rpc
