// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/transports/xmpp/archive_talk.h"

#include <algorithm>

namespace planb::test {

using namespace Qt::StringLiterals;

// One page is on its way while the one before is stored.
using ArchiveReadAhead = ArchiveTalk;

TEST_F(ArchiveReadAhead, AsksForTheNextPageBeforeThisOneIsStored)
{
    comeOnline();
    result("m1", archivedMessage("a", "one"));
    fin("m1");
    // Nobody has taken the page yet, nor said that it is stored.
    EXPECT_TRUE(readQuestion().contains("<after>m1</after>"));
    result("m2", archivedMessage("b", "two"));
    const auto first = talk.events<ArchivePage>();
    ASSERT_EQ(first.size(), 1u);
    EXPECT_EQ(first[0].messages.at(0).text, u"one");
    talk.session.setArchiveMark(first[0].mark);
    fin("m2");
    EXPECT_TRUE(readQuestion().contains("<after>m2</after>"));
}

TEST_F(ArchiveReadAhead, AsksForOneOnly)
{
    comeOnline();
    EXPECT_EQ(said.count("urn:xmpp:mam:2"), 2); // the question and the type of its form
    result("m1", archivedMessage("a", "one"));
    EXPECT_TRUE(readQuestion().isEmpty());
    fin("m1");
    readQuestion();
    EXPECT_EQ(said.count("<query xmlns='urn:xmpp:mam:2'"), 1);
}

TEST_F(ArchiveReadAhead, PagesAndTheirMarksComeInTheOrderOfTheArchive)
{
    comeOnline();
    int number = 0;
    for (const char *end : {"", "", "complete='true'"}) {
        for (int i = 0; i < 3; ++i) {
            const QByteArray id = QByteArray::number(++number);
            result("m" + id, archivedMessage("s" + id, id));
        }
        fin("m" + QByteArray::number(number), end);
        readQuestion();
    }
    QStringList texts, marks;
    QList<quint64> tokens;
    for (const ArchivePage &page : talk.events<ArchivePage>()) {
        for (const Incoming &message : page.messages) {
            texts.append(message.text);
            tokens.append(message.token);
        }
        marks.append(page.mark ? page.mark->id : QString());
    }
    EXPECT_EQ(texts, (QStringList{u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s, u"6"_s, u"7"_s, u"8"_s, u"9"_s}));
    EXPECT_EQ(marks, (QStringList{u"m3"_s, u"m6"_s, u"m9"_s}));
    EXPECT_TRUE(std::ranges::is_sorted(tokens));
    EXPECT_TRUE(asked.isEmpty()); // behind the last
}

TEST_F(ArchiveReadAhead, CutBeforeTheNextPageBeganItGoesOnThere)
{
    comeOnline();
    result("m1", archivedMessage("a", "one"));
    fin("m1");
    readQuestion();
    const QByteArray old = query;
    ASSERT_EQ(talk.events<ArchivePage>().size(), 1u);
    talk.close(FailureCode::ConnectionLost);
    talk.session.setArchiveMark(ArchiveMark{u"m1"_s, kMark.at});
    talk.comeOnline();
    EXPECT_TRUE(readQuestion().contains("<after>m1</after>"));
    EXPECT_NE(query, old);
    result("m2", archivedMessage("b", "two"));
    fin("m2", "complete='true'");
    const auto pages = talk.events<ArchivePage>();
    ASSERT_EQ(pages.size(), 1u);
    ASSERT_EQ(pages[0].messages.size(), 1);
    EXPECT_EQ(pages[0].messages[0].text, u"two");
}

// The store did not take the page: the transport is stopped, and what comes after it must not count.
TEST_F(ArchiveReadAhead, StoppedWithAPageThatWasNotStoredItBeginsWithThatOneAgain)
{
    comeOnline();
    result("m1", archivedMessage("a", "one"));
    fin("m1");
    readQuestion();
    ASSERT_EQ(talk.events<ArchivePage>().size(), 1u);
    talk.session.finish();
    result("m2", archivedMessage("b", "two"));
    fin("m2");
    EXPECT_TRUE(talk.events<ArchivePage>().empty());
    EXPECT_TRUE(readQuestion().isEmpty());
    talk.session.setArchiveMark(kMark);
    talk.comeOnline();
    EXPECT_TRUE(readQuestion().contains("<after>m0</after>"));
}

TEST_F(ArchiveReadAhead, TheStoresWordAboutAnEarlierPageTurnsNothingBack)
{
    comeOnline();
    for (const char *id : {"m1", "m2"}) {
        result(id, archivedMessage(id, id));
        fin(id);
        readQuestion();
    }
    talk.session.setArchiveMark(ArchiveMark{u"m1"_s, kMark.at});
    refuse("internal-server-error");
    EXPECT_TRUE(pass(62).contains("<after>m2</after>"));
}

TEST_F(ArchiveReadAhead, ASlowLineHasMinutesForAPage)
{
    comeOnline();
    for (const char *id : {"m1", "m2", "m3"}) {
        EXPECT_FALSE(pass(60).contains("urn:xmpp:mam:2"));
        result(id, archivedMessage(id, id));
    }
    fin("m3", "complete='true'");
    const auto pages = talk.events<ArchivePage>();
    ASSERT_EQ(pages.size(), 1u);
    EXPECT_EQ(pages[0].messages.size(), 3);
}

} // namespace planb::test
