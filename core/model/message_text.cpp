// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/message_text.h"

#include <QList>

#include <algorithm>

namespace planb {

namespace {

using namespace Qt::StringLiterals;

bool isCarriable(char16_t c)
{
    if (c < 0x20)
        return c == u'\t' || c == u'\n';
    return c != 0xFFFE && c != 0xFFFF;
}

QString carriable(const QString &text)
{
    QString out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            out.append(c);
            out.append(text[++i]);
        } else if (c.isSurrogate()) {
            out.append(QChar::ReplacementCharacter);
        } else if (c == u'\r') {
            // "\r\n" ends one line, a lone "\r" ended one on old systems.
            if (i + 1 >= text.size() || text[i + 1] != u'\n')
                out.append(u'\n');
        } else if (isCarriable(c.unicode())) {
            out.append(c);
        }
    }
    return out;
}

// Spaces and characters that only steer how others are shown leave nothing to see by themselves.
bool isVisible(char32_t c)
{
    return !QChar::isSpace(c) && QChar::category(c) != QChar::Other_Control
        && QChar::category(c) != QChar::Other_Format;
}

bool hasSomethingVisible(const QString &text)
{
    const auto characters = text.toUcs4();
    return std::any_of(characters.begin(), characters.end(), isVisible);
}

} // namespace

Result<QString> normalizedMessageText(const QString &text)
{
    QString normal = carriable(text);
    if (!hasSomethingVisible(normal))
        return fail(FailureCode::EmptyText, u"the text is empty"_s);
    const qsizetype bytes = normal.toUtf8().size();
    if (bytes > kMaxTextBytes) {
        return fail(FailureCode::MessageTooLarge,
                    u"the text has %1 bytes, at most %2 can be sent"_s.arg(bytes).arg(kMaxTextBytes));
    }
    return normal;
}

} // namespace planb
