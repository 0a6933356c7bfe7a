// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/delivery/constants.h"
#include "tests/core/delivery/engine_world.h"

#include <gtest/gtest.h>

namespace planb::delivery::test {
namespace {

/// Messages with places in one stream, and acknowledgements both ways.
class EngineStream : public testing::Test
{
protected:
    MessageId sendPlaced()
    {
        const MessageId message = world.queue(ItemQueued{{}, kBob, 100, {}, {}, false, StreamPlace{stream, ++last, 1}});
        numbers[message] = last;
        return message;
    }
    MessageId accepted()
    {
        const MessageId message = sendPlaced();
        world.accepts(message, kPrimary);
        return message;
    }
    /// As the shell does: first each message, then the ranges.
    void bobHas(const std::vector<MessageId> &messages)
    {
        for (const MessageId message : messages) {
            ranges.add(numbers.at(message));
            world.confirms(message, kPrimary);
        }
        world.post(Acknowledged{kBob, {stream, ranges}});
    }
    void bobWrites(bool isRepeat = false, bool gapOpened = false, TransportId via = kPrimary)
    {
        world.post(Received{kBob, via, via == kPrimary ? bobAtOne() : bobAtTwo(), true, isRepeat, gapOpened});
    }
    Ways acks() const
    {
        Ways ways;
        for (const Effect &effect : world.log()) {
            if (const auto *ack = std::get_if<SendAck>(&effect))
                ways.push_back(ack->transport);
        }
        return ways;
    }

    EngineWorld world;
    StreamId stream = *StreamId::parse(u"00112233445566aa");
    AckRanges ranges;
    std::map<MessageId, quint64> numbers;
    quint64 last = 0;
};

TEST_F(EngineStream, AcknowledgesAsSoonAsAWayIsThereWhatAnEarlierRunOwed)
{
    world.post(AckOwed{kBob});
    EXPECT_EQ(acks(), Ways{kPrimary});
    world.link(kPrimary).goesDown();
    world.link(kBackup).goesDown();
    world.post(AckOwed{kBob});
    EXPECT_EQ(acks(), Ways{kPrimary});
    world.link(kBackup).comesUp();
    EXPECT_EQ(acks(), (Ways{kPrimary, kBackup}));
}

TEST_F(EngineStream, RepeatsByTheNextRouteWhatThreeLaterOnesOvertook)
{
    const MessageId lost = accepted();
    const MessageId b = accepted(), c = accepted(), d = accepted();
    bobHas({b, c});
    EXPECT_EQ(world.waysOf(lost), Ways{kPrimary}) << "two may be out of order";
    bobHas({d});
    EXPECT_EQ(world.waysOf(lost), (Ways{kPrimary, kBackup}));
    EXPECT_EQ(world.attempts(lost).back().reason, u"Missing");
}

TEST_F(EngineStream, RepeatsWhatOneLaterMessageOvertookLongAgo)
{
    world.hears();
    const MessageId lost = accepted();
    world.advance(1s);
    const MessageId later = accepted();
    world.advance(500ms);
    bobHas({later});
    EXPECT_EQ(world.waysOf(lost), Ways{kPrimary});
    world.advance(500ms);
    bobHas({});
    EXPECT_EQ(world.waysOf(lost), (Ways{kPrimary, kBackup}));
}

TEST_F(EngineStream, RepeatsAMissingOneOnceUntilAHopTookTheRepeat)
{
    const MessageId lost = accepted();
    const MessageId b = accepted(), c = accepted(), d = accepted(), e = accepted();
    bobHas({b, c, d});
    bobHas({e});
    EXPECT_EQ(world.waysOf(lost), (Ways{kPrimary, kBackup}));
    world.accepts(lost, kBackup);
    bobHas({accepted(), accepted(), accepted()});
    EXPECT_EQ(world.waysOf(lost).size(), 3U);
}

TEST_F(EngineStream, DoesNotRepeatForEverWhatTheOtherSideNeverAcknowledges)
{
    const MessageId unwanted = accepted();
    for (int i = 0; i < 50; ++i) {
        bobHas({accepted(), accepted(), accepted()});
        for (const TransportId way : world.openWaysOf(unwanted))
            world.accepts(unwanted, way);
    }
    EXPECT_EQ(world.waysOf(unwanted).size(), 1U + kMostMissingRepeats);
}

TEST_F(EngineStream, RepeatsAtOnceWhatGotANewNumber)
{
    const MessageId moved = accepted();
    const MessageId open = sendPlaced();
    const StreamId another = *StreamId::parse(u"00112233445566bb");
    world.post(Moved{moved, {another, 1, 1}});
    world.post(Moved{open, {another, 2, 1}});
    EXPECT_EQ(world.waysOf(moved), (Ways{kPrimary, kBackup}));
    EXPECT_EQ(world.waysOf(open), Ways{kPrimary});
    AckRanges later;
    for (const quint64 number : {3, 4, 5})
        later.add(number);
    world.accepts(moved, kBackup);
    world.post(Acknowledged{kBob, {another, later}});
    EXPECT_EQ(world.waysOf(moved).size(), 3U) << "the new number is missing";
}

TEST_F(EngineStream, LeavesAMessageThatIsStillUnderWayAlone)
{
    const MessageId open = sendPlaced();
    bobHas({accepted(), accepted(), accepted()});
    EXPECT_EQ(world.waysOf(open), Ways{kPrimary});
}

TEST_F(EngineStream, TakesNoNoticeOfAnotherStream)
{
    const MessageId mine = accepted();
    AckRanges others;
    for (quint64 number = 2; number < 9; ++number)
        others.add(number);
    world.post(Acknowledged{kBob, {*StreamId::parse(u"ffffffffffffffff"), others}});
    EXPECT_EQ(world.waysOf(mine), Ways{kPrimary});
}

TEST_F(EngineStream, AcknowledgesAfterAMomentTheWayItCame)
{
    bobWrites(false, false, kBackup);
    EXPECT_EQ(acks(), Ways{});
    world.advance(50ms);
    EXPECT_EQ(acks(), Ways{kBackup});
    world.advance(1h);
    EXPECT_EQ(acks(), Ways{kBackup});
}

TEST_F(EngineStream, LetsAMessageCarryTheAcknowledgement)
{
    bobWrites();
    world.send();
    world.advance(1s);
    EXPECT_EQ(acks(), Ways{});
}

TEST_F(EngineStream, AcknowledgesAnotherWayWhenTheOneItCameIsGone)
{
    bobWrites();
    world.link(kPrimary).goesDown();
    world.advance(50ms);
    EXPECT_EQ(acks(), Ways{kBackup});
}

TEST_F(EngineStream, AcknowledgesWhenAWayOpensAgain)
{
    bobWrites();
    world.link(kPrimary).goesDown();
    world.link(kBackup).goesDown();
    world.advance(1h);
    EXPECT_EQ(acks(), Ways{});
    world.link(kBackup).comesUp();
    EXPECT_EQ(acks(), Ways{kBackup});
}

TEST_F(EngineStream, AcknowledgesAtOnceAfterAGap)
{
    bobWrites(false, true);
    EXPECT_EQ(acks(), Ways{kPrimary});
}

TEST_F(EngineStream, OwesNothingToSomebodyWithoutStreams)
{
    world.post(Received{kBob, kPrimary, bobAtOne(), false, false, false});
    world.advance(1h);
    EXPECT_EQ(acks(), Ways{});
}

TEST_F(EngineStream, AcknowledgesNothingToAContactThatIsGone)
{
    bobWrites();
    world.post(ContactRemoved{kBob});
    world.advance(1h);
    world.post(AckOwed{kBob});
    world.advance(1h);
    EXPECT_EQ(acks(), Ways{});
}

TEST_F(EngineStream, TakesNoNoticeOfNewsAboutMessagesItDoesNotKnow)
{
    const std::size_t before = world.log().size();
    world.post(Moved{MessageId(999), {stream, 1, 1}});
    world.post(Acknowledged{kCarol, {stream, ranges}});
    EXPECT_EQ(world.log().size(), before);
}

TEST_F(EngineStream, LeavesMessagesWithoutANumberToReceipts)
{
    const MessageId plain = world.queue(ItemQueued{{}, kBob, 100, {}, {}, false, {}});
    world.accepts(plain, kPrimary);
    bobHas({accepted(), accepted(), accepted()});
    EXPECT_EQ(world.waysOf(plain), Ways{kPrimary});
}

TEST_F(EngineStream, RepeatsAMovedMessageOnceUntilAHopTookTheRepeat)
{
    const MessageId moved = accepted();
    const StreamId another = *StreamId::parse(u"00112233445566bb");
    world.post(Moved{moved, {another, 1, 1}});
    world.post(Moved{moved, {another, 2, 1}});
    EXPECT_EQ(world.waysOf(moved).size(), 2U);
}

TEST_F(EngineStream, BlamesNoWayForARestoredProfile)
{
    const StreamId another = *StreamId::parse(u"00112233445566bb");
    for (quint64 number = 1; number <= 2 * kEjectAfterFailures; ++number)
        world.post(Moved{accepted(), {another, number, 1}});
    const MessageId next = sendPlaced();
    EXPECT_EQ(world.waysOf(next), Ways{kPrimary});
    EXPECT_EQ(world.attempts(MessageId(1)).back().reason, u"NewNumber");
}

TEST_F(EngineStream, NeverPaysForAnAcknowledgement)
{
    world.chainBecomes({phone()});
    world.link(kPhone).comesUp();
    world.post(Received{kBob, kPhone, bobsNumber(), true, false, false});
    world.advance(1h);
    EXPECT_EQ(acks(), Ways{});
}

} // namespace
} // namespace planb::delivery::test
