// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace planb::ctl {

/// Foreign text made safe for one line of a terminal: line ends become "\n" in letters, other control
/// characters and those that turn the writing direction become U+FFFD. A sender could otherwise move the
/// cursor or pretend to be another line.
QString printable(const QString &text);

/// The time of this place as ISO 8601: to the second, or to the millisecond.
QString localTime(WallTime time);
QString preciseLocalTime(WallTime time);

/// Rows as lines, columns aligned, two spaces between them. Cells are taken as they are.
QString table(const QList<QStringList> &rows);

} // namespace planb::ctl
