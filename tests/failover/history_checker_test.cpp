// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/failover/history_checker.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace planb::failover {

namespace {

StoredMessage own(const QString &text, MessageState state = MessageState::Delivered)
{
    return {u"id of "_s + text, text, Direction::Out, state};
}

StoredMessage theirs(const QString &text)
{
    return {u"their id of "_s + text, text, Direction::In, MessageState::Delivered};
}

/// Left says texts to right, and all of it goes well, unless the test says otherwise.
class HistoryCheckerTest : public testing::Test
{
protected:
    void say(const QStringList &texts)
    {
        for (const QString &text : texts) {
            checker.asked(Side::Left, text);
            checker.answered(Side::Left, text, u"id of "_s + text);
        }
    }
    void show(const QStringList &texts)
    {
        for (const QString &text : texts)
            checker.shown(Side::Right, text);
    }

    HistoryChecker checker;
};

} // namespace

TEST_F(HistoryCheckerTest, FindsNothingInAConversationThatWentWell)
{
    say({u"a"_s, u"b"_s});
    show({u"a"_s, u"b"_s});
    checker.asked(Side::Right, u"c"_s);
    checker.shown(Side::Left, u"c"_s);
    checker.told(Side::Left, u"id of a"_s, MessageState::Sent);
    checker.told(Side::Left, u"id of a"_s, MessageState::Delivered);
    const Violations found = checker.check({own(u"a"_s), own(u"b"_s), theirs(u"c"_s)},
                                           {theirs(u"a"_s), theirs(u"b"_s), own(u"c"_s)});
    EXPECT_TRUE(found.areNone()) << qPrintable(found.toText());
}

TEST_F(HistoryCheckerTest, CallsAPromisedMessageThatIsGoneLost)
{
    say({u"a"_s});
    const Violations found = checker.check({}, {});
    EXPECT_EQ(found.lost.size(), 1);
    EXPECT_EQ(found.count(), 1);
}

TEST_F(HistoryCheckerTest, AllowsAMessageThatWasNeverPromisedToBeGone)
{
    checker.asked(Side::Left, u"a"_s);
    EXPECT_TRUE(checker.check({}, {}).areNone());
}

TEST_F(HistoryCheckerTest, AllowsAMessageThatWasNeverPromisedToBeThere)
{
    checker.asked(Side::Left, u"a"_s);
    EXPECT_TRUE(checker.check({own(u"a"_s)}, {theirs(u"a"_s)}).areNone());
}

TEST_F(HistoryCheckerTest, CallsAMessageThatTheReaderDoesNotHaveLost)
{
    say({u"a"_s});
    const Violations found = checker.check({own(u"a"_s, MessageState::Sent)}, {});
    EXPECT_EQ(found.lost.size(), 1);
    EXPECT_EQ(found.count(), 1);
}

TEST_F(HistoryCheckerTest, CallsAShownMessageThatTheReaderNoLongerHasLost)
{
    say({u"a"_s});
    show({u"a"_s});
    EXPECT_EQ(checker.check({own(u"a"_s, MessageState::Sent)}, {}).lost.size(), 2);
}

TEST_F(HistoryCheckerTest, CallsASecondAnnouncementDoubled)
{
    say({u"a"_s});
    show({u"a"_s, u"a"_s});
    const Violations found = checker.check({own(u"a"_s)}, {theirs(u"a"_s)});
    EXPECT_EQ(found.doubled.size(), 1);
    EXPECT_EQ(found.count(), 1);
}

TEST_F(HistoryCheckerTest, CallsASecondRowInEitherHistoryDoubled)
{
    say({u"a"_s});
    const Violations found = checker.check({own(u"a"_s), own(u"a"_s)}, {theirs(u"a"_s), theirs(u"a"_s)});
    EXPECT_EQ(found.doubled.size(), 2);
    EXPECT_EQ(found.count(), 2);
}

TEST_F(HistoryCheckerTest, CallsATextThatNobodySaidInvented)
{
    show({u"a"_s});
    EXPECT_EQ(checker.check({}, {}).invented.size(), 1);
    EXPECT_EQ(checker.check({own(u"b"_s)}, {theirs(u"b"_s), theirs(u"a"_s)}).invented.size(), 2);
}

TEST_F(HistoryCheckerTest, CallsAMessageThatItsAuthorDoesNotHaveInvented)
{
    checker.asked(Side::Left, u"a"_s);
    const Violations found = checker.check({}, {theirs(u"a"_s)});
    EXPECT_EQ(found.invented.size(), 1);
    EXPECT_EQ(found.count(), 1);
}

TEST_F(HistoryCheckerTest, CallsAMessageBehindALaterOneReorderedInEitherHistory)
{
    say({u"a"_s, u"b"_s, u"c"_s});
    const Violations at = checker.check({own(u"a"_s), own(u"b"_s), own(u"c"_s)},
                                        {theirs(u"b"_s), theirs(u"c"_s), theirs(u"a"_s)});
    EXPECT_EQ(at.reordered.size(), 1);
    EXPECT_EQ(at.count(), 1);
    const Violations by = checker.check({own(u"c"_s), own(u"a"_s), own(u"b"_s)},
                                        {theirs(u"a"_s), theirs(u"b"_s), theirs(u"c"_s)});
    EXPECT_EQ(by.reordered.size(), 2);
}

TEST_F(HistoryCheckerTest, AllowsAnnouncementsInAnyOrder)
{
    say({u"a"_s, u"b"_s});
    show({u"b"_s, u"a"_s});
    EXPECT_TRUE(checker.check({own(u"a"_s), own(u"b"_s)}, {theirs(u"a"_s), theirs(u"b"_s)}).areNone());
}

TEST_F(HistoryCheckerTest, CallsADeliveryThatDidNotHappenALie)
{
    say({u"a"_s});
    const Violations found = checker.check({own(u"a"_s)}, {});
    EXPECT_EQ(found.lies.size(), 1);
}

TEST_F(HistoryCheckerTest, CallsADeliveryThatItsAuthorNeverLearnsOfALie)
{
    say({u"a"_s});
    const Violations found = checker.check({own(u"a"_s, MessageState::Sent)}, {theirs(u"a"_s)});
    EXPECT_EQ(found.lies.size(), 1);
    EXPECT_EQ(found.count(), 1);
}

TEST_F(HistoryCheckerTest, CallsAStateThatMovesBackALie)
{
    say({u"a"_s});
    checker.told(Side::Left, u"id of a"_s, MessageState::Delivered);
    checker.told(Side::Left, u"id of a"_s, MessageState::Sent);
    const Violations found = checker.check({own(u"a"_s)}, {theirs(u"a"_s)});
    EXPECT_EQ(found.lies.size(), 1);
}

TEST_F(HistoryCheckerTest, CallsAStateThatARestartForgotALie)
{
    say({u"a"_s});
    checker.told(Side::Left, u"id of a"_s, MessageState::Read);
    const Violations found = checker.check({own(u"a"_s)}, {theirs(u"a"_s)});
    EXPECT_EQ(found.lies.size(), 1);
}

TEST_F(HistoryCheckerTest, LooksAtBothDirections)
{
    checker.asked(Side::Right, u"a"_s);
    checker.answered(Side::Right, u"a"_s, u"id of a"_s);
    EXPECT_EQ(checker.check({}, {}).lost.size(), 1);
    EXPECT_EQ(checker.check({}, {own(u"a"_s)}).lost.size(), 1);
}

} // namespace planb::failover
