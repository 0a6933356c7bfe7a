// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/demo/columns.h"

#include <QChar>
#include <QList>

#include <algorithm>
#include <array>

namespace planb::demo {

namespace {

struct Range {
    char32_t first;
    char32_t last;
};

constexpr std::array kWide{
    Range{0x1100, 0x115F}, // Hangul initial consonants
    Range{0x2E80, 0x303E},   Range{0x3041, 0xA4CF},   Range{0xA960, 0xA97C},
    Range{0xAC00, 0xD7A3}, // Hangul syllables
    Range{0xF900, 0xFAFF},   Range{0xFE30, 0xFE6F},   Range{0xFF00, 0xFF60},
    Range{0xFFE0, 0xFFE6},   Range{0x1F300, 0x1F64F}, Range{0x1F680, 0x1F6FF},
    Range{0x1F900, 0x1F9FF}, Range{0x20000, 0x3FFFD},
};

int widthOf(char32_t character)
{
    switch (QChar::category(character)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_Enclosing:
    case QChar::Other_Format:
    case QChar::Other_Control: return 0;
    default: break;
    }
    const bool wide = std::any_of(kWide.begin(), kWide.end(), [character](const Range &range) {
        return character >= range.first && character <= range.last;
    });
    return wide ? 2 : 1;
}

} // namespace

int displayWidth(const QString &text)
{
    int width = 0;
    for (const char32_t character : text.toUcs4())
        width += widthOf(character);
    return width;
}

QString fitted(const QString &text, int columns)
{
    const int width = displayWidth(text);
    if (width <= columns)
        return text + QString(columns - width, u' ');
    QString cut;
    int used = 0;
    for (const char32_t character : text.toUcs4()) {
        if (used + widthOf(character) > columns - 1)
            break;
        used += widthOf(character);
        cut += QChar::fromUcs4(character);
    }
    return cut + u'…' + QString(columns - used - 1, u' ');
}

} // namespace planb::demo
