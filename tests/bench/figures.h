// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QJsonObject>
#include <QList>
#include <QString>

namespace planb::bench {

/// A set of measured times.
class Times
{
public:
    void add(MonoTime from, MonoTime to) { m_times.append(to - from); }
    qsizetype count() const { return m_times.size(); }
    /// In milliseconds, by nearest rank; `share` from 0 to 1. 0 if there are none.
    double percentile(double share) const;

    QJsonObject toJson() const; ///< {count, p50Ms, p99Ms, maxMs}
    QString toText() const;

private:
    QList<Micros> m_times;
};

} // namespace planb::bench
