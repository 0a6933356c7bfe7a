// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rpc/encode.h"

#include <QJsonDocument>

#include <gtest/gtest.h>

// The shapes are public: these texts are the contract, a change here breaks somebody's program.
namespace planb::rpc {

namespace {

using namespace Qt::StringLiterals;

std::string text(const QJsonObject &json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact).toStdString();
}

constexpr WallTime kTime = wallFromMillis(1'700'000'000'123);

Message incomingMessage()
{
    Message message;
    message.id = MessageId(5);
    message.conversation = ConversationId(2);
    message.contact = ContactId(1);
    message.direction = Direction::In;
    message.text = u"안녕\n\"둘\""_s;
    message.sentAt = kTime;
    message.receivedAt = wallFromMillis(1'700'000'000'456);
    message.state = MessageState::Delivered;
    message.route = RouteLabel{TransportId(3), u"Primary"_s, TransportKind::Xmpp};
    message.replyTo = MessageId(4);
    return message;
}

TransportStatus readyTransport()
{
    TransportStatus status;
    status.id = TransportId(3);
    status.label = u"Primary"_s;
    status.address = u"alice@primary.test"_s;
    status.link.phase = LinkPhase::Ready;
    status.link.rtt = Micros(12'499);
    status.since = kTime;
    status.inUse = true;
    return status;
}

TEST(RpcShapes, Profile)
{
    EXPECT_EQ(text(toJson(ProfileInfo{u"Alice"_s, {}, u"0.1.0"_s, KeyStorage::File})),
              R"({"fingerprint":null,"name":"Alice","version":"0.1.0"})");
    EXPECT_EQ(text(toJson(ProfileInfo{u"Alice"_s, u"1234"_s, u"0.1.0"_s, KeyStorage::File})),
              R"({"fingerprint":"1234","name":"Alice","version":"0.1.0"})");
}

TEST(RpcShapes, IncomingMessage)
{
    EXPECT_EQ(
        text(toJson(incomingMessage())),
        R"({"contactId":"c1","conversationId":"v2","correctedAt":null,"direction":"in","encrypted":false,"id":"m5",)"
        R"("late":false,"missing":false,"reactions":{"mine":[],"theirs":[]},"receivedAt":1700000000456,"replyTo":"m4",)"
        R"("retracted":false,"route":{"kind":"xmpp","label":"Primary","transportId":"t3"},"sealedBy":null,)"
        R"("sentAt":1700000000123,)"
        R"("state":"delivered","text":"안녕\n\"둘\"","verified":false})");
}

TEST(RpcShapes, OutgoingMessageThatHasNotLeft)
{
    Message message = incomingMessage();
    message.direction = Direction::Out;
    message.text = u"hi"_s;
    message.receivedAt = {};
    message.state = MessageState::Queued;
    message.route = {};
    message.replyTo = {};
    message.encrypted = true;
    message.verified = true;
    EXPECT_EQ(
        text(toJson(message)),
        R"({"contactId":"c1","conversationId":"v2","correctedAt":null,"direction":"out","encrypted":true,"id":"m5",)"
        R"("late":false,"missing":false,"reactions":{"mine":[],"theirs":[]},"receivedAt":null,"replyTo":null,)"
        R"("retracted":false,"route":null,"sealedBy":null,"sentAt":1700000000123,"state":"queued",)"
        R"("text":"hi","verified":true})");
}

TEST(RpcShapes, IncomingMessageThatCameLateAndAfterOneThatIsMissing)
{
    Message message = incomingMessage();
    message.late = true;
    EXPECT_EQ(toJson(message).value(u"late"_s), QJsonValue(true));
    EXPECT_EQ(toJson(message).value(u"missing"_s), QJsonValue(false));
    message.missing = true;
    EXPECT_EQ(toJson(message).value(u"missing"_s), QJsonValue(true));
}

TEST(RpcShapes, MessageThatWasCorrectedAndReactedTo)
{
    Message message = incomingMessage();
    message.correctedAt = kTime;
    message.reactions = {{u"👍"_s}, {u"🎉"_s, u"❤️"_s}};
    message.sealedBy = u"OMEMO"_s;
    const QJsonObject json = toJson(message);
    EXPECT_EQ(json.value(u"correctedAt"_s), QJsonValue(qint64(1'700'000'000'123)));
    EXPECT_EQ(text(json.value(u"reactions"_s).toObject()), R"({"mine":["👍"],"theirs":["🎉","❤️"]})");
    EXPECT_EQ(json.value(u"sealedBy"_s), QJsonValue(u"OMEMO"_s));
    EXPECT_EQ(text(toJson(MessageVersion{u"old"_s, kTime})), R"({"text":"old","writtenAt":1700000000123})");
    EXPECT_EQ(text(toJson(PrivacyPolicy{true, false})),
              R"({"sendsReadMarks":true,"showsTyping":false,"tellsVersion":false})");
}

TEST(RpcShapes, ReadyTransport)
{
    EXPECT_EQ(text(toJson(readyTransport())),
              R"({"address":"alice@primary.test","enabled":true,"failure":null,"id":"t3","inUse":true,"kind":"xmpp",)"
              R"("label":"Primary","rttMs":12,"since":1700000000123,"state":"ready","warnings":[]})");
}

TEST(RpcShapes, WaitingTransport)
{
    TransportStatus status = readyTransport();
    status.inUse = false;
    status.link = {LinkPhase::Waiting,
                   Failure{FailureCode::ConnectionRefused, u"127.0.0.1:1"_s, {}},
                   wallFromMillis(1'700'000'009'000),
                   {}};
    EXPECT_EQ(
        text(toJson(status)),
        R"({"address":"alice@primary.test","enabled":true,)"
        R"("failure":{"blame":"transport","code":"ConnectionRefused","detail":"127.0.0.1:1","retryAt":1700000009000},)"
        R"("id":"t3","inUse":false,"kind":"xmpp","label":"Primary","rttMs":null,"since":1700000000123,)"
        R"("state":"waiting","warnings":[]})");
}

TEST(RpcShapes, TransportWithAWarning)
{
    TransportStatus status = readyTransport();
    status.link.warnings = {{LinkWarning::Code::CertificateReplaced, u"Somebody Else"_s, kTime}};
    EXPECT_EQ(text(toJson(status)[u"warnings"_s].toArray().at(0).toObject()),
              R"({"code":"certificateReplaced","detail":"Somebody Else","since":1700000000123})");
    EXPECT_EQ(nameOf(LinkWarning::Code::LoginWeakened), u"loginWeakened"_s);
}

TEST(RpcShapes, BlockedTransportHasNoTimeOfRetry)
{
    TransportStatus status = readyTransport();
    status.link = {LinkPhase::Blocked, Failure{FailureCode::AuthenticationFailed, {}, {}}, {}, {}};
    const QJsonObject failure = toJson(status).value(u"failure"_s).toObject();
    EXPECT_EQ(text(failure), R"({"blame":"credentials","code":"AuthenticationFailed","detail":"","retryAt":null})");
}

TEST(RpcShapes, KindsOfTransports)
{
    TransportKindInfo info;
    info.label = u"XMPP"_s;
    info.fields = {
        {u"password"_s, u"Password"_s, SettingField::Type::Text, true, true, u"Of the account"_s, {}},
        {u"security"_s, u"Security"_s, SettingField::Type::Choice, false, false, {}, {u"auto"_s, u"starttls"_s}}};
    EXPECT_EQ(
        text(toJson(info)),
        R"({"kind":"xmpp","label":"XMPP","settings":[)"
        R"({"help":"Of the account","label":"Password","name":"password","required":true,"secret":true,"type":"text"},)"
        R"({"choices":["auto","starttls"],"help":"","label":"Security","name":"security","required":false,)"
        R"("secret":false,"type":"choice"}]})");
}

TEST(RpcShapes, TransportTest)
{
    TransportTest test;
    test.steps = {
        {ConnectStep::Name::Lookup, Micros(1'600), u"127.0.0.1:5222"_s, {}},
        {ConnectStep::Name::Login, Micros(0), {}, Failure{FailureCode::AuthenticationFailed, u"not-authorized"_s, {}}}};
    EXPECT_EQ(text(toJson(test)),
              R"({"ok":false,"steps":[{"detail":"127.0.0.1:5222","ms":2,"name":"lookup","ok":true},)"
              R"({"detail":"AuthenticationFailed: not-authorized","ms":0,"name":"login","ok":false}]})");
}

TEST(RpcShapes, Contact)
{
    planb::Contact contact;
    contact.id = ContactId(1);
    contact.conversation = ConversationId(2);
    contact.name = u"Bob"_s;
    contact.addresses = {{TransportKind::Xmpp, u"bob@b.test"_s}, {TransportKind::Sms, u"+821012345678"_s}};
    EXPECT_EQ(
        text(toJson(contact)),
        R"({"added":true,"addresses":[{"address":"bob@b.test","kind":"xmpp"},{"address":"+821012345678","kind":"sms"}],)"
        R"("conversationId":"v2","id":"c1","name":"Bob"})");
}

TEST(RpcShapes, MessageStatus)
{
    Attempt attempt;
    attempt.route = {TransportId(3), u"Primary"_s, TransportKind::Xmpp};
    attempt.address = {TransportKind::Xmpp, u"bob@b.test"_s};
    attempt.startedAt = kTime;
    attempt.state = AttemptState::Rejected;
    attempt.failure = Failure{FailureCode::RecipientUnknown, u"item-not-found"_s, {}};
    EXPECT_EQ(text(toJson(MessageWay{MessageState::Failed, {attempt}})),
              R"({"attempts":[{"address":"bob@b.test",)"
              R"("failure":{"blame":"recipient","code":"RecipientUnknown","detail":"item-not-found","retryAt":null},)"
              R"("finishedAt":null,"kind":"xmpp","label":"Primary","reason":null,"startedAt":1700000000123,)"
              R"("state":"rejected","transportId":"t3"}],"state":"failed"})");
    attempt.finishedAt = wallFromMillis(1'700'000'000'456);
    attempt.reason = u"HopTimeout"_s;
    EXPECT_EQ(toJson(attempt).value(u"finishedAt"_s).toInteger(), 1'700'000'000'456);
    EXPECT_EQ(toJson(attempt).value(u"reason"_s).toString(), u"HopTimeout"_s);
}

TEST(RpcShapes, ConversationWithoutMessages)
{
    EXPECT_EQ(text(toJson(ConversationSummary{ConversationId(2), ContactId(1), u"Bob"_s, 3, {}})),
              R"({"id":"v2","kind":"contact","lastMessage":null,"oldestUnreadId":null,"title":"Bob","unread":3})");
}

TEST(RpcShapes, ConversationWithSomethingUnread)
{
    const ConversationSummary summary{ConversationId(2), ContactId(1), u"Bob"_s, 1, {}, MessageId(7)};
    EXPECT_EQ(toJson(summary).value(u"oldestUnreadId"_s).toString(), u"m7"_s);
}

TEST(RpcShapes, ConversationWithItsLastMessage)
{
    const ConversationSummary summary{ConversationId(2), ContactId(1), u"Bob"_s, 0, incomingMessage()};
    EXPECT_EQ(toJson(summary).value(u"lastMessage"_s).toObject(), toJson(incomingMessage()));
}

TEST(RpcShapes, Status)
{
    EXPECT_EQ(text(toJson(StatusSummary{})),
              R"({"independentRoutes":0,"links":[],"oldestQueuedAt":null,)"
              R"("outbox":{"open":0,"stalled":0,"unconfirmed":0,"waiting":0},"paths":[],"queued":0,"repeatsLeft":0,)"
              R"("sharedRoutes":[],"transports":[]})");
    const StatusSummary busy{{readyTransport()}, 2, kTime, 1, {}, {}};
    EXPECT_EQ(toJson(busy).value(u"oldestQueuedAt"_s).toInteger(), 1'700'000'000'123);
    EXPECT_EQ(toJson(busy).value(u"transports"_s).toArray().at(0).toObject(), toJson(readyTransport()));
}

TEST(RpcShapes, WhatDeliveryKnowsOfALink)
{
    EXPECT_EQ(text(toJson(LinkStatus{TransportId(3), u"ready"_s, Micros(1'250'000), 2, kTime, 4})),
              R"({"heldUntil":1700000000123,"hopTimeoutMs":1250,"losses":2,"open":4,"sight":"ready",)"
              R"("transportId":"t3"})");
}

TEST(RpcShapes, WhatDeliveryKnowsOfAPath)
{
    PathStatus path{ContactId(1), TransportId(3),    {TransportKind::Xmpp, u"bob@b.test"_s}, u"resting"_s, kTime,
                    0.75,         Micros(4'000'000), FailureCode::RecipientUnknown,          true};
    EXPECT_EQ(text(toJson(path)),
              R"({"address":"bob@b.test","contactId":"c1","endToEndTimeoutMs":4000,"inUse":true,"kind":"xmpp",)"
              R"("lastFailure":"RecipientUnknown","state":"resting","successRate":0.75,"transportId":"t3",)"
              R"("until":1700000000123})");
    path.until.reset();
    path.lastFailure.reset();
    EXPECT_TRUE(toJson(path).value(u"until"_s).isNull());
    EXPECT_TRUE(toJson(path).value(u"lastFailure"_s).isNull());
}

TEST(RpcShapes, RoutesThatShareSomething)
{
    EXPECT_EQ(text(toJson(SharedRoutes{{TransportId(1), TransportId(2)}, u"domain"_s, u"example.org"_s})),
              R"({"name":"example.org","transportIds":["t1","t2"],"what":"domain"})");
}

TEST(RpcShapes, Policy)
{
    EXPECT_EQ(text(toJson(DeliveryPolicy{Millis(30'000)})), R"({"returnAfterMs":30000})");
}

TEST(RpcShapes, SwitchOfTheChain)
{
    EXPECT_EQ(
        text(toJson(RouteSwitch{ContactId(1), TransportId(3), TransportId(4), u"HopTimeout"_s, kTime})),
        R"({"at":1700000000123,"contactId":"c1","fromTransportId":"t3","reason":"HopTimeout","toTransportId":"t4"})");
}

TEST(RpcShapes, SwitchFromATransportThatIsGone)
{
    const QJsonObject json = toJson(RouteSwitch{ContactId(1), TransportId(), TransportId(4), u"ChainChanged"_s, kTime});
    EXPECT_TRUE(json.value(u"fromTransportId"_s).isNull());
}

} // namespace

} // namespace planb::rpc
