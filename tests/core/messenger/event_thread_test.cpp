// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/event_thread.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <gtest/gtest.h>

#include <atomic>

namespace planb::test {

namespace {

using namespace std::chrono_literals;

// What a library keeps for each thread that used it.
struct KeptPerThread {
    std::atomic<bool> *isFreed = nullptr;
    ~KeptPerThread()
    {
        if (isFreed)
            *isFreed = true;
    }
};
thread_local KeptPerThread keptPerThread;

TEST(EventThread, IsOverWithAllThatWasKeptForItWhenItHasBeenJoined)
{
    std::atomic<bool> isFreed = false;
    EventThread thread;
    QObject worker;
    worker.moveToThread(thread.handle());
    QMetaObject::invokeMethod(
        &worker, [&isFreed] { keptPerThread.isFreed = &isFreed; }, Qt::QueuedConnection);
    thread.quit();
    thread.join();
    EXPECT_TRUE(isFreed);
}

TEST(EventThread, DoesWhatWasPostedBeforeItQuitsAndRunsTimers)
{
    EventThread thread;
    auto *worker = new QObject;
    QPointer<QObject> watched = worker;
    worker->moveToThread(thread.handle());
    int done = 0;
    QMetaObject::invokeMethod(
        worker,
        [&] {
            ++done;
            EXPECT_EQ(QThread::currentThread(), thread.handle());
            QTimer::singleShot(1ms, worker, [&] {
                ++done;
                worker->deleteLater();
                thread.quit();
            });
        },
        Qt::QueuedConnection);
    thread.join();
    EXPECT_EQ(done, 2);
    EXPECT_FALSE(watched);
}

TEST(EventThread, QuitsBeforeItHasDoneAnything)
{
    for (int i = 0; i < 100; ++i)
        EventThread();
}

} // namespace
} // namespace planb::test
