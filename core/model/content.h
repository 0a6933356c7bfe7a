// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace planb {

/// What an item tells the other person. All of them are delivered alike; only a Text is a message of its own, the
/// others are about an earlier one and change how it is shown.
///
/// | kind       | its text                              | counts if                                             |
/// |------------|---------------------------------------|-------------------------------------------------------|
/// | Text       | as normalizedMessageText() made it    | always                                                |
/// | Correction | what the message says from now on     | it comes from the author of the message it is about   |
/// | Retraction | empty                                 | the same                                              |
/// | Reaction   | reactionLines(); empty: taken back    | both may react; an author's latest one replaces those before |
enum class ContentKind { Text, Correction, Retraction, Reaction };
QString nameOf(ContentKind kind); ///< "text", "correction", "retraction", "reaction"
std::optional<ContentKind> contentKindFromName(QStringView name);

/// One person reacts to one message with at most so many different signs, each of at most so many UTF-16 units.
inline constexpr qsizetype kMaxReactions = 16;
inline constexpr qsizetype kMaxReactionUnits = 32;

/// Without repeats, and without what is empty, too long or holds spaces and control characters; the first
/// kMaxReactions of what is left.
QStringList normalizedReactions(const QStringList &reactions);
/// One a line, as they are carried and stored.
QString reactionLines(const QStringList &reactions);
/// The inverse; normalised.
QStringList reactionsFromLines(const QString &lines);

} // namespace planb
