// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

namespace planb::delivery {

/// Whether messages that a server takes on one path also get there. A path that keeps swallowing them is ejected:
/// no longer the first choice for a while, but still used when nothing better is open. Only the other person's
/// confirmations count, and their absence while that person is there; a hop's word says nothing about the path.
class PathHealth
{
public:
    void onSuccess();
    void onFailure(MonoTime now);

    bool isEjected(MonoTime now) const { return now < m_ejectedUntil; }
    MonoTime ejectedUntil() const { return m_ejectedUntil; }
    /// Of the last outcomes, exponentially weighted; 1 before there is one.
    double successRate() const { return m_successRate; }

private:
    void eject(MonoTime now);

    double m_successRate = 1.0;
    int m_outcomes = 0;
    int m_failuresInARow = 0;
    int m_ejections = 0;
    MonoTime m_ejectedUntil{};
};

} // namespace planb::delivery
