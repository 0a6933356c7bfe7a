// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

#include <optional>

/// Names that look right, compare right and cannot hide anything: the rules of PRECIS (RFC 8264), worked out from the
/// properties of Unicode that Qt knows.
namespace planb::precis {

/// What may be done with a character (RFC 8264, section 8).
enum class Property {
    Valid, ///< in names and in free text
    FreeText, ///< in free text only: symbols, punctuation, spaces, compatibility forms
    Contextual, ///< in both, where its neighbours allow it (RFC 5892, appendix A)
    Disallowed,
    Unassigned,
};
Property propertyOf(char32_t character);

/// Whether every character may stand in a name (IdentifierClass, RFC 8264, 4.2), and is allowed where it stands. The
/// joiners U+200C and U+200D are refused everywhere: they cannot be seen.
bool isIdentifier(QStringView text);

/// RFC 5893, section 2: whether a text with right-to-left characters is read in one order only. True without any.
bool hasOneDirection(QStringView text);

/// Full-width and half-width forms as the characters they stand for (RFC 8264, 5.2.1); nothing else is changed.
QString widthMapped(QStringView text);

/// The form in which user names are stored and compared: UsernameCaseMapped (RFC 8265, 3.3). Nothing for what is none,
/// or empty. Unlike what RFC 8265 has, only the result is checked (as RFC 8264, section 7 has it), so that names in
/// decomposed Hangul can be read.
std::optional<QString> usernameCaseMapped(QStringView text);

/// The form in which free text is compared: OpaqueString (RFC 8265, 4.2). Nothing for what is none, or empty.
std::optional<QString> opaqueString(QStringView text);

/// Whether one word is written in several of the scripts whose letters look alike (Latin, Greek, Cyrillic, Armenian,
/// Cherokee, Coptic): hardly ever by chance. A word ends where a character is neither letter nor mark.
bool mixesLookAlikes(QStringView text);

} // namespace planb::precis
