// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace planb::demo {

/// What is said, line by line: even lines are one person's, odd ones the other's. Never ends and never repeats itself:
/// from the second time round a line carries a number.
class Dialogue
{
public:
    QString next();
    bool isFirstPersonsTurn() const { return m_line % 2 == 0; }

private:
    qsizetype m_line = 0;
};

} // namespace planb::demo
