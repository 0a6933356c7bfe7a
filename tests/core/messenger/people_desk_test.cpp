// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/messenger/profile_at_work.h"

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;

Address at(const QString &jid)
{
    return {TransportKind::Xmpp, jid};
}

const Address kBob = at(u"bob@primary.test"_s);

RosterEntry entry(const Address &address, Subscription subscription, bool isAsked = false)
{
    return {address, u"Bob"_s, subscription, isAsked};
}

class PeopleDeskTest : public testing::Test
{
protected:
    PeopleDeskTest()
    {
        watch();
        logIn(0);
        logIn(1);
        for (int place : {0, 1})
            list(place);
        told(0), told(1);
    }

    void watch()
    {
        QObject::connect(&alice.profile(), &OpenProfile::requestAdded,
                         [this](const PresenceRequest &request) { asked.append(request); });
        QObject::connect(&alice.profile(), &OpenProfile::requestRemoved,
                         [this](TransportId, const Address &from) { withdrawn.append(from); });
        QObject::connect(&alice.profile(), &OpenProfile::personChanged,
                         [this](const PersonStatus &person) { changed.append(person); });
    }
    PeopleDesk &desk() { return alice.profile().people(); }
    TransportId id(int place) { return alice.profile().transports()->at(place).id; }
    void logIn(int place) { alice.transport(place).becomeReady(); }
    void say(int place, const RosterNews &news) { alice.transport(place).people.say(news); }
    void list(int place, const QList<RosterEntry> &entries = {}, const QList<Address> &blocked = {})
    {
        say(place, RosterListed{entries});
        say(place, BlocksListed{blocked});
    }
    QStringList told(int place) { return alice.transport(place).people.told(); }
    PersonStatus bob()
    {
        const auto all = desk().people(); // outlives the loop over it
        for (const PersonStatus &person : *all) {
            if (person.person.address == kBob)
                return person;
        }
        return {};
    }

    ProfileAtWork alice;
    QList<PresenceRequest> asked;
    QList<Address> withdrawn;
    QList<PersonStatus> changed;
};

} // namespace

TEST_F(PeopleDeskTest, ANewContactIsPutOnTheListOfTheAccountAtTheSameDomain)
{
    alice.addBob();
    EXPECT_EQ(told(0), QStringList(u"add bob@primary.test Bob"_s));
    EXPECT_EQ(told(1), QStringList(u"add bob@backup.test Bob"_s));
    (void)alice.profile().addContact(u"Eve"_s, {at(u"eve@elsewhere.test"_s)}, u"TOKEN"_s).value();
    EXPECT_EQ(told(0), QStringList(u"add eve@elsewhere.test Eve TOKEN"_s));
    EXPECT_EQ(told(1), QStringList());
}

TEST_F(PeopleDeskTest, TransportsKnowWhoIsAContactAndWhoOnlyWrote)
{
    const AddedContact added = alice.addBob();
    alice.transport(0).receive(ProfileAtWork::incoming(u"eve@elsewhere.test"_s, u"hi"_s, u"e1"_s));
    for (int place : {0, 1}) {
        EXPECT_TRUE(alice.transport(place).people.known.contains(kBob));
        EXPECT_FALSE(alice.transport(place).people.known.contains(at(u"eve@elsewhere.test"_s)));
    }
    alice.restart();
    EXPECT_TRUE(alice.transport(1).people.started.contacts.contains(kBob));
    EXPECT_FALSE(alice.transport(1).people.started.contacts.contains(at(u"eve@elsewhere.test"_s)));
    ASSERT_TRUE(alice.profile().updateContact(added.contact, {}, QList<Address>{at(u"bob@new.test"_s)}));
    EXPECT_EQ(alice.transport(0).people.known, QList<Address>{at(u"bob@new.test"_s)});
    ASSERT_TRUE(alice.profile().removeContact(added.contact));
    EXPECT_TRUE(alice.transport(0).people.known.isEmpty());
}

TEST_F(PeopleDeskTest, WhatWasDoneWithoutAConnectionIsDoneAtTheNextLoginAndOnlyOnce)
{
    alice.transport(0).lose();
    alice.addBob();
    EXPECT_EQ(told(0), QStringList());
    logIn(0);
    list(0);
    EXPECT_EQ(told(0), QStringList(u"add bob@primary.test Bob"_s));
    list(0);
    EXPECT_EQ(told(0), QStringList(u"add bob@primary.test Bob"_s)); // no list has shown it yet
    say(0, RosterChanged{entry(kBob, Subscription::None, true)});
    list(0); // Bob declined, or was removed by another client: that is the user's to decide
    EXPECT_EQ(told(0), QStringList());
}

TEST_F(PeopleDeskTest, ARemovedContactIsTakenOffTheListsItIsOn)
{
    const AddedContact added = alice.addBob();
    say(0, RosterChanged{entry(kBob, Subscription::Both)});
    told(0), told(1);
    alice.transport(0).lose();
    EXPECT_TRUE(alice.profile().removeContact(added.contact));
    logIn(0);
    list(0, {entry(kBob, Subscription::Both)});
    EXPECT_EQ(told(0), QStringList(u"remove bob@primary.test"_s));
    say(0, RosterChanged{entry(kBob, Subscription::None), true});
    list(0);
    EXPECT_EQ(told(0), QStringList());
    EXPECT_EQ(told(1), QStringList());
}

TEST_F(PeopleDeskTest, ARequestIsKeptUntilTheUserAnswers)
{
    for (int i = 0; i < 2; ++i)
        say(0, PresenceAsked{kBob, u"Bobby"_s, u"Hi"_s});
    ASSERT_EQ(asked.size(), 1);
    alice.restart();
    ASSERT_EQ(desk().requests()->size(), 1);
    EXPECT_EQ(desk().requests()->first().nickname, u"Bobby"_s);
    logIn(0);
    told(0);
    EXPECT_TRUE(desk().answer(id(0), kBob, RequestAnswer::Accept));
    EXPECT_EQ(told(0), QStringList(u"accept bob@primary.test"_s));
    EXPECT_TRUE(desk().requests()->isEmpty());
    const auto again = desk().answer(id(0), kBob, RequestAnswer::Accept);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, FailureCode::UnknownRequest);
}

TEST_F(PeopleDeskTest, AnAcceptanceIsRepeatedUntilTheListShowsIt)
{
    say(0, PresenceAsked{kBob, {}, {}});
    EXPECT_TRUE(desk().answer(id(0), kBob, RequestAnswer::Accept));
    told(0);
    list(0);
    EXPECT_EQ(told(0), QStringList(u"accept bob@primary.test"_s));
    say(0, RosterChanged{entry(kBob, Subscription::From)});
    list(0, {entry(kBob, Subscription::From)});
    EXPECT_EQ(told(0), QStringList());
}

TEST_F(PeopleDeskTest, ARequestCanBeWithdrawn)
{
    say(0, PresenceAsked{kBob, {}, {}});
    say(0, PresenceWithdrawn{kBob});
    EXPECT_EQ(withdrawn, QList<Address>{kBob});
    EXPECT_TRUE(desk().requests()->isEmpty());
}

TEST_F(PeopleDeskTest, WhoIsBlockedIsBlockedEverywhereAndNotHeard)
{
    say(0, PresenceAsked{kBob, {}, {}});
    EXPECT_TRUE(desk().answer(id(0), kBob, RequestAnswer::Block));
    EXPECT_EQ(told(0), (QStringList{u"decline bob@primary.test"_s, u"block bob@primary.test"_s}));
    EXPECT_EQ(told(1), QStringList(u"block bob@primary.test"_s));
    asked.clear();
    say(1, PresenceAsked{kBob, {}, {}});
    EXPECT_TRUE(asked.isEmpty());
    const quint64 token = alice.transport(1).receive(ProfileAtWork::incoming(kBob.value, u"hello"_s, u"w1"_s));
    EXPECT_TRUE(alice.added.isEmpty());
    EXPECT_EQ(alice.transport(1).handledTokens.last(), std::pair(token, Disposition::Dropped));
    EXPECT_TRUE(bob().person.isBlocked);
}

TEST_F(PeopleDeskTest, ABlockSurvivesARestartAndReachesServersThatDoNotKnowIt)
{
    EXPECT_TRUE(desk().setBlocked({kBob}, true));
    alice.restart();
    logIn(0);
    told(0);
    list(0);
    EXPECT_EQ(told(0), QStringList(u"block bob@primary.test"_s));
    list(0, {}, {kBob});
    EXPECT_EQ(told(0), QStringList());
    (void)alice.transport(0).receive(ProfileAtWork::incoming(kBob.value, u"hello"_s, u"w1"_s));
    EXPECT_TRUE(alice.added.isEmpty());
}

TEST_F(PeopleDeskTest, WhomAnotherClientBlockedIsBlockedHereToo)
{
    list(0, {}, {kBob});
    EXPECT_TRUE(bob().person.isBlocked);
    say(0, BlocksChanged{{kBob}, false});
    EXPECT_FALSE(bob().person.isBlocked);
    say(0, BlocksChanged{{kBob, at(u"eve@x.test"_s)}, true});
    say(0, BlocksChanged{{}, false});
    EXPECT_TRUE(desk().blocked()->isEmpty());
    (void)alice.transport(0).receive(ProfileAtWork::incoming(kBob.value, u"hello"_s, u"w1"_s));
    EXPECT_EQ(alice.added.size(), 1);
}

TEST_F(PeopleDeskTest, AnUnblockingIsRememberedForServersThatAreAway)
{
    EXPECT_TRUE(desk().setBlocked({kBob}, true));
    alice.transport(1).lose();
    EXPECT_TRUE(desk().setBlocked({kBob}, false));
    told(0), told(1);
    logIn(1);
    list(1, {}, {kBob});
    EXPECT_EQ(told(1), QStringList(u"unblock bob@primary.test"_s));
    EXPECT_TRUE(desk().blocked()->isEmpty());
    list(1);
    list(1, {}, {kBob}); // blocked anew by another client
    EXPECT_EQ(desk().blocked()->size(), 1);
}

TEST_F(PeopleDeskTest, TheirNamesAndPicturesAreKept)
{
    const Avatar avatar{u"abcd"_s, u"image/png"_s, QByteArray("\x89PNG\0x", 6)};
    say(0, NicknameChanged{kBob, u"Bobby"_s});
    say(0, AvatarChanged{kBob, avatar});
    EXPECT_EQ(changed.size(), 2);
    say(0, NicknameChanged{kBob, u"Bobby"_s});
    EXPECT_EQ(changed.size(), 2);
    alice.restart();
    EXPECT_EQ(bob().person.nickname, u"Bobby"_s);
    EXPECT_EQ(*desk().avatarOf(kBob), avatar);
    EXPECT_EQ(alice.transport(0).people.started.avatars.value(kBob), u"abcd"_s);
    say(0, AvatarChanged{kBob, {}});
    EXPECT_FALSE(desk().avatarOf(kBob)->has_value());
}

TEST_F(PeopleDeskTest, TheyAreAsPresentAsAnyAccountSeesThem)
{
    say(0, RosterChanged{entry(kBob, Subscription::Both)});
    say(0, PresenceChanged{kBob, Availability::Away, {}});
    say(1, PresenceChanged{kBob, Availability::Online, {}});
    EXPECT_EQ(bob().availability, Availability::Online);
    EXPECT_TRUE(bob().person.activeAt);
    alice.transport(1).lose();
    EXPECT_EQ(bob().availability, Availability::Away);
    say(0, PresenceChanged{kBob, Availability::Offline, wallFromMillis(5)});
    EXPECT_EQ(bob().availability, Availability::Offline);
    EXPECT_GT(toMillis(*bob().person.activeAt), 5); // not earlier than was known before
}

TEST_F(PeopleDeskTest, WhenTheyWereLastSeenSurvivesALostLinkAndARestart)
{
    say(0, RosterChanged{entry(kBob, Subscription::Both)});
    say(0, PresenceChanged{kBob, Availability::Online, {}});
    say(1, PresenceChanged{at(u"eve@x.test"_s), Availability::Offline, wallFromMillis(77'000)});
    const auto seen = bob().person.activeAt;
    ASSERT_TRUE(seen);
    EXPECT_EQ(changed.last().person.activeAt, seen); // Eve, who was away before, is no news
    alice.transport(0).lose();
    EXPECT_EQ(bob().person.activeAt, seen);
    alice.restart();
    EXPECT_EQ(bob().person.activeAt, seen);
    say(0, PresenceChanged{kBob, Availability::Offline, wallFromMillis(5)});
    alice.restart();
    EXPECT_EQ(bob().person.activeAt, seen);
}

TEST_F(PeopleDeskTest, AThousandPeopleComingOnlineAtOnceCostNoThousandCommits)
{
    QList<RosterEntry> many;
    for (int i = 0; i < 1'000; ++i)
        many.append(entry(at(u"p%1@primary.test"_s.arg(i)), Subscription::Both));
    list(0, many);
    const auto before = alice.anotherHandle()->people().all();
    for (const RosterEntry &one : many)
        say(0, PresenceChanged{one.address, Availability::Online, {}});
    EXPECT_EQ(changed.size(), 1'000);
    EXPECT_EQ(*alice.anotherHandle()->people().all(), *before); // nothing was written yet
    alice.transport(0).lose();
    EXPECT_EQ(alice.anotherHandle()->people().all()->size(), 1'000);
}

TEST_F(PeopleDeskTest, AClockThatIsAheadIsNotBelieved)
{
    say(0, PresenceChanged{kBob, Availability::Away, wallFromMillis(99'000'000'000'000)});
    EXPECT_FALSE(bob().person.activeAt);
}

TEST_F(PeopleDeskTest, NothingIsLeftOfARemovedAccount)
{
    list(0, {entry(kBob, Subscription::Both)});
    say(0, PresenceAsked{at(u"eve@x.test"_s), {}, {}});
    EXPECT_EQ(bob().lists.size(), 1);
    EXPECT_TRUE(alice.profile().removeTransport(id(0)));
    EXPECT_TRUE(desk().requests()->isEmpty());
    EXPECT_TRUE(bob().lists.isEmpty());
}

} // namespace planb::test
