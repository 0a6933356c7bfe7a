// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace planb::ctl {

/// A word as it can be typed to the shell of this system, which gives it to the program unchanged whatever is in it.
/// Nothing where that cannot be written on one line that shows what it is.
std::optional<QString> shellWord(const QString &word);

/// No shell sees anything in it but letters.
bool isPlainWord(const QString &word);

} // namespace planb::ctl
