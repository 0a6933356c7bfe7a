// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell_word.h"
#include "app/text.h"

namespace planb::ctl {

using namespace Qt::StringLiterals;

std::optional<QString> shellWord(const QString &word)
{
    if (isPlainWord(word))
        return word;
    if (printable(word) != word)
        return {};
    // POSIX, Shell Command Language 2.2.2: nothing has a meaning in single quotes but the quote itself.
    QString quoted = word;
    return u'\'' + quoted.replace(u'\'', u"'\\''"_s) + u'\'';
}

} // namespace planb::ctl
