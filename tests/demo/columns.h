// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace planb::demo {

/// Columns a terminal needs for `text`: two for Korean, Chinese, Japanese and most emoji, none for combining marks
/// (Unicode UAX #11, the wide and full-width classes).
int displayWidth(const QString &text);

/// `text` in exactly `columns` columns: filled with spaces, or cut with an ellipsis.
QString fitted(const QString &text, int columns);

} // namespace planb::demo
