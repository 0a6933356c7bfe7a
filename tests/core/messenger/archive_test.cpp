// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/messenger/profile_at_work.h"

#include <gtest/gtest.h>

namespace planb::test {
namespace {

using namespace Qt::StringLiterals;

const QString kBob = u"bob@primary.test"_s;
const ArchiveMark kMark{u"m1"_s, wallFromMillis(1'700'000'000'000)};

class ArchivePages : public testing::Test
{
protected:
    ArchivePages() { bob = home.addBob(); }

    FakeTransport &primary() { return home.transport(0); }
    static Incoming archived(const QString &text, quint64 token, Direction direction = Direction::In)
    {
        Incoming message = ProfileAtWork::incoming(kBob, text, text);
        message.order.reset();
        message.removesRepeats = false;
        message.token = token;
        message.direction = direction;
        return message;
    }

    ProfileAtWork home;
    AddedContact bob;
};

TEST_F(ArchivePages, AreStoredWithTheirMarkWhichTheNextRunBeginsAt)
{
    EXPECT_EQ(primary().archive()->marks, (QList<std::optional<ArchiveMark>>{std::nullopt}));
    primary().becomeReady();
    primary().archive()->give({{archived(u"one"_s, 5), archived(u"two"_s, 6)}, {}, {}, kMark});
    EXPECT_EQ(home.added.size(), 2);
    EXPECT_EQ(primary().archive()->marks.constLast(), kMark);
    home.restart();
    EXPECT_EQ(primary().archive()->marks, (QList<std::optional<ArchiveMark>>{kMark}));
    EXPECT_EQ(home.transport(1).archive()->marks, (QList<std::optional<ArchiveMark>>{std::nullopt}));
}

TEST_F(ArchivePages, ShowNothingTwiceAndConfirmOnlyWhatIsNew)
{
    primary().becomeReady();
    primary().receive(archived(u"live"_s, 0));
    primary().handledTokens.clear();
    primary().archive()->give({{archived(u"live"_s, 5), archived(u"missed"_s, 6)}, {}, {}, kMark});
    EXPECT_EQ(home.added.size(), 2);
    EXPECT_EQ(primary().handledTokens,
              (QList<std::pair<quint64, Disposition>>{{5, Disposition::Dropped}, {6, Disposition::Committed}}));
}

TEST_F(ArchivePages, HoldOwnMessagesOfOtherClientsWithWhatBecameOfThem)
{
    primary().becomeReady();
    const Report receipt{Report::Kind::Delivered, {TransportKind::Xmpp, kBob}, *WireId::parse(u"mine"), {}, false};
    primary().archive()->give(
        {{archived(u"theirs"_s, 5), archived(u"mine"_s, 6, Direction::Out)}, {receipt}, {}, kMark});
    ASSERT_EQ(home.added.size(), 2);
    EXPECT_EQ(home.added[1].direction, Direction::Out);
    EXPECT_EQ(home.profile().message(home.added[1].id).value().state, MessageState::Delivered);
    EXPECT_EQ(home.profile().message(home.added[0].id).value().state, MessageState::Read);
}

TEST_F(ArchivePages, AnOwnMessageOfThisClientIsNoNewsAndNoConfirmation)
{
    primary().becomeReady();
    const MessageId sent = home.profile().send(bob.contact, u"hi"_s, {}, {}).value().message;
    primary().acceptAll();
    Incoming copy = archived(u"hi"_s, 5, Direction::Out);
    copy.wireId = primary().sent.constLast().payload.wireId;
    primary().archive()->give({{copy}, {}, {}, kMark});
    EXPECT_EQ(home.added.size(), 1);
    EXPECT_EQ(home.profile().message(sent).value().state, MessageState::Sent);
}

TEST_F(ArchivePages, ThatCannotBeStoredStopEverythingAndMoveNothing)
{
    primary().becomeReady();
    const auto other = home.anotherHandle();
    auto writing = other->begin().value();
    ASSERT_TRUE(other->settings().set(u"x"_s, u"y"_s)); // the file is locked now
    primary().archive()->give({{archived(u"one"_s, 5)}, {}, {}, kMark});
    EXPECT_TRUE(home.profile().brokenBy());
    EXPECT_TRUE(primary().handledTokens.isEmpty());
    EXPECT_FALSE(primary().archive()->marks.contains(kMark));
}

// It was asked for before: its mark would lead past the page that is missing.
TEST_F(ArchivePages, ThatFollowOneThatCouldNotBeStoredAreNotStoredEither)
{
    primary().becomeReady();
    const auto other = home.anotherHandle();
    {
        auto writing = other->begin().value();
        ASSERT_TRUE(other->settings().set(u"x"_s, u"y"_s)); // the file is locked now
        primary().archive()->give({{archived(u"one"_s, 5)}, {}, {}, kMark});
    } // and free again
    const ArchiveMark behind{u"m2"_s, kMark.at};
    primary().archive()->give({{archived(u"two"_s, 6)}, {}, {}, behind});
    EXPECT_TRUE(home.added.isEmpty());
    EXPECT_FALSE(primary().archive()->marks.contains(behind));
    home.restart();
    EXPECT_EQ(primary().archive()->marks, (QList<std::optional<ArchiveMark>>{std::nullopt}));
}

} // namespace
} // namespace planb::test
