// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/messenger/profile_at_work.h"

#include <gtest/gtest.h>

namespace planb::test {
namespace {

using namespace Qt::StringLiterals;

const QString kBob = u"bob@primary.test"_s;

// What is said about an earlier message, from the façade to the transport and back.
class Items : public testing::Test
{
protected:
    Items()
    {
        bob = home.addBob();
        QObject::connect(&home.profile(), &OpenProfile::messageChanged,
                         [this](const Message &message) { changed.append(message); });
        home.transport(0).becomeReady();
    }

    FakeTransport &primary() { return home.transport(0); }
    MessageId sendText(const QString &text) { return home.profile().send(bob.contact, text, {}, {}).value().message; }
    Message shown(MessageId id) { return home.profile().message(id).value(); }
    static Incoming about(ContentKind kind, const QString &target, const QString &text, const QString &id)
    {
        Incoming item = ProfileAtWork::incoming(kBob, text, id, 5);
        item.kind = kind;
        item.target = WireId::parse(target);
        return item;
    }

    ProfileAtWork home;
    AddedContact bob;
    QList<Message> changed;
};

TEST_F(Items, ACorrectionIsShownAtOnceAndDeliveredLikeAMessage)
{
    const MessageId first = sendText(u"helo"_s);
    const SentMessage item = home.profile().correct(first, u"hello\r\n"_s).value();
    EXPECT_EQ(shown(first).text, u"hello\n");
    ASSERT_EQ(changed.size(), 1);
    EXPECT_EQ(changed[0].id, first);
    ASSERT_EQ(primary().sent.size(), 2);
    const Payload sent = primary().sent[1].payload;
    EXPECT_EQ(sent.kind, ContentKind::Correction);
    EXPECT_EQ(sent.text, u"hello\n");
    EXPECT_EQ(sent.target, primary().sent[0].payload.wireId);
    primary().acceptAll();
    primary().report({Report::Kind::Delivered, {TransportKind::Xmpp, kBob}, sent.wireId, {}, true});
    EXPECT_EQ(home.profile().messageWay(item.message).value().state, MessageState::Delivered);
    EXPECT_EQ(home.added.size(), 1); // it is no message of its own
}

TEST_F(Items, AnItemOutlivesTheProcess)
{
    const MessageId first = sendText(u"one"_s);
    ASSERT_TRUE(home.profile().retract(first));
    home.restart();
    home.transport(0).becomeReady();
    ASSERT_EQ(primary().sent.size(), 2);
    EXPECT_EQ(primary().sent[1].payload.kind, ContentKind::Retraction);
    EXPECT_TRUE(shown(first).retracted);
}

TEST_F(Items, OnlyOwnMessagesAreChangedAndOnlyWhileTheyStand)
{
    primary().receive(ProfileAtWork::incoming(kBob, u"theirs"_s, u"t1"_s));
    const MessageId theirs = home.added.constLast().id;
    EXPECT_EQ(home.profile().correct(theirs, u"x"_s).error().code, FailureCode::InvalidArgument);
    EXPECT_EQ(home.profile().retract(theirs).error().code, FailureCode::InvalidArgument);
    EXPECT_TRUE(home.profile().react(theirs, {u"👍"_s}));
    EXPECT_EQ(shown(theirs).reactions.mine, QStringList({u"👍"_s}));
    EXPECT_EQ(home.profile().react(theirs, {u"two words"_s}).error().code, FailureCode::InvalidArgument);
    const MessageId mine = sendText(u"mine"_s);
    EXPECT_EQ(home.profile().correct(mine, u" "_s).error().code, FailureCode::EmptyText);
    ASSERT_TRUE(home.profile().retract(mine));
    EXPECT_EQ(home.profile().correct(mine, u"x"_s).error().code, FailureCode::InvalidArgument);
    EXPECT_EQ(home.profile().versions(mine).value().constFirst().text, u"mine");
}

TEST_F(Items, WhatOthersSayAboutAMessageIsNews)
{
    primary().receive(ProfileAtWork::incoming(kBob, u"helo"_s, u"t1"_s));
    const MessageId first = home.added.constLast().id;
    primary().receive(about(ContentKind::Correction, u"t1"_s, u"hello"_s, u"t2"_s));
    ASSERT_EQ(changed.size(), 1);
    EXPECT_EQ(changed[0].id, first);
    EXPECT_EQ(changed[0].text, u"hello");
    EXPECT_EQ(home.added.size(), 1);
    EXPECT_EQ(primary().handledTokens.size(), 2);
    // Of what is not here nothing is said, and somebody else's word about it counts for nothing.
    primary().receive(about(ContentKind::Correction, u"unknown"_s, u"x"_s, u"t3"_s));
    Incoming forged = about(ContentKind::Correction, u"t1"_s, u"forged"_s, u"t4"_s);
    forged.from.value = u"mallory@primary.test"_s;
    primary().receive(forged);
    EXPECT_EQ(changed.size(), 1);
    EXPECT_EQ(shown(first).text, u"hello");
}

TEST_F(Items, WhatWasReadIsShownToWhoAsksAndOnlyTheLast)
{
    for (const QString &id : {u"t1"_s, u"t2"_s, u"t3"_s}) {
        Incoming message = ProfileAtWork::incoming(kBob, id, id);
        message.wantsReadMark = id != u"t3"_s;
        message.alias = id == u"t2"_s ? WireId::parse(u"stanza-2") : std::nullopt;
        primary().receive(message);
    }
    ASSERT_TRUE(home.profile().markRead(bob.conversation, home.added.constLast().id));
    ASSERT_EQ(primary().attention()->reads.size(), 1);
    // By the id that its author's client puts on the stanza.
    EXPECT_EQ(primary().attention()->reads[0].first, *WireId::parse(u"stanza-2"));
    EXPECT_EQ(primary().attention()->reads[0].second.value, kBob);
}

TEST_F(Items, TheVersionIsToldOnlyOnTheUsersWord)
{
    EXPECT_FALSE(home.profile().privacy()->tellsVersion);
    EXPECT_EQ(primary().info.version, QString());
    ASSERT_TRUE(home.profile().setPrivacy({true, true, true}));
    EXPECT_FALSE(primary().info.version.isEmpty());
    home.restart();
    EXPECT_TRUE(home.profile().privacy()->tellsVersion);
    EXPECT_FALSE(primary().info.version.isEmpty());
    EXPECT_TRUE(home.profile().setPrivacy({true, true, false}));
    EXPECT_EQ(primary().info.version, QString());
}

TEST_F(Items, ServersAreToldWhetherTheProgramIsInUse)
{
    EXPECT_TRUE(primary().info.isActive);
    ASSERT_TRUE(home.profile().setActive(false));
    EXPECT_FALSE(primary().info.isActive);
    // Not stored: who starts the program has it before them.
    home.restart();
    EXPECT_TRUE(primary().info.isActive);
}

TEST_F(Items, ATransportThatIsAddedLaterKnowsIt)
{
    ASSERT_TRUE(home.profile().setActive(false));
    ASSERT_TRUE(home.profile().setPrivacy({true, true, true}));
    ASSERT_TRUE(home.profile().addTransport(TransportKind::Xmpp, u"Third"_s,
                                            {{u"jid"_s, u"alice@third.test"_s}, {u"password"_s, u"x"_s}}, {}));
    EXPECT_FALSE(home.transport(2).info.isActive);
    EXPECT_FALSE(home.transport(2).info.version.isEmpty());
}

TEST_F(Items, NobodyIsToldWhatTheUserKeepsPrivate)
{
    ASSERT_TRUE(home.profile().showState(bob.conversation, ChatState::Composing));
    EXPECT_EQ(primary().attention()->states.size(), 1);
    sendText(u"one"_s);
    EXPECT_TRUE(primary().sent[0].payload.wantsReadMark);
    EXPECT_TRUE(primary().sent[0].payload.showsState);
    ASSERT_TRUE(home.profile().setPrivacy({false, false}));
    home.restart();
    primary().becomeReady();
    EXPECT_EQ(home.profile().privacy().value(), (PrivacyPolicy{false, false}));
    Incoming message = ProfileAtWork::incoming(kBob, u"hi"_s, u"t1"_s);
    message.wantsReadMark = true;
    primary().receive(message);
    ASSERT_TRUE(home.profile().markRead(bob.conversation, home.added.constLast().id));
    ASSERT_TRUE(home.profile().showState(bob.conversation, ChatState::Composing));
    sendText(u"two"_s);
    EXPECT_TRUE(primary().attention()->reads.isEmpty());
    EXPECT_TRUE(primary().attention()->states.isEmpty());
    EXPECT_FALSE(primary().sent.constLast().payload.wantsReadMark);
    EXPECT_FALSE(primary().sent.constLast().payload.showsState);
}

TEST_F(Items, AReadMarkReadsEverythingBeforeIt)
{
    const MessageId one = sendText(u"one"_s), two = sendText(u"two"_s);
    const WireId second = primary().sent[1].payload.wireId;
    primary().acceptAll();
    const MessageId three = sendText(u"three"_s);
    primary().report({Report::Kind::Read, {TransportKind::Xmpp, u"mallory@primary.test"_s}, second, {}, false});
    EXPECT_EQ(shown(two).state, MessageState::Sent);
    primary().report({Report::Kind::Read, {TransportKind::Xmpp, kBob}, second, {}, false});
    EXPECT_EQ(shown(one).state, MessageState::Read);
    EXPECT_EQ(shown(two).state, MessageState::Read);
    EXPECT_EQ(shown(three).state, MessageState::Sending);
}

TEST_F(Items, StatesOfOthersAreNewsAboutTheContact)
{
    QList<std::pair<ContactId, ChatState>> told;
    QObject::connect(&home.profile(), &OpenProfile::stateShown, [&told](ContactId contact, ChatState state) {
        told.append({contact, state});
    });
    primary().attention()->tell({TransportKind::Xmpp, kBob}, ChatState::Composing);
    primary().attention()->tell({TransportKind::Xmpp, u"stranger@primary.test"_s}, ChatState::Composing);
    EXPECT_EQ(told, (QList<std::pair<ContactId, ChatState>>{{bob.contact, ChatState::Composing}}));
}

TEST_F(Items, WhatTheUserSendsWithAnotherClientIsOutgoingAndReadsTheRest)
{
    primary().receive(ProfileAtWork::incoming(kBob, u"hi"_s, u"t1"_s));
    const MessageId theirs = home.added.constLast().id;
    Incoming own = ProfileAtWork::incoming(kBob, u"from my phone"_s, u"p1"_s, 9);
    own.direction = Direction::Out;
    primary().receive(own);
    EXPECT_EQ(home.added.constLast().direction, Direction::Out);
    EXPECT_EQ(home.added.constLast().state, MessageState::Sent);
    EXPECT_EQ(shown(theirs).state, MessageState::Read);
    EXPECT_TRUE(primary().sent.isEmpty());
    // Its receipt comes here too.
    primary().report({Report::Kind::Delivered, {TransportKind::Xmpp, kBob}, *WireId::parse(u"p1"), {}, false});
    EXPECT_EQ(shown(home.added.constLast().id).state, MessageState::Delivered);
}

} // namespace
} // namespace planb::test
