// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/figures.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace planb::bench {

namespace {

double rounded(double millis)
{
    return std::round(millis * 100) / 100;
}

} // namespace

double Times::percentile(double share) const
{
    if (m_times.isEmpty())
        return 0;
    QList<Micros> sorted = m_times;
    std::sort(sorted.begin(), sorted.end());
    const auto rank = static_cast<qsizetype>(std::ceil(share * double(sorted.size()))) - 1;
    return double(sorted.at(std::clamp<qsizetype>(rank, 0, sorted.size() - 1)).count()) / 1'000;
}

QJsonObject Times::toJson() const
{
    return {{u"count"_s, count()},
            {u"p50Ms"_s, rounded(percentile(0.5))},
            {u"p99Ms"_s, rounded(percentile(0.99))},
            {u"maxMs"_s, rounded(percentile(1))}};
}

QString Times::toText() const
{
    return u"p50 %1 ms, p99 %2 ms, max %3 ms (%4)"_s.arg(percentile(0.5), 0, 'f', 2)
        .arg(percentile(0.99), 0, 'f', 2)
        .arg(percentile(1), 0, 'f', 2)
        .arg(count());
}

} // namespace planb::bench
