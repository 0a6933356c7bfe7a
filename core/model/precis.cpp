// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/precis.h"

#include "core/model/unicode_ranges.h"

#include <QList>

#include <algorithm>

namespace planb::precis {

namespace {

using Text = QList<uint>;

bool hasCompatibilityForm(char32_t c)
{
    const QString alone = QString::fromUcs4(&c, 1);
    return alone.normalized(QString::NormalizationForm_KC) != alone;
}

// RFC 8264, 9.1 and 9.18 to 9.21: what is left when all that needs a closer look has been looked at.
Property byCategory(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Letter_Lowercase:
    case QChar::Letter_Uppercase:
    case QChar::Letter_Other:
    case QChar::Letter_Modifier:
    case QChar::Number_DecimalDigit:
    case QChar::Mark_NonSpacing:
    case QChar::Mark_SpacingCombining: return Property::Valid;
    case QChar::Letter_Titlecase:
    case QChar::Number_Letter:
    case QChar::Number_Other:
    case QChar::Mark_Enclosing:
    case QChar::Separator_Space:
    case QChar::Symbol_Math:
    case QChar::Symbol_Currency:
    case QChar::Symbol_Modifier:
    case QChar::Symbol_Other:
    case QChar::Punctuation_Connector:
    case QChar::Punctuation_Dash:
    case QChar::Punctuation_Open:
    case QChar::Punctuation_Close:
    case QChar::Punctuation_InitialQuote:
    case QChar::Punctuation_FinalQuote:
    case QChar::Punctuation_Other: return Property::FreeText;
    default: return Property::Disallowed;
    }
}

// RFC 8264, 9.6.
std::optional<Property> exceptionOf(char32_t c)
{
    if (isIn(kAlwaysValid, c))
        return Property::Valid;
    if (isIn(kContextual, c))
        return Property::Contextual;
    if (isIn(kNeverValid, c))
        return Property::Disallowed;
    return {};
}

bool isScript(uint c, QChar::Script script)
{
    return QChar::script(c) == script;
}

// RFC 5892, appendix A.3 to A.9.
bool isAllowedAt(const Text &text, qsizetype at)
{
    const auto anyOf = [&](auto &&test) { return std::any_of(text.begin(), text.end(), test); };
    const uint c = text[at];
    const uint before = at > 0 ? text[at - 1] : 0;
    const uint after = at + 1 < text.size() ? text[at + 1] : 0;
    switch (c) {
    case 0x00B7: return before == U'l' && after == U'l';
    case 0x0375: return isScript(after, QChar::Script_Greek);
    case 0x05F3:
    case 0x05F4: return isScript(before, QChar::Script_Hebrew);
    case 0x30FB:
        return anyOf([](uint other) {
            return isScript(other, QChar::Script_Hiragana) || isScript(other, QChar::Script_Katakana)
                || isScript(other, QChar::Script_Han);
        });
    default: break;
    }
    // Two sets of Arabic digits, several of which look the same.
    if (c >= 0x0660 && c <= 0x0669)
        return !anyOf([](uint other) { return other >= 0x06F0 && other <= 0x06F9; });
    if (c >= 0x06F0 && c <= 0x06F9)
        return !anyOf([](uint other) { return other >= 0x0660 && other <= 0x0669; });
    return false;
}

bool isMadeOf(QStringView text, bool allowsFreeText)
{
    if (!text.isValidUtf16())
        return false;
    const Text characters = text.toUcs4();
    for (qsizetype i = 0; i < characters.size(); ++i) {
        const Property property = propertyOf(characters[i]);
        const bool isAllowed = property == Property::Valid || (property == Property::FreeText && allowsFreeText)
            || (property == Property::Contextual && isAllowedAt(characters, i));
        if (!isAllowed)
            return false;
    }
    return true;
}

bool hasLookAlikes(QChar::Script script)
{
    switch (script) {
    case QChar::Script_Latin:
    case QChar::Script_Greek:
    case QChar::Script_Cyrillic:
    case QChar::Script_Armenian:
    case QChar::Script_Cherokee:
    case QChar::Script_Coptic: return true;
    default: return false;
    }
}

bool isRightToLeft(QChar::Direction direction)
{
    return direction == QChar::DirR || direction == QChar::DirAL;
}

// RFC 5893, 2, rules 2 and 5: what may stand in either order.
bool isNeutral(QChar::Direction direction)
{
    switch (direction) {
    case QChar::DirEN:
    case QChar::DirES:
    case QChar::DirCS:
    case QChar::DirET:
    case QChar::DirON:
    case QChar::DirBN:
    case QChar::DirNSM: return true;
    default: return false;
    }
}

} // namespace

Property propertyOf(char32_t c)
{
    if (const auto exception = exceptionOf(c))
        return *exception;
    const bool isNoncharacter = isIn(kNoncharacters, c) || (c & 0xFFFE) == 0xFFFE;
    if (QChar::category(c) == QChar::Other_NotAssigned && !isNoncharacter)
        return isIn(kIgnorable, c) ? Property::Disallowed : Property::Unassigned;
    if (c >= 0x21 && c <= 0x7E)
        return Property::Valid;
    if (isNoncharacter || isIn(kOldHangulJamo, c) || isIn(kIgnorable, c))
        return Property::Disallowed;
    if (QChar::category(c) == QChar::Other_Control)
        return Property::Disallowed;
    return hasCompatibilityForm(c) ? Property::FreeText : byCategory(c);
}

bool isIdentifier(QStringView text)
{
    return isMadeOf(text, false);
}

bool hasOneDirection(QStringView text)
{
    const Text characters = text.toUcs4();
    QList<QChar::Direction> directions;
    for (const uint c : characters)
        directions.append(QChar::direction(c));
    const bool needsCheck = std::any_of(directions.begin(), directions.end(), [](QChar::Direction direction) {
        return isRightToLeft(direction) || direction == QChar::DirAN;
    });
    if (!needsCheck)
        return true;
    // What begins from the left may hold nothing that is read from the right, so the text has to begin from there.
    if (!isRightToLeft(directions.front()))
        return false;
    const bool areAllowed = std::all_of(directions.begin(), directions.end(), [](QChar::Direction direction) {
        return isRightToLeft(direction) || direction == QChar::DirAN || isNeutral(direction);
    });
    if (!areAllowed || (directions.contains(QChar::DirEN) && directions.contains(QChar::DirAN)))
        return false;
    const auto last = std::find_if(directions.rbegin(), directions.rend(),
                                   [](QChar::Direction direction) { return direction != QChar::DirNSM; });
    return isRightToLeft(*last) || *last == QChar::DirEN || *last == QChar::DirAN;
}

QString widthMapped(QStringView text)
{
    QString mapped;
    for (const QChar c : text) {
        const auto tag = c.decompositionTag();
        const bool isAnotherWidth = tag == QChar::Wide || tag == QChar::Narrow;
        mapped += isAnotherWidth ? c.decomposition() : QString(c);
    }
    return mapped;
}

std::optional<QString> usernameCaseMapped(QStringView text)
{
    if (!text.isValidUtf16())
        return {};
    const QString mapped = widthMapped(text).toLower().normalized(QString::NormalizationForm_C);
    const bool isName = !mapped.isEmpty() && isIdentifier(mapped) && hasOneDirection(mapped);
    return isName ? std::optional(mapped) : std::nullopt;
}

std::optional<QString> opaqueString(QStringView text)
{
    if (!text.isValidUtf16())
        return {};
    QString mapped = text.toString();
    for (QChar &c : mapped) {
        if (c.category() == QChar::Separator_Space)
            c = u' ';
    }
    mapped = mapped.normalized(QString::NormalizationForm_C);
    return !mapped.isEmpty() && isMadeOf(mapped, true) ? std::optional(mapped) : std::nullopt;
}

bool mixesLookAlikes(QStringView text)
{
    std::optional<QChar::Script> ofWord;
    for (const uint c : text.toUcs4()) {
        if (!QChar::isLetter(c) && !QChar::isMark(c))
            ofWord.reset();
        const QChar::Script script = QChar::script(c);
        if (!hasLookAlikes(script))
            continue;
        if (ofWord && *ofWord != script)
            return true;
        ofWord = script;
    }
    return false;
}

} // namespace planb::precis
