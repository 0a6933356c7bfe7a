// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QEventLoop>
#include <QThread>

#include <thread>

namespace planb {

/// A thread with an event loop that is over when join() returns. QThread::wait() returns earlier: when Qt has nothing
/// left to do on it. What libraries keep per thread is freed after that, by the destructors of thread-local data, and
/// a process that ends meanwhile takes the libraries' own data from under them: OpenSSL 3, which SQLCipher uses, then
/// crashes.
class EventThread
{
public:
    EventThread(); ///< returns when objects can be moved to it
    ~EventThread(); ///< quits and joins
    EventThread(const EventThread &) = delete;
    EventThread &operator=(const EventThread &) = delete;

    /// For QObject::moveToThread(); valid until join().
    QThread *handle() const { return m_handle; }
    /// Ends the loop after what has been posted before. From the thread itself, or before join().
    void quit();
    /// Waits for the end. Objects on which deleteLater() was called are gone then. Not from the thread itself.
    void join();

private:
    QThread *m_handle = nullptr;
    QEventLoop *m_loop = nullptr;
    std::thread m_thread;
};

} // namespace planb
