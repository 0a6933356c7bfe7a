// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/demo/dialogue.h"

#include <QSet>

#include <gtest/gtest.h>

using namespace planb::demo;

TEST(Dialogue, NeverSaysTheSameTwice)
{
    Dialogue dialogue;
    QSet<QString> said;
    for (int line = 0; line < 1'000; ++line)
        said.insert(dialogue.next());
    EXPECT_EQ(said.size(), 1'000);
}

TEST(Dialogue, LetsBothSpeakInTurn)
{
    Dialogue dialogue;
    EXPECT_TRUE(dialogue.isFirstPersonsTurn());
    dialogue.next();
    EXPECT_FALSE(dialogue.isFirstPersonsTurn());
}
