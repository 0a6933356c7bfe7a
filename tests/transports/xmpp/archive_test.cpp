// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/transports/xmpp/archive_talk.h"

namespace planb::test {

using namespace Qt::StringLiterals;

TEST_F(ArchiveTalk, NobodyReadsItUnlessTheStoreHasSaidWhereToBegin)
{
    talk.comeOnline();
    EXPECT_TRUE(talk.client().contains("<presence"));
    result("m1", archivedMessage("a", "unasked"), "alice@example.org", "q");
    EXPECT_TRUE(talk.events<ArchivePage>().empty());
    EXPECT_TRUE(talk.events<Incoming>().empty());
}

TEST_F(ArchiveTalk, ReadsBehindTheMarkAsSoonAsOthersSeeIt)
{
    comeOnline();
    EXPECT_TRUE(said.contains("<enable xmlns='urn:xmpp:carbons:2'/>"));
    EXPECT_LT(said.indexOf("urn:xmpp:carbons:2"), said.indexOf("urn:xmpp:mam:2"));
    EXPECT_TRUE(asked.contains("<max>250</max><after>m0</after>")) << asked.constData();
    // Nothing falls between what the archive holds and what comes by itself.
    EXPECT_LT(said.indexOf("<presence"), said.indexOf("urn:xmpp:mam:2"));
    result("m1", archivedMessage("a", "one"));
    result("m2", archivedMessage("b", "two"));
    EXPECT_TRUE(talk.events<Incoming>().empty());
    fin("m2");
    EXPECT_TRUE(readQuestion().contains("<after>m2</after>"));
    fin({}, "complete='true'");
    readQuestion();
    EXPECT_TRUE(asked.isEmpty());
    EXPECT_TRUE(appeared());
    const auto pages = talk.events<ArchivePage>();
    ASSERT_EQ(pages.size(), 1u);
    ASSERT_EQ(pages[0].messages.size(), 2);
    EXPECT_EQ(pages[0].messages[0].text, u"one");
    EXPECT_EQ(pages[0].messages[0].sentAt, wallFromMillis(1'700'002'800'000));
    EXPECT_NE(pages[0].messages[0].token, 0u);
    EXPECT_EQ(pages[0].mark, (ArchiveMark{u"m2"_s, wallFromMillis(1'700'002'800'000)}));
}

TEST_F(ArchiveTalk, WithoutAMarkItReadsEverything)
{
    comeOnline({});
    EXPECT_FALSE(asked.contains("<after>"));
    EXPECT_FALSE(asked.contains("start"));
}

TEST_F(ArchiveTalk, AMessageThatComesByItselfNeverMovesTheMark)
{
    comeOnline();
    result("m1", archivedMessage("a", "old"));
    talk.server("<message from='bob@example.org/phone' to='alice@example.org' type='chat' id='live'><body>new</body>"
                "<stanza-id xmlns='urn:xmpp:sid:0' by='alice@example.org' id='m99'/></message>");
    fin("m1");
    EXPECT_TRUE(readQuestion().contains("<after>m1</after>"));
    EXPECT_EQ(talk.events<ArchivePage>().at(0).mark->id, u"m1");
    EXPECT_EQ(talk.events<Incoming>().size(), 1u);
}

TEST_F(ArchiveTalk, AServerThatForgotTheMarkIsReadFromAnHourBefore)
{
    comeOnline();
    refuse("item-not-found");
    readQuestion();
    EXPECT_FALSE(asked.contains("<after>"));
    EXPECT_TRUE(asked.contains("<field var='start'><value>2023-11-14T21:13:20.000Z</value></field>"))
        << asked.constData();
    result("n1", archivedMessage("a", "one"));
    fin("n1");
    readQuestion();
    EXPECT_TRUE(asked.contains("start") && asked.contains("<after>n1</after>")); // the same window, further on
    refuse("item-not-found");
    readQuestion();
    EXPECT_TRUE(asked.isEmpty());
    EXPECT_TRUE(appeared());
}

TEST_F(ArchiveTalk, AShakyPageMovesNothingAndNeitherDoThoseBehindIt)
{
    comeOnline();
    result("m1", archivedMessage("a", "one"));
    fin("m1", "stable='false'");
    readQuestion();
    result("m2", archivedMessage("b", "two"));
    fin("m2", "complete='true'");
    const auto pages = talk.events<ArchivePage>();
    ASSERT_EQ(pages.size(), 2u);
    EXPECT_FALSE(pages[0].mark);
    EXPECT_FALSE(pages[1].mark);
    EXPECT_EQ(pages[1].messages.size(), 1);
}

TEST_F(ArchiveTalk, APageThatIsNotWhatItsEndSaysMovesNothing)
{
    comeOnline();
    result("m1", archivedMessage("a", "one"));
    fin("m7");
    EXPECT_FALSE(talk.events<ArchivePage>().at(0).mark);
    readQuestion();
    EXPECT_TRUE(appeared());
    EXPECT_FALSE(pass(58).contains("urn:xmpp:mam:2"));
    EXPECT_TRUE(pass(4).contains("<after>m0</after>"));
}

TEST_F(ArchiveTalk, BelievesOnlyTheOwnAccount)
{
    comeOnline();
    for (const char *from : {"mallory@example.org", "mallory@example.org/x", "alice@example.org/other", "example.org"})
        result("m1", archivedMessage("f", "forged"), from);
    result("m1", archivedMessage("f", "of another question"), "alice@example.org", "other");
    fin("m1", "complete='true'", "mallory@example.org");
    EXPECT_TRUE(talk.events<ArchivePage>().empty());
    EXPECT_TRUE(talk.events<Incoming>().empty());
    result("m2", archivedMessage("a", "true"));
    fin("m2", "complete='true'");
    ASSERT_EQ(talk.events<ArchivePage>().size(), 1u);
}

TEST_F(ArchiveTalk, AServerThatFillsAPageForEverIsNotFollowed)
{
    comeOnline();
    for (int i = 0; i < 1'000; ++i)
        result("m" + QByteArray::number(i), archivedMessage("a" + QByteArray::number(i), "x"));
    fin("m999");
    const auto pages = talk.events<ArchivePage>();
    ASSERT_EQ(pages.size(), 1u);
    EXPECT_LE(pages[0].messages.size(), 500);
    EXPECT_FALSE(pages[0].mark);
}

TEST_F(ArchiveTalk, AServerWithoutOneIsNotAskedAgain)
{
    comeOnline();
    refuse("service-unavailable");
    readQuestion();
    EXPECT_TRUE(appeared());
    EXPECT_FALSE(pass(70).contains("urn:xmpp:mam:2"));
}

// What a server gave to a session that was dead already may turn up in the archive behind the question.
TEST_F(ArchiveTalk, LooksOnceMoreAMomentAfterItsEnd)
{
    comeOnline();
    result("m1", archivedMessage("a", "one"));
    fin("m1", "complete='true'");
    EXPECT_FALSE(pass(8).contains("urn:xmpp:mam:2"));
    EXPECT_TRUE(pass(4).contains("<after>m1</after>"));
    result("m2", archivedMessage("b", "shown late"));
    fin("m2", "complete='true'");
    const auto pages = talk.events<ArchivePage>();
    ASSERT_EQ(pages.size(), 2u);
    EXPECT_EQ(pages[1].messages.at(0).text, u"shown late");
    EXPECT_EQ(pages[1].mark->id, u"m2");
    EXPECT_FALSE(pass(30).contains("urn:xmpp:mam:2"));
}

TEST_F(ArchiveTalk, APageThatIsCutInTheMiddleIsReadAnew)
{
    comeOnline();
    result("m1", archivedMessage("a", "one"));
    fin("m1");
    readQuestion();
    const QByteArray old = query;
    result("m2", archivedMessage("b", "two"));
    talk.close(FailureCode::ConnectionLost);
    ASSERT_EQ(talk.events<ArchivePage>().size(), 1u);
    talk.comeOnline();
    EXPECT_TRUE(readQuestion().contains("<after>m1</after>"));
    EXPECT_NE(query, old);
    result("m3", archivedMessage("c", "late answer of the old question"), "alice@example.org", old);
    result("m2", archivedMessage("b", "two"));
    fin("m2", "complete='true'");
    const auto pages = talk.events<ArchivePage>();
    ASSERT_EQ(pages.size(), 1u);
    EXPECT_EQ(pages[0].messages.size(), 1);
}

TEST_F(ArchiveTalk, AResumedStreamGoesOnReadingAndAFinishedOneDoesNot)
{
    talk.session.setArchiveMark(kMark);
    talk.comeOnlineResumable();
    readQuestion();
    result("m1", archivedMessage("a", "one"));
    fin("m1");
    talk.close(FailureCode::ConnectionLost);
    talk.reachResumption();
    talk.server("<resumed xmlns='urn:xmpp:sm:3' previd='old-1' h='2'/>");
    EXPECT_TRUE(readQuestion().contains("<after>m1</after>"));
    fin({}, "complete='true'");
    talk.client();
    talk.close(FailureCode::ConnectionLost);
    talk.reachResumption();
    talk.server("<resumed xmlns='urn:xmpp:sm:3' previd='old-1' h='4'/>");
    EXPECT_TRUE(readQuestion().isEmpty());
}

TEST_F(ArchiveTalk, WhatWasSentWithAnotherClientIsOutgoing)
{
    comeOnline();
    result("m1", archivedMessage("p1", "from my phone", "alice@example.org/phone", "bob@example.org/x"));
    fin("m1", "complete='true'");
    const auto pages = talk.events<ArchivePage>();
    ASSERT_EQ(pages.at(0).messages.size(), 1);
    EXPECT_EQ(pages[0].messages[0].direction, Direction::Out);
    EXPECT_EQ(pages[0].messages[0].from.value, u"bob@example.org");
}

TEST_F(ArchiveTalk, AMessageWithoutIdsIsTheSameInTheArchiveAndByItself)
{
    comeOnline();
    result("m1", archivedMessage({}, "no id"));
    fin("m1", "complete='true'");
    const auto archived = talk.events<ArchivePage>().at(0).messages.at(0).wireId;
    talk.server("<message from='bob@example.org/phone' to='alice@example.org' type='chat'><body>no id</body>"
                "<stanza-id xmlns='urn:xmpp:sid:0' by='alice@example.org' id='m1'/></message>");
    EXPECT_EQ(talk.events<Incoming>().at(0).wireId, archived);
}

TEST_F(ArchiveTalk, ConfirmsWhatIsNewUnlessTheAccountIsReadForTheFirstTime)
{
    for (const bool isFirst : {false, true}) {
        Dialogue other;
        talk.session.setArchiveMark({});
        other.session.setArchiveMark(isFirst ? std::nullopt : std::optional(kMark));
        other.comeOnline();
        const QByteArray question = other.client();
        const QByteArray asking = question.sliced(question.lastIndexOf("<iq type='set' to='alice@example.org'"));
        other.server("<message from='alice@example.org'><result xmlns='urn:xmpp:mam:2' id='m1' queryid='"
                     + attributeIn(asking, "queryid")
                     + "'><forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' type='chat' id='s1' "
                       "from='bob@example.org/x' to='alice@example.org'><body>x</body><request "
                       "xmlns='urn:xmpp:receipts'/></message></forwarded></result></message>");
        other.server("<iq type='result' from='alice@example.org' id='" + attributeIn(asking, "id")
                     + "'><fin xmlns='urn:xmpp:mam:2' complete='true'><set xmlns='http://jabber.org/protocol/rsm'>"
                       "<last>m1</last></set></fin></iq>");
        const auto pages = other.events<ArchivePage>();
        other.client();
        other.session.handled(pages.at(0).messages.at(0).token, Disposition::Committed, other.now);
        EXPECT_EQ(other.clientSaid("<received xmlns='urn:xmpp:receipts' id='s1'/>"), !isFirst);
    }
}

TEST_F(ArchiveTalk, TakesCopiesFromTheOwnAccountOnly)
{
    comeOnline();
    const auto copy = [this](const QByteArray &kind, const QByteArray &from, const QByteArray &inner) {
        talk.server("<message from='" + from + "' to='alice@example.org/planb-1' type='chat'><" + kind
                    + " xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>" + inner + "</forwarded></"
                    + kind + "></message>");
        return talk.events<Incoming>();
    };
    const QByteArray theirs = archivedMessage("t1", "hi"),
                     mine = archivedMessage("p1", "yo", "alice@example.org/phone", "bob@example.org");
    for (const char *from : {"mallory@example.org", "bob@example.org/phone", "alice@example.org/evil", "example.org"}) {
        EXPECT_TRUE(copy("received", from, theirs).empty()) << from;
        EXPECT_TRUE(copy("sent", from, mine).empty()) << from;
    }
    const auto received = copy("received", "alice@example.org", theirs);
    ASSERT_EQ(received.size(), 1u);
    EXPECT_EQ(received[0].direction, Direction::In);
    EXPECT_EQ(received[0].from.value, u"bob@example.org");
    const auto sent = copy("sent", "alice@example.org", mine);
    ASSERT_EQ(sent.size(), 1u);
    EXPECT_EQ(sent[0].direction, Direction::Out);
    EXPECT_EQ(sent[0].from.value, u"bob@example.org");
}

TEST_F(ArchiveTalk, ACopyIsConfirmedByTheClientThatGotTheMessage)
{
    comeOnline();
    talk.server(
        "<message from='alice@example.org'><received xmlns='urn:xmpp:carbons:2'><forwarded "
        "xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client' from='bob@example.org/x' "
        "to='alice@example.org/phone' type='chat' id='s1'><body>x</body><request xmlns='urn:xmpp:receipts'/>"
        "<composing xmlns='http://jabber.org/protocol/chatstates'/></message></forwarded></received></message>");
    const auto copies = talk.events<Incoming>();
    ASSERT_EQ(copies.size(), 1u);
    EXPECT_TRUE(talk.events<xmpp::ShownState>().empty());
    talk.client();
    talk.session.handled(copies[0].token, Disposition::Committed, talk.now);
    EXPECT_FALSE(talk.clientSaid("urn:xmpp:receipts"));
}

} // namespace planb::test
