// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell_word.h"

#include <algorithm>

namespace planb::ctl {

bool isPlainWord(const QString &word)
{
    const auto isPlain = [](QChar c) {
        return c < QChar(0x80) && (c.isLetterOrNumber() || QStringView(u"_./:@=+,-").contains(c));
    };
    return !word.isEmpty() && std::all_of(word.begin(), word.end(), isPlain);
}

} // namespace planb::ctl
