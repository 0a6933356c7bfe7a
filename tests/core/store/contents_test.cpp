// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/store/store_fixture.h"

namespace planb::store {
namespace {

using namespace Qt::StringLiterals;

// Corrections, retractions and reactions: what is about a message and changes how it is shown.
class Contents : public StoreTest
{
protected:
    // `from` says something about the message `target`.
    Message about(const Contact &from, ContentKind kind, const QString &id, const QString &target, const QString &text)
    {
        auto item = draft(from, id, text);
        item.kind = kind;
        item.target = wire(target);
        return incoming(item).value();
    }
    Message ofMine(const Contact &to, ContentKind kind, const QString &id, MessageId target, const QString &text)
    {
        return must(
            store().messages().addOutgoing({to.conversation, to.id, wire(id), text, at(1500), {}, {}, kind, target}));
    }
    Message shown(const Message &message) { return must(store().messages().byId(message.id)); }
};

TEST_F(Contents, ACorrectionChangesWhatIsShownAndKeepsTheOriginal)
{
    const Contact person = bob();
    const Message first = incoming(person, u"helo"_s);
    const Message fix = about(person, ContentKind::Correction, u"c1"_s, u"helo"_s, u"hello"_s);
    EXPECT_EQ(shown(first).text, u"hello");
    EXPECT_EQ(shown(first).correctedAt, at(1000));
    EXPECT_EQ(must(store().messages().targetOf(fix.id)), first.id);
    EXPECT_EQ(page(person), QStringList({u"hello"_s}));
    const auto versions = must(store().messages().versions(first.id));
    ASSERT_EQ(versions.size(), 2);
    EXPECT_EQ(versions[0].text, u"helo");
    EXPECT_EQ(versions[1].text, u"hello");
}

TEST_F(Contents, TheLastCorrectionCountsWhateverTheOrderOfArrival)
{
    const Contact person = bob();
    const Message first = incoming(person, u"one"_s, 10);
    auto late = draft(person, u"c2"_s, u"three"_s);
    late.kind = ContentKind::Correction;
    late.target = wire(u"one"_s);
    late.order = 12;
    incoming(late);
    auto early = draft(person, u"c1"_s, u"two"_s);
    early.kind = ContentKind::Correction;
    early.target = wire(u"one"_s);
    early.order = 11;
    incoming(early);
    EXPECT_EQ(shown(first).text, u"three");
}

TEST_F(Contents, ACorrectionWaitsForItsMessage)
{
    const Contact person = bob();
    const Message fix = about(person, ContentKind::Correction, u"c1"_s, u"m1"_s, u"right"_s);
    EXPECT_EQ(must(store().messages().targetOf(fix.id)), std::nullopt);
    EXPECT_TRUE(page(person).isEmpty());
    EXPECT_EQ(incoming(person, u"m1"_s).text, u"right");
}

TEST_F(Contents, OnlyTheAuthorCorrectsOrTakesBack)
{
    const Contact person = bob();
    const Contact carol = added(u"Carol"_s, u"carol@a.example"_s);
    const Message mine = outgoing(person, u"mine"_s);
    const Message theirs = incoming(person, u"theirs"_s);
    const Message forged = about(person, ContentKind::Correction, u"x1"_s, u"mine"_s, u"forged"_s);
    about(person, ContentKind::Retraction, u"x2"_s, u"mine"_s, {});
    about(carol, ContentKind::Correction, u"x3"_s, u"theirs"_s, u"forged"_s);
    about(carol, ContentKind::Retraction, u"x4"_s, u"theirs"_s, {});
    EXPECT_EQ(shown(mine), mine);
    EXPECT_EQ(shown(theirs), theirs);
    EXPECT_EQ(must(store().messages().targetOf(forged.id)), std::nullopt);
}

TEST_F(Contents, ACorrectionOfACorrectionIsOneOfTheMessage)
{
    const Contact person = bob();
    const Message first = incoming(person, u"m1"_s);
    about(person, ContentKind::Correction, u"c1"_s, u"m1"_s, u"two"_s);
    about(person, ContentKind::Correction, u"c2"_s, u"c1"_s, u"three"_s);
    EXPECT_EQ(shown(first).text, u"three");
    // The other way round: the one in the middle comes last.
    about(person, ContentKind::Correction, u"d2"_s, u"d1"_s, u"five"_s);
    about(person, ContentKind::Reaction, u"r1"_s, u"d1"_s, u"👍"_s);
    auto middle = draft(person, u"d1"_s, u"four"_s);
    middle.kind = ContentKind::Correction;
    middle.target = wire(u"m1"_s);
    incoming(middle);
    EXPECT_EQ(shown(first).text, u"four");
    EXPECT_EQ(must(store().messages().versions(first.id)).size(), 5);
    EXPECT_EQ(shown(first).reactions.theirs, QStringList({u"👍"_s}));
}

TEST_F(Contents, CorrectionsInACircleDoNoHarm)
{
    const Contact person = bob();
    about(person, ContentKind::Correction, u"a"_s, u"b"_s, u"x"_s);
    about(person, ContentKind::Correction, u"b"_s, u"a"_s, u"y"_s);
    about(person, ContentKind::Correction, u"c"_s, u"c"_s, u"z"_s);
    EXPECT_TRUE(page(person).isEmpty());
}

TEST_F(Contents, WhatWasTakenBackIsEmptyAndCanBeRecovered)
{
    const Contact person = bob();
    const Message mine = outgoing(person, u"secret"_s);
    ofMine(person, ContentKind::Retraction, u"r1"_s, mine.id, {});
    EXPECT_TRUE(shown(mine).retracted);
    EXPECT_EQ(shown(mine).text, QString());
    EXPECT_EQ(must(store().messages().versions(mine.id)).constFirst().text, u"secret");
}

TEST_F(Contents, BothReactAndTheLastSetOfEachCounts)
{
    const Contact person = bob();
    const Message mine = outgoing(person, u"mine"_s);
    about(person, ContentKind::Reaction, u"r1"_s, u"mine"_s, u"👍\n🎉"_s);
    ofMine(person, ContentKind::Reaction, u"r2"_s, mine.id, u"❤️"_s);
    EXPECT_EQ(shown(mine).reactions, (Reactions{{u"❤️"_s}, {u"👍"_s, u"🎉"_s}}));
    about(person, ContentKind::Reaction, u"r3"_s, u"mine"_s, {});
    EXPECT_TRUE(shown(mine).reactions.theirs.isEmpty());
}

TEST_F(Contents, AMessageIsFoundByItsOtherId)
{
    const Contact person = bob();
    about(person, ContentKind::Correction, u"c1"_s, u"stanza-1"_s, u"fixed"_s);
    auto message = draft(person, u"origin-1"_s, u"broken"_s);
    message.alias = wire(u"stanza-1"_s);
    const Message first = incoming(message).value();
    EXPECT_EQ(first.text, u"fixed");
    about(person, ContentKind::Reaction, u"r1"_s, u"stanza-1"_s, u"👍"_s);
    EXPECT_EQ(shown(first).reactions.theirs, QStringList({u"👍"_s}));
    auto reply = draft(person, u"m2"_s, u"yes"_s);
    reply.replyTo = wire(u"stanza-1"_s);
    EXPECT_EQ(incoming(reply).value().replyTo, first.id);
}

TEST_F(Contents, AreNoMessagesOfTheirOwn)
{
    const Contact person = bob();
    const Message first = incoming(person, u"m1"_s);
    must(store().messages().markRead(person.conversation, first.id));
    about(person, ContentKind::Reaction, u"r1"_s, u"m1"_s, u"👍"_s);
    const auto row = must(store().conversations().byId(person.conversation));
    EXPECT_EQ(row.unread, 0);
    EXPECT_EQ(row.last->id, first.id);
    // And a message that comes after one is not late because of it.
    EXPECT_FALSE(incoming(person, u"m2"_s, 2).late);
}

TEST_F(Contents, TravelAsTheyWereWritten)
{
    const Contact person = bob();
    const Message first = outgoing(person, u"first"_s);
    const Message fix = ofMine(person, ContentKind::Correction, u"c1"_s, first.id, u"second"_s);
    const auto original = must(store().messages().outgoing(first.id));
    EXPECT_EQ(original.text, u"first"); // every copy says the same
    EXPECT_EQ(original.message.text, u"second");
    const auto item = must(store().messages().outgoing(fix.id));
    EXPECT_EQ(item.kind, ContentKind::Correction);
    EXPECT_EQ(item.text, u"second");
    EXPECT_EQ(item.target, wire(u"first"_s));
}

TEST_F(Contents, AReplyTravelsWithWhatItIsTo)
{
    const Contact person = bob();
    const Message theirs = incoming(person, u"theirs"_s);
    const Message reply = must(
        store().messages().addOutgoing({person.conversation, person.id, wire(u"w1"_s), u"yes"_s, at(1000), theirs.id}));
    const auto row = must(store().messages().outgoing(reply.id));
    ASSERT_TRUE(row.quoted);
    EXPECT_EQ(row.quoted->text, u"theirs");
    EXPECT_EQ(row.quotedDirection, Direction::In);
}

TEST_F(Contents, OfOwnMessagesOnAnotherDeviceAreOutgoingAndComeOnce)
{
    const Contact person = bob();
    auto copy = draft(person, u"w1"_s, u"from my phone"_s);
    copy.direction = Direction::Out;
    const Message own = incoming(copy).value();
    EXPECT_EQ(own.direction, Direction::Out);
    EXPECT_EQ(own.state, MessageState::Sent);
    EXPECT_EQ(own.receivedAt, std::nullopt);
    EXPECT_EQ(incoming(copy), std::nullopt);
    EXPECT_EQ(must(store().messages().findOutgoing(person.id, wire(u"w1"_s))), own.id);
    EXPECT_EQ(must(store().conversations().byId(person.conversation)).unread, 0);
    // That its id is taken as an incoming one does not hide it, nor the other way round.
    EXPECT_TRUE(incoming(draft(person, u"w1"_s, u"theirs"_s)).has_value());
}

TEST_F(Contents, WhatCannotBeOpenedIsKept)
{
    const Contact person = bob();
    auto sealed = draft(person, u"m1"_s, {});
    sealed.sealedBy = u"OMEMO"_s;
    EXPECT_EQ(incoming(sealed).value().sealedBy, u"OMEMO");
}

TEST_F(Contents, TheArchiveMarkBelongsToOneAccount)
{
    const auto transport = must(store().transports().add(TransportKind::Xmpp, u"A"_s, {}, {}));
    const ArchiveMark mark{u"archived-1"_s, at(5)};
    EXPECT_EQ(must(store().archives().mark(transport.id, u"a@x"_s)), std::nullopt);
    must(store().archives().setMark(transport.id, u"a@x"_s, {u"older"_s, at(4)}));
    must(store().archives().setMark(transport.id, u"a@x"_s, mark));
    reopen();
    EXPECT_EQ(must(store().archives().mark(transport.id, u"a@x"_s)), mark);
    EXPECT_EQ(must(store().archives().mark(transport.id, u"b@x"_s)), std::nullopt);
    EXPECT_EQ(codeOf(store().archives().setMark(TransportId(99), u"a@x"_s, mark)), FailureCode::InvalidArgument);
}

} // namespace
} // namespace planb::store
