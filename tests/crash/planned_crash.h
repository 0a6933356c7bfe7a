// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/crash/crash_plan.h"
#include "tests/testkit/outcome.h"

#include <QFile>
#include <QProcessEnvironment>

namespace planb::crash {

/// The test's end of a CrashPlan: a file in a folder of the test's, and what a process needs to obey it.
class PlannedCrash
{
public:
    /// The shim is expected beside this program.
    static QString shimFile();

    explicit PlannedCrash(const QString &file);

    test::Outcome<void> prepare();
    QProcessEnvironment environment() const; ///< this program's own, with the shim preloaded

    /// From now on calls are counted, and the process ends at number `crashAt`; 0: it only counts.
    void arm(int crashAt);
    void disarm();
    int count() const { return m_plan->count.load(); }
    QString lastCall() const;

private:
    QFile m_file;
    CrashPlan *m_plan = nullptr; ///< mapped; goes with m_file
};

} // namespace planb::crash
