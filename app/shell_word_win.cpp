// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell_word.h"

namespace planb::ctl {

// cmd.exe and PowerShell have no quotes in common.
std::optional<QString> shellWord(const QString &word)
{
    return isPlainWord(word) ? std::optional(word) : std::nullopt;
}

} // namespace planb::ctl
