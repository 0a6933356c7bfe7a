// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/event_thread.h"

#include <QCoreApplication>

#include <latch>

namespace planb {

EventThread::EventThread()
{
    std::latch isRunning(1);
    m_thread = std::thread([this, &isRunning] {
        QEventLoop loop;
        m_loop = &loop;
        m_handle = QThread::currentThread();
        isRunning.count_down();
        loop.exec();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    });
    isRunning.wait();
}

EventThread::~EventThread()
{
    if (!m_thread.joinable())
        return;
    quit();
    join();
}

void EventThread::quit()
{
    // Queued: a loop that does not run yet does not remember that it was told to end.
    QMetaObject::invokeMethod(m_loop, &QEventLoop::quit, Qt::QueuedConnection);
}

void EventThread::join()
{
    m_thread.join();
}

} // namespace planb
