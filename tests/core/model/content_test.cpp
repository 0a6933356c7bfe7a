// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/chat_state.h"
#include "core/model/content.h"

#include <gtest/gtest.h>

namespace planb {
namespace {

using namespace Qt::StringLiterals;

TEST(Content, NamesOfKindsAreReadBack)
{
    for (const ContentKind kind :
         {ContentKind::Text, ContentKind::Correction, ContentKind::Retraction, ContentKind::Reaction})
        EXPECT_EQ(contentKindFromName(nameOf(kind)), kind);
    EXPECT_EQ(contentKindFromName(u"poem"), std::nullopt);
}

TEST(Content, NamesOfChatStatesAreReadBack)
{
    for (const ChatState state :
         {ChatState::Active, ChatState::Composing, ChatState::Paused, ChatState::Inactive, ChatState::Gone})
        EXPECT_EQ(chatStateFromName(nameOf(state)), state);
    EXPECT_EQ(chatStateFromName(u"dancing"), std::nullopt);
}

TEST(Content, ReactionsSurviveBeingStored)
{
    const QStringList signs{u"👍"_s, u"👨‍👩‍👧‍👦"_s, u"❤️"_s};
    EXPECT_EQ(reactionsFromLines(reactionLines(signs)), signs);
    EXPECT_TRUE(reactionsFromLines(QString()).isEmpty());
}

TEST(Content, ReactionsAreASetOfFewShortSigns)
{
    EXPECT_EQ(normalizedReactions({u" 👍 "_s, u"👍"_s, u""_s, u"two words"_s, u"a\nb"_s,
                                   QString(kMaxReactionUnits + 1, u'x'), QString(kMaxReactionUnits, u'y')}),
              QStringList({u"👍"_s, QString(kMaxReactionUnits, u'y')}));
    QStringList many;
    for (int i = 0; i < 40; ++i)
        many.append(QString::number(i));
    EXPECT_EQ(normalizedReactions(many), many.first(kMaxReactions));
}

} // namespace
} // namespace planb
