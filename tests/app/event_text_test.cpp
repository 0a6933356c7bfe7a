// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/event_text.h"

#include <gtest/gtest.h>

namespace planb::ctl {

namespace {

using namespace Qt::StringLiterals;

Message incoming(const QString &text)
{
    Message message;
    message.id = MessageId(12);
    message.direction = Direction::In;
    message.text = text;
    message.state = MessageState::Delivered;
    message.route = RouteLabel{TransportId(1), u"Primary"_s, TransportKind::Xmpp};
    return message;
}

TEST(EventText, TellsFromWhomAMessageIsAndWhichWayItCame)
{
    EXPECT_EQ(messageText(incoming(u"hello"_s), u"Bob"_s), u"m12 from Bob via Primary: hello"_s);
    Message own = incoming(u"hello"_s);
    own.direction = Direction::Out;
    own.route = {};
    EXPECT_EQ(messageText(own, u"Bob"_s), u"m12 to Bob: hello"_s);
}

TEST(EventText, TellsWhatWasSaidAboutAMessageLater)
{
    Message message = incoming(u"six"_s);
    message.correctedAt = wallFromMillis(5);
    message.reactions = {{u"👍"_s}, {u"❤"_s, u"🎉"_s}};
    EXPECT_EQ(messageText(message, u"Bob"_s), u"m12 from Bob via Primary (corrected) (you: 👍) (they: ❤ 🎉): six"_s);
    message.reactions = {};
    message.retracted = true;
    message.text.clear();
    EXPECT_EQ(messageText(message, u"Bob"_s), u"m12 from Bob via Primary (taken back)"_s);
}

TEST(EventText, PointsAtWhatAReaderWouldMiss)
{
    Message message = incoming(QString());
    message.late = true;
    message.missing = true;
    message.sealedBy = u"OMEMO"_s;
    EXPECT_EQ(
        remarksOn(message),
        u" (late, above newer ones) (one before it is missing) (encrypted with OMEMO, which PlanB cannot read)"_s);
}

TEST(EventText, LetsNobodyMoveTheCursorOrFakeALine)
{
    Message message = incoming(u"a\nb\x1b[2J"_s);
    message.route->label = u"Pri\nmary"_s;
    message.reactions.theirs = {u"\x1b"_s};
    message.sealedBy = u"\x1b[31m"_s;
    PresenceRequest request;
    request.from = *Address::parse(TransportKind::Xmpp, u"eve@x.example"_s);
    request.nickname = u"E\nve"_s;
    request.words = u"let\x1b me\u202E"_s;
    for (const QString &line : {messageText(message, u"B\x1bob\n"_s), requestText(request)}) {
        EXPECT_FALSE(line.contains(u'\x1b')) << line.toStdString();
        EXPECT_FALSE(line.contains(u'\n')) << line.toStdString();
        EXPECT_FALSE(line.contains(QChar(0x202E))) << line.toStdString();
    }
}

TEST(EventText, SaysWhoAsksAndHowToAnswer)
{
    PresenceRequest request;
    request.from = *Address::parse(TransportKind::Xmpp, u"eve@x.example"_s);
    EXPECT_TRUE(requestText(request).startsWith(u"eve@x.example asks to see when you are there"_s));
    EXPECT_TRUE(requestText(request).contains(u"planbctl request accept"_s));
    request.from = *Address::parse(TransportKind::Xmpp, u"\u0430lice@x.example"_s); // a Cyrillic a
    EXPECT_TRUE(requestText(request).contains(u"look-alike"_s));
}

TEST(EventText, CountsOnlyWhatOthersSentAsUnread)
{
    Message message = incoming(u"hello"_s);
    EXPECT_TRUE(isUnread(message));
    message.state = MessageState::Read;
    EXPECT_FALSE(isUnread(message));
    message.direction = Direction::Out;
    message.state = MessageState::Delivered;
    EXPECT_FALSE(isUnread(message));
}

} // namespace

} // namespace planb::ctl
