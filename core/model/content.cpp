// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/content.h"

#include <algorithm>
#include <array>

namespace planb {

namespace {

constexpr std::array kNames{u"text", u"correction", u"retraction", u"reaction"};

bool isReaction(const QString &text)
{
    // Joiners and selectors that emoji are made of are format characters, which are fine; what breaks a line is not.
    const auto breaksIt = [](QChar c) { return c.isSpace() || c.category() == QChar::Other_Control; };
    return !text.isEmpty() && text.size() <= kMaxReactionUnits && std::ranges::none_of(text, breaksIt);
}

} // namespace

QString nameOf(ContentKind kind)
{
    return QString::fromUtf16(kNames[static_cast<std::size_t>(kind)]);
}

std::optional<ContentKind> contentKindFromName(QStringView name)
{
    for (const ContentKind kind :
         {ContentKind::Text, ContentKind::Correction, ContentKind::Retraction, ContentKind::Reaction}) {
        if (nameOf(kind) == name)
            return kind;
    }
    return {};
}

QStringList normalizedReactions(const QStringList &reactions)
{
    QStringList normal;
    for (const QString &reaction : reactions) {
        const QString trimmed = reaction.trimmed();
        if (normal.size() < kMaxReactions && isReaction(trimmed) && !normal.contains(trimmed))
            normal.append(trimmed);
    }
    return normal;
}

QString reactionLines(const QStringList &reactions)
{
    return reactions.join(u'\n');
}

QStringList reactionsFromLines(const QString &lines)
{
    return normalizedReactions(lines.split(u'\n', Qt::SkipEmptyParts));
}

} // namespace planb
