// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace planb::sim {

/// The life of one process. Everything it does to the outside, a write to its disk or a message to a server, asks
/// first; from the act at which it was to die on nothing happens any more, whatever its code still tries.
class Lifeline
{
public:
    /// Whether this act takes place.
    bool act()
    {
        if (m_isOver)
            return false;
        if (m_actsLeft > 0 && --m_actsLeft == 0)
            m_isOver = true;
        return !m_isOver;
    }
    void end() { m_isOver = true; }
    /// The n-th act from now on is the first that does not take place.
    void endBefore(int acts) { m_actsLeft = acts; }
    bool isOver() const { return m_isOver; }

private:
    bool m_isOver = false;
    int m_actsLeft = 0; ///< 0: not numbered
};

} // namespace planb::sim
