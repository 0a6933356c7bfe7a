// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/messenger/profile_at_work.h"

#include <gtest/gtest.h>

namespace planb::test {

using namespace Qt::StringLiterals;

TEST(OpenProfileUnread, MarksReadUpToAMessageAndCountsTheRest)
{
    ProfileAtWork alice;
    const auto bob = alice.addBob();
    for (quint64 i = 1; i <= 3; ++i)
        alice.transport(0).receive(ProfileAtWork::incoming(u"bob@primary.test"_s, u"hello"_s, u"w%1"_s.arg(i), i));
    EXPECT_EQ(alice.profile().conversations().value().first().unread, 3);
    EXPECT_TRUE(alice.profile().markRead(bob.conversation, alice.added[1].id));
    EXPECT_EQ(alice.profile().conversations().value().first().unread, 1);
    EXPECT_EQ(alice.updated.size(), 2);
}

TEST(OpenProfileUnread, LeadsToALateMessageAboveTheReadOnes)
{
    ProfileAtWork alice;
    const auto bob = alice.addBob();
    alice.transport(0).receive(ProfileAtWork::incoming(u"bob@primary.test"_s, u"second"_s, u"w2"_s, 2));
    ASSERT_TRUE(alice.profile().markRead(bob.conversation, alice.added.last().id));
    EXPECT_EQ(alice.profile().conversations().value().first().oldestUnread, std::nullopt);

    alice.transport(1).receive(ProfileAtWork::incoming(u"bob@backup.test"_s, u"first"_s, u"w1"_s, 1));
    const Message late = alice.added.last();
    EXPECT_TRUE(late.late);
    const auto conversation = alice.profile().conversations().value().first();
    EXPECT_EQ(conversation.unread, 1);
    EXPECT_EQ(conversation.oldestUnread, late.id);
    EXPECT_EQ(conversation.lastMessage->text, u"second"_s);
}

TEST(OpenProfileUnread, ShowsThatSomethingIsMissingUntilItComes)
{
    ProfileAtWork alice;
    const auto bob = alice.addBob();
    Incoming second = ProfileAtWork::incoming(u"bob@primary.test"_s, u"second"_s, u"w2"_s, 2);
    second.parents = {WireId::parse(u"w1").value()};
    alice.transport(0).receive(second);
    EXPECT_TRUE(alice.added.last().missing);
    alice.transport(1).receive(ProfileAtWork::incoming(u"bob@backup.test"_s, u"first"_s, u"w1"_s, 1));
    const auto page = alice.profile().messages(bob.conversation, {}, 10).value();
    for (const Message &message : page)
        EXPECT_FALSE(message.missing) << message.text.toStdString();
}

} // namespace planb::test
