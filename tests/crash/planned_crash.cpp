// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/crash/planned_crash.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace planb::crash {

QString PlannedCrash::shimFile()
{
    return QCoreApplication::applicationDirPath() + u"/planb-crash-shim.so"_s;
}

PlannedCrash::PlannedCrash(const QString &file) : m_file(file) {}

test::Outcome<void> PlannedCrash::prepare()
{
    if (!m_file.open(QIODevice::ReadWrite) || !m_file.resize(sizeof(CrashPlan)))
        return test::trouble(u"%1 could not be made: %2"_s.arg(m_file.fileName(), m_file.errorString()));
    // Zeroes are a valid plan: nothing is counted.
    m_plan = reinterpret_cast<CrashPlan *>(m_file.map(0, sizeof(CrashPlan)));
    if (m_plan == nullptr)
        return test::trouble(u"%1 could not be mapped: %2"_s.arg(m_file.fileName(), m_file.errorString()));
    return {};
}

QProcessEnvironment PlannedCrash::environment() const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"LD_PRELOAD"_s, shimFile());
    environment.insert(QString::fromLatin1(kPlanVariable), m_file.fileName());
    return environment;
}

void PlannedCrash::arm(int crashAt)
{
    m_plan->count.store(0);
    m_plan->crashAt.store(crashAt);
    m_plan->counting.store(1);
}

void PlannedCrash::disarm()
{
    m_plan->counting.store(0);
}

QString PlannedCrash::lastCall() const
{
    return QString::fromLatin1(m_plan->lastCall.data());
}

} // namespace planb::crash
