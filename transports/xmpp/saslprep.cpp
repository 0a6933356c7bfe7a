// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/saslprep.h"

#include <QChar>
#include <QList>

#include <algorithm>
#include <array>
#include <span>

namespace planb::xmpp {

namespace {

struct Range {
    char32_t first;
    char32_t last;
};

// RFC 3454, table C.1.2: spaces other than U+0020.
constexpr std::array kSpaces{Range{0x00A0, 0x00A0}, Range{0x1680, 0x1680}, Range{0x2000, 0x200B},
                             Range{0x202F, 0x202F}, Range{0x205F, 0x205F}, Range{0x3000, 0x3000}};

// RFC 3454, table B.1: mapped to nothing.
constexpr std::array kNothing{Range{0x00AD, 0x00AD}, Range{0x034F, 0x034F}, Range{0x1806, 0x1806},
                              Range{0x180B, 0x180D}, Range{0x200B, 0x200D}, Range{0x2060, 0x2060},
                              Range{0xFE00, 0xFE0F}, Range{0xFEFF, 0xFEFF}};

// RFC 3454, tables C.1.2 and C.2.1 to C.9, as RFC 4013, 2.3 lists them; noncharacters by isNonCharacter().
constexpr std::array kProhibited{
    Range{0x0000, 0x001F},   Range{0x007F, 0x009F},   Range{0x00A0, 0x00A0},    Range{0x0340, 0x0341},
    Range{0x06DD, 0x06DD},   Range{0x070F, 0x070F},   Range{0x1680, 0x1680},    Range{0x180E, 0x180E},
    Range{0x2000, 0x200F},   Range{0x2028, 0x202F},   Range{0x205F, 0x2063},    Range{0x206A, 0x206F},
    Range{0x2FF0, 0x2FFB},   Range{0x3000, 0x3000},   Range{0xD800, 0xDFFF},    Range{0xE000, 0xF8FF},
    Range{0xFEFF, 0xFEFF},   Range{0xFFF9, 0xFFFD},   Range{0x1D173, 0x1D17A},  Range{0xE0001, 0xE0001},
    Range{0xE0020, 0xE007F}, Range{0xF0000, 0xFFFFD}, Range{0x100000, 0x10FFFD}};

bool isIn(std::span<const Range> ranges, char32_t c)
{
    return std::any_of(ranges.begin(), ranges.end(), [c](Range r) { return c >= r.first && c <= r.last; });
}

bool isNonCharacter(char32_t c)
{
    return (c >= 0xFDD0 && c <= 0xFDEF) || (c & 0xFFFE) == 0xFFFE;
}

bool isRightToLeft(char32_t c)
{
    const QChar::Direction direction = QChar::direction(c);
    return direction == QChar::DirR || direction == QChar::DirAL;
}

// RFC 3454, section 6: right-to-left text stands alone and at both ends.
bool hasSoundDirections(const QList<uint> &text)
{
    if (std::none_of(text.begin(), text.end(), isRightToLeft))
        return true;
    const bool hasLeftToRight = std::any_of(text.begin(), text.end(),
                                            [](char32_t c) { return QChar::direction(c) == QChar::DirL; });
    return !hasLeftToRight && isRightToLeft(text.front()) && isRightToLeft(text.back());
}

QString mapped(const QString &text)
{
    QString out;
    for (const char32_t c : text.toUcs4()) {
        if (isIn(kSpaces, c))
            out += u' ';
        else if (!isIn(kNothing, c))
            out += QChar::fromUcs4(c);
    }
    return out;
}

} // namespace

std::optional<QString> saslPrepared(const QString &text)
{
    // Stringprep is frozen at Unicode 3.2: both sides must normalise by the same tables.
    const QString normal = mapped(text).normalized(QString::NormalizationForm_KC, QChar::Unicode_3_2);
    const QList<uint> points = normal.toUcs4();
    const bool isClean = std::none_of(points.begin(), points.end(),
                                      [](char32_t c) { return isIn(kProhibited, c) || isNonCharacter(c); });
    if (!isClean || !hasSoundDirections(points))
        return {};
    return normal;
}

} // namespace planb::xmpp
