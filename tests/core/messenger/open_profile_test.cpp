// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/messenger/profile_at_work.h"

#include <QCoreApplication>
#include <QPointer>

#include <gtest/gtest.h>

namespace planb::test {

using namespace Qt::StringLiterals;

namespace {

const QString kHello = u"안녕, hello"_s;

MessageState stateOf(ProfileAtWork &alice, MessageId id)
{
    return alice.profile().message(id).value().state;
}

Report delivered(const QString &from, const WireId &wireId)
{
    return Report{Report::Kind::Delivered, Address::parse(TransportKind::Xmpp, from).value(), wireId, {}, true};
}

// A conversation that has gone well once, so that Bob is known to remove repeats.
MessageId exchangeOne(ProfileAtWork &alice, ContactId bob)
{
    const auto sent = alice.profile().send(bob, kHello, {}, {}).value();
    FakeTransport &primary = alice.transport(0);
    const auto last = primary.sent.constLast();
    primary.accept(last.attempt);
    primary.report(delivered(u"bob@primary.test"_s, last.payload.wireId));
    return sent.message;
}

} // namespace

TEST(OpenProfile, KeepsAMessageQueuedUntilAWayIsThere)
{
    ProfileAtWork alice;
    const auto bob = alice.addBob();
    const auto sent = alice.profile().send(bob.contact, kHello, {}, {}).value();
    EXPECT_EQ(stateOf(alice, sent.message), MessageState::Queued);
    EXPECT_EQ(alice.profile().status().value().queued, 1);

    alice.transport(0).becomeReady();
    ASSERT_EQ(alice.transport(0).sent.size(), 1);
    EXPECT_EQ(alice.transport(0).sent.first().payload.text, kHello);
    EXPECT_EQ(alice.transport(0).sent.first().to.value, u"bob@primary.test"_s);
    EXPECT_EQ(stateOf(alice, sent.message), MessageState::Sending);
}

TEST(OpenProfile, ShowsSentAndDeliveredOnlyOnTheWordOfTheServerAndOfThePerson)
{
    ProfileAtWork alice;
    const auto bob = alice.addBob();
    FakeTransport &primary = alice.transport(0);
    primary.becomeReady();
    const auto sent = alice.profile().send(bob.contact, kHello, {}, {}).value();
    const auto attempt = primary.sent.first();

    primary.accept(attempt.attempt);
    alice.profile().wake();
    EXPECT_EQ(stateOf(alice, sent.message), MessageState::Sent);

    primary.report(delivered(u"mallory@primary.test"_s, attempt.payload.wireId));
    EXPECT_EQ(stateOf(alice, sent.message), MessageState::Sent) << "a stranger cannot confirm for Bob";

    primary.report(delivered(u"bob@primary.test"_s, attempt.payload.wireId));
    const Message message = alice.profile().message(sent.message).value();
    EXPECT_EQ(message.state, MessageState::Delivered);
    ASSERT_TRUE(message.route);
    EXPECT_EQ(message.route->label, u"primary"_s);
}

TEST(OpenProfile, SendsOverTheNextTransportWhenTheLinkIsLost)
{
    ProfileAtWork alice;
    const auto bob = alice.addBob();
    alice.transport(0).becomeReady();
    alice.transport(1).becomeReady();
    const auto sent = alice.profile().send(bob.contact, kHello, {}, {}).value();
    const WireId wireId = alice.transport(0).sent.first().payload.wireId;

    alice.transport(0).lose();
    ASSERT_EQ(alice.transport(1).sent.size(), 1);
    EXPECT_EQ(alice.transport(1).sent.first().payload.wireId, wireId) << "the same message, so that Bob can tell";
    EXPECT_EQ(alice.transport(1).sent.first().to.value, u"bob@backup.test"_s);

    alice.transport(1).acceptAll();
    alice.profile().wake();
    const MessageWay way = alice.profile().messageWay(sent.message).value();
    EXPECT_EQ(way.state, MessageState::Sent);
    ASSERT_EQ(way.attempts.size(), 2);
    EXPECT_EQ(way.attempts[0].state, AttemptState::Unsure);
    EXPECT_EQ(way.attempts[0].route.label, u"primary"_s);
    EXPECT_EQ(way.attempts[1].state, AttemptState::Accepted);
    EXPECT_EQ(way.attempts[1].route.label, u"backup"_s);
    EXPECT_EQ(way.attempts[0].reason, QString()) << "nothing led to the first";
    EXPECT_EQ(way.attempts[1].reason, u"ConnectionLost"_s) << "why it went on to the next";
    ASSERT_TRUE(way.attempts[0].finishedAt && way.attempts[1].finishedAt);
    EXPECT_GE(*way.attempts[0].finishedAt, way.attempts[0].startedAt);
    EXPECT_GE(*way.attempts[1].finishedAt, *way.attempts[0].finishedAt);
    ASSERT_EQ(alice.switches.size(), 1);
    EXPECT_EQ(alice.switches.first().reason, u"ConnectionLost"_s);
}

TEST(OpenProfile, SendsAgainWhatTheServerTookJustBeforeItDied)
{
    ProfileAtWork alice;
    const auto bob = alice.addBob();
    alice.transport(0).becomeReady();
    alice.transport(1).becomeReady();
    exchangeOne(alice, bob.contact);

    EXPECT_TRUE(alice.profile().send(bob.contact, u"taken and forgotten"_s, {}, {}));
    alice.transport(0).acceptAll();
    alice.transport(0).lose();
    ASSERT_EQ(alice.transport(1).sent.size(), 1);
    EXPECT_EQ(alice.transport(1).sent.first().payload.text, u"taken and forgotten"_s);
}

TEST(OpenProfile, GoesOnAfterARestartUnderTheSameWireId)
{
    ProfileAtWork alice;
    const auto bob = alice.addBob();
    alice.transport(0).becomeReady();
    const auto sent = alice.profile().send(bob.contact, kHello, {}, {}).value();
    const WireId wireId = alice.transport(0).sent.first().payload.wireId;

    alice.restart();
    alice.transport(0).becomeReady();
    ASSERT_EQ(alice.transport(0).sent.size(), 1);
    EXPECT_EQ(alice.transport(0).sent.first().payload.wireId, wireId);
    const auto attempts = alice.profile().messageWay(sent.message).value().attempts;
    ASSERT_EQ(attempts.size(), 2);
    EXPECT_EQ(attempts[0].state, AttemptState::Unsure) << "nobody can tell how the first try went";
}

TEST(OpenProfile, DoesNotSendAgainAfterARestartWhatTheServerTookInTheLastMoment)
{
    ProfileAtWork alice;
    const auto bob = alice.addBob();
    alice.transport(0).becomeReady();
    const auto sent = alice.profile().send(bob.contact, kHello, {}, {}).value();
    alice.transport(0).acceptAll();
    alice.restart();
    alice.transport(0).becomeReady();
    EXPECT_TRUE(alice.transport(0).sent.isEmpty()) << "Bob's client would show it twice";
    EXPECT_EQ(stateOf(alice, sent.message), MessageState::Sent);
}

TEST(OpenProfile, DoesNotSendAgainAfterARestartWhatWasDelivered)
{
    ProfileAtWork alice;
    const auto bob = alice.addBob();
    alice.transport(0).becomeReady();
    exchangeOne(alice, bob.contact);
    alice.restart();
    alice.transport(0).becomeReady();
    EXPECT_TRUE(alice.transport(0).sent.isEmpty());
}

TEST(OpenProfile, AcknowledgesAnIncomingMessageOnceItIsStored)
{
    ProfileAtWork alice;
    const auto bob = alice.addBob();
    FakeTransport &primary = alice.transport(0);
    primary.becomeReady();
    const quint64 token = primary.receive(ProfileAtWork::incoming(u"bob@primary.test"_s, kHello, u"w1"_s));
    ASSERT_EQ(primary.handledTokens.size(), 1);
    EXPECT_EQ(primary.handledTokens.first(), std::pair(token, Disposition::Committed));
    const auto page = alice.profile().messages(bob.conversation, {}, 10).value();
    ASSERT_EQ(page.size(), 1);
    EXPECT_EQ(page.first().text, kHello);
    EXPECT_EQ(page.first().state, MessageState::Delivered);
}

TEST(OpenProfile, ShowsARepeatOverAnotherTransportOnceAndConfirmsItAgain)
{
    ProfileAtWork alice;
    const auto bob = alice.addBob();
    alice.transport(0).becomeReady();
    alice.transport(1).becomeReady();
    alice.transport(0).receive(ProfileAtWork::incoming(u"bob@primary.test"_s, kHello, u"w1"_s));
    alice.transport(1).receive(ProfileAtWork::incoming(u"bob@backup.test"_s, kHello, u"w1"_s));
    EXPECT_EQ(alice.transport(1).handledTokens.size(), 1);
    EXPECT_EQ(alice.added.size(), 1);
    EXPECT_EQ(alice.profile().messages(bob.conversation, {}, 10).value().size(), 1);

    alice.restart();
    alice.transport(0).receive(ProfileAtWork::incoming(u"bob@primary.test"_s, kHello, u"w1"_s));
    EXPECT_EQ(alice.added.size(), 1) << "also after a restart";
}

TEST(OpenProfile, ShowsAnAuthorsMessagesInTheOrderOfSending)
{
    ProfileAtWork alice;
    const auto bob = alice.addBob();
    alice.transport(0).receive(ProfileAtWork::incoming(u"bob@backup.test"_s, u"second"_s, u"w2"_s, 2));
    alice.transport(0).receive(ProfileAtWork::incoming(u"bob@primary.test"_s, u"first"_s, u"w1"_s, 1));
    const auto page = alice.profile().messages(bob.conversation, {}, 10).value();
    ASSERT_EQ(page.size(), 2);
    EXPECT_EQ(page[0].text, u"first"_s);
    EXPECT_EQ(page[1].text, u"second"_s);
}

TEST(OpenProfile, AcknowledgesNothingAndStopsWhenTheStoreCannotBeWritten)
{
    ProfileAtWork alice;
    const auto bob = alice.addBob();
    FakeTransport &primary = alice.transport(0);
    primary.becomeReady();
    const auto other = alice.anotherHandle();
    {
        const auto heldByAnother = other->begin();
        ASSERT_TRUE(heldByAnother);
        primary.receive(ProfileAtWork::incoming(u"bob@primary.test"_s, kHello, u"w1"_s));
    }
    EXPECT_TRUE(primary.handledTokens.isEmpty());
    EXPECT_EQ(primary.state().phase, LinkPhase::Off);
    const auto sent = alice.profile().send(bob.contact, kHello, {}, {});
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().blame(), Blame::Device);
}

TEST(OpenProfile, TellsThatEverythingHasStoppedWhenTheStoreCannotBeWritten)
{
    ProfileAtWork alice;
    alice.addBob();
    alice.transport(0).becomeReady();
    QList<TransportStatus> told;
    QObject::connect(&alice.profile(), &OpenProfile::transportChanged, &alice.profile(),
                     [&](const TransportStatus &status) { told.append(status); });
    const auto other = alice.anotherHandle();
    const auto heldByAnother = other->begin();
    ASSERT_TRUE(heldByAnother);
    alice.transport(0).receive(ProfileAtWork::incoming(u"bob@primary.test"_s, kHello, u"w1"_s));
    ASSERT_EQ(told.size(), 2);
    for (const TransportStatus &status : told) {
        EXPECT_EQ(status.link.phase, LinkPhase::Blocked);
        ASSERT_TRUE(status.link.failure);
        EXPECT_EQ(status.link.failure->blame(), Blame::Device);
        EXPECT_FALSE(status.inUse);
    }
}

TEST(OpenProfile, GivesAStrangerAConversationThatJoinsTheContactLater)
{
    ProfileAtWork alice;
    FakeTransport &primary = alice.transport(0);
    primary.becomeReady();
    primary.receive(ProfileAtWork::incoming(u"bob@primary.test"_s, kHello, u"w1"_s));
    const auto strangers = alice.profile().contacts().value();
    ASSERT_EQ(strangers.size(), 1);
    EXPECT_FALSE(strangers.first().isAdded);

    const auto bob = alice.addBob();
    const auto page = alice.profile().messages(bob.conversation, {}, 10).value();
    ASSERT_EQ(page.size(), 1);
    EXPECT_EQ(page.first().text, kHello);
    EXPECT_EQ(alice.profile().contacts().value().size(), 1);
}

TEST(OpenProfile, AsksTheUserWhenTheOnlyAddressIsUnknown)
{
    ProfileAtWork alice({u"alice@primary.test"_s});
    const auto bob =
        alice.profile().addContact(u"Bob"_s, {Address{TransportKind::Xmpp, u"nobody@primary.test"_s}}).value();
    FakeTransport &primary = alice.transport(0);
    primary.becomeReady();
    const auto sent = alice.profile().send(bob.contact, kHello, {}, {}).value();
    const auto attempt = primary.sent.first();
    primary.accept(attempt.attempt);
    primary.report(Report{Report::Kind::Bounced, attempt.to, attempt.payload.wireId,
                          Failure{FailureCode::RecipientUnknown, {}, {}}, false});
    EXPECT_EQ(stateOf(alice, sent.message), MessageState::Stalled);
    const auto attempts = alice.profile().messageWay(sent.message).value().attempts;
    ASSERT_EQ(attempts.size(), 1);
    EXPECT_EQ(attempts.first().state, AttemptState::Rejected);
    ASSERT_TRUE(attempts.first().failure);
    EXPECT_EQ(attempts.first().failure->code, FailureCode::RecipientUnknown);
}

TEST(OpenProfile, TriesTheNextAddressWhenAMessageBounces)
{
    ProfileAtWork alice;
    const auto bob = alice.addBob();
    alice.transport(0).becomeReady();
    alice.transport(1).becomeReady();
    const auto sent = alice.profile().send(bob.contact, kHello, {}, {}).value();
    const auto attempt = alice.transport(0).sent.first();
    alice.transport(0).accept(attempt.attempt);
    alice.transport(0).report(Report{Report::Kind::Bounced, attempt.to, attempt.payload.wireId,
                                     Failure{FailureCode::RecipientUnknown, {}, {}}, false});
    ASSERT_EQ(alice.transport(1).sent.size(), 1);
    alice.transport(1).acceptAll();
    EXPECT_EQ(stateOf(alice, sent.message), MessageState::Sent);
}

TEST(OpenProfile, KeepsToTheTransportTheUserChoseWhenAMessageBounces)
{
    ProfileAtWork alice;
    const auto bob = alice.addBob();
    FakeTransport &primary = alice.transport(0);
    FakeTransport &backup = alice.transport(1);
    primary.becomeReady();
    backup.becomeReady();
    const auto sent = alice.profile().send(bob.contact, kHello, {}, backup.id()).value();
    const auto first = backup.sent.constLast();
    backup.accept(first.attempt);
    alice.profile().wake();
    Report bounce{Report::Kind::Bounced, first.to, first.payload.wireId, {}, false};
    backup.report(bounce);
    EXPECT_TRUE(primary.sent.isEmpty());
    alice.restart();
    alice.transport(0).becomeReady();
    EXPECT_TRUE(alice.transport(0).sent.isEmpty());
    EXPECT_NE(stateOf(alice, sent.message), MessageState::Delivered);
}

TEST(OpenProfile, DoesNotBelieveABounceAfterADelivery)
{
    ProfileAtWork alice;
    const auto bob = alice.addBob();
    alice.transport(0).becomeReady();
    const MessageId message = exchangeOne(alice, bob.contact);
    const auto attempt = alice.transport(0).sent.first();
    alice.transport(0).report(Report{Report::Kind::Bounced, attempt.to, attempt.payload.wireId,
                                     Failure{FailureCode::RecipientUnavailable, {}, {}}, false});
    EXPECT_EQ(stateOf(alice, message), MessageState::Delivered);
    EXPECT_EQ(alice.transport(0).sent.size(), 1);
}

TEST(OpenProfile, MovesQueuedMessagesOnWhenTheirTransportIsRemoved)
{
    ProfileAtWork alice;
    const auto bob = alice.addBob();
    alice.transport(0).becomeReady();
    alice.transport(1).becomeReady();
    const auto sent = alice.profile().send(bob.contact, kHello, {}, {}).value();
    const TransportId primary = alice.profile().transports().value().first().id;
    EXPECT_TRUE(alice.profile().removeTransport(primary));
    EXPECT_EQ(alice.transport(1).sent.size(), 1);
    const auto attempts = alice.profile().messageWay(sent.message).value().attempts;
    ASSERT_EQ(attempts.size(), 2);
    EXPECT_EQ(attempts[0].route.label, u"primary"_s) << "the way of a message outlives the transport";
}

TEST(OpenProfile, UsesTheTransportTheUserChoseForOneMessage)
{
    ProfileAtWork alice;
    const auto bob = alice.addBob();
    alice.transport(0).becomeReady();
    alice.transport(1).becomeReady();
    const TransportId backup = alice.profile().transports().value().last().id;
    EXPECT_TRUE(alice.profile().send(bob.contact, kHello, {}, backup));
    EXPECT_TRUE(alice.transport(0).sent.isEmpty());
    EXPECT_EQ(alice.transport(1).sent.size(), 1);
}

TEST(OpenProfile, SwitchingATransportOffStopsItAndOnStartsItAgain)
{
    ProfileAtWork alice;
    const TransportId primary = alice.profile().transports().value().first().id;
    alice.transport(0).becomeReady();
    EXPECT_TRUE(alice.profile().updateTransport(primary, {}, false, {}));
    EXPECT_EQ(alice.transport(0).state().phase, LinkPhase::Off);
    EXPECT_TRUE(alice.profile().updateTransport(primary, {}, true, {}));
    EXPECT_EQ(alice.transport(0).state().phase, LinkPhase::Connecting);
}

TEST(OpenProfile, NewSettingsMakeANewTransportAndKeepTheFieldsNotNamed)
{
    ProfileAtWork alice({u"alice@primary.test"_s});
    const TransportId primary = alice.profile().transports().value().first().id;
    EXPECT_TRUE(alice.profile().updateTransport(primary, {}, {}, QJsonObject{{u"password"_s, u"new"_s}}));
    ASSERT_EQ(alice.factory().made.size(), 2);
    EXPECT_EQ(alice.factory().made.last()->traits().ownAddress, u"alice@primary.test"_s);
    EXPECT_EQ(alice.factory().made.last()->starts, 1);
}

TEST(OpenProfile, KeepsItsDeviceNameOverRestarts)
{
    ProfileAtWork alice;
    alice.restart();
    ASSERT_EQ(alice.factory().deviceNames.size(), 4);
    EXPECT_FALSE(alice.factory().deviceNames.first().isEmpty());
    EXPECT_EQ(alice.factory().deviceNames.first(), alice.factory().deviceNames.last());
}

TEST(OpenProfile, TellsWhichMessagesFailWithTheContactThatIsRemoved)
{
    ProfileAtWork alice;
    const auto bob = alice.addBob();
    const auto waiting = alice.profile().send(bob.contact, kHello, {}, {}).value();
    ASSERT_TRUE(alice.profile().removeContact(bob.contact));
    ASSERT_EQ(alice.updated.size(), 1);
    EXPECT_EQ(alice.updated.first(), std::pair(waiting.message, MessageState::Failed));
}

TEST(OpenProfile, RefusesWhatCannotBeSent)
{
    ProfileAtWork alice;
    const auto bob = alice.addBob();
    const auto codeOf = [](const auto &result) { return result ? std::nullopt : std::optional(result.error().code); };
    EXPECT_EQ(codeOf(alice.profile().send(bob.contact, u" \n "_s, {}, {})), FailureCode::EmptyText);
    EXPECT_EQ(codeOf(alice.profile().send(bob.contact, QString(40'000, u'x'), {}, {})), FailureCode::MessageTooLarge);
    EXPECT_EQ(codeOf(alice.profile().send(ContactId(99), kHello, {}, {})), FailureCode::UnknownContact);
    EXPECT_EQ(codeOf(alice.profile().send(bob.contact, kHello, {}, TransportId(99))), FailureCode::UnknownTransport);
    EXPECT_EQ(codeOf(alice.profile().send(bob.contact, kHello, MessageId(99), {})), FailureCode::UnknownMessage);
    EXPECT_EQ(codeOf(alice.profile().addContact(u"Bob again"_s, {Address{TransportKind::Xmpp, u"bob@primary.test"_s}})),
              FailureCode::AddressInUse);
    EXPECT_TRUE(alice.added.isEmpty());
}

TEST(OpenProfile, IsLeftWhenEveryServerHasHeardTheGoodbye)
{
    ProfileAtWork alice;
    alice.transport(0).becomeReady();
    alice.transport(0).lingers = true;
    alice.transport(1).lingers = true;
    int departures = 0;
    alice.profile().leave([&] { ++departures; });
    EXPECT_EQ(alice.transport(0).state().phase, LinkPhase::Off);
    alice.transport(0).leave();
    EXPECT_EQ(departures, 0);
    alice.transport(1).leave();
    EXPECT_EQ(departures, 1);
}

TEST(OpenProfile, IsLeftWhenWhatIsUnderWayHasBeenAnswered)
{
    ProfileAtWork alice;
    const auto bob = alice.addBob();
    FakeTransport &primary = alice.transport(0);
    primary.becomeReady();
    const auto sent = alice.profile().send(bob.contact, kHello, {}, {}).value();
    bool isGone = false;
    alice.profile().leave([&isGone] { isGone = true; });
    EXPECT_FALSE(isGone);
    EXPECT_EQ(primary.state().phase, LinkPhase::Ready);
    primary.accept(primary.sent.first().attempt);
    alice.profile().wake();
    EXPECT_TRUE(isGone);
    EXPECT_EQ(primary.state().phase, LinkPhase::Off);
    EXPECT_EQ(stateOf(alice, sent.message), MessageState::Sent);
}

TEST(OpenProfile, BeginsNothingNewOnceItIsBeingLeft)
{
    ProfileAtWork alice;
    const auto bob = alice.addBob();
    alice.transport(0).becomeReady();
    alice.transport(1).becomeReady();
    const auto sent = alice.profile().send(bob.contact, kHello, {}, {}).value();
    alice.profile().leave([] {});
    alice.transport(0).lose();
    alice.profile().wake();
    EXPECT_TRUE(alice.transport(1).sent.isEmpty());
    EXPECT_EQ(alice.profile().messageWay(sent.message).value().attempts.size(), 1);
    alice.restart();
    alice.transport(1).becomeReady();
    EXPECT_EQ(alice.transport(1).sent.size(), 1) << "the next run goes on";
}

TEST(OpenProfile, IsLeftAtOnceWhereNobodyIsConnected)
{
    ProfileAtWork alice;
    int departures = 0;
    alice.profile().leave([&] { ++departures; });
    EXPECT_EQ(departures, 1);
}

TEST(OpenProfile, LetsARemovedTransportSayGoodbye)
{
    ProfileAtWork alice;
    const QPointer<FakeTransport> primary = &alice.transport(0);
    primary->lingers = true;
    ASSERT_TRUE(alice.profile().removeTransport(primary->id()));
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    ASSERT_TRUE(primary);
    primary->leave();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    EXPECT_FALSE(primary);
}

} // namespace planb::test
