// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/wait_until.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QEvent>
#include <QTimer>

namespace planb::test {

bool waitUntil(const std::function<bool()> &condition, Millis limit)
{
    const QDeadlineTimer deadline(limit);
    // Wakes the loop for conditions that no Qt event announces (a log file, a process table).
    QTimer tick;
    tick.start(Millis(5));
    while (!condition()) {
        if (deadline.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        // Outside exec() nobody else carries out deleteLater().
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    return true;
}

} // namespace planb::test
