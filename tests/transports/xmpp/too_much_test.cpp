// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Stanzas that are too large or too deep, in a session. Had they ended it, the server would give them to the next one.
#include "tests/transports/xmpp/online_lines.h"

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;

QByteArray nested(qsizetype depth)
{
    return QByteArray("<a>").repeated(depth) + QByteArray("</a>").repeated(depth);
}

QByteArray tooMuch(const QByteArray &inside)
{
    return "<message from='mallory@example.net/x' to='alice@example.org' type='chat' id='m1'><body>hi</body>" + inside
        + "</message>";
}

const QByteArray kLarge = "<note>" + QByteArray("&gt;").repeated(150'000) + "</note>";

} // namespace

TEST(TooMuch, IsCountedAndDoesNotEndTheStream)
{
    for (const QByteArray &inside :
         {nested(64), nested(10'000), kLarge, "<note id='" + QByteArray(20'000, 'x') + "'/>"}) {
        Dialogue talk;
        talk.settle();
        talk.server(tooMuch(inside) + chat("m2", "hello"));
        EXPECT_FALSE(talk.aborted());
        const auto heard = talk.events<Incoming>();
        ASSERT_EQ(heard.size(), 1u);
        EXPECT_EQ(heard[0].text, u"hello");
        talk.session.handled(heard[0].token, Disposition::Committed, talk.now);
        talk.client();
        talk.server(kAsk);
        EXPECT_TRUE(talk.clientSaid(counter(2)));
    }
}

TEST(TooMuch, IsCountedAlsoWhereOnlyItsNameIsKnown)
{
    Dialogue talk;
    talk.settle();
    talk.server("<message from='mallory@example.net' id='" + QByteArray(50'000, 'x') + "'><body>hi</body></message>");
    EXPECT_TRUE(talk.events<Incoming>().empty());
    talk.client();
    talk.server(kAsk);
    EXPECT_TRUE(talk.clientSaid(counter(1)));
}

TEST(TooMuch, BeforeTheLoginEndsTheConnection)
{
    Dialogue talk;
    talk.connect(true);
    talk.encrypt();
    talk.server(streamHeader() + features(mechanisms({"PLAIN"}) + nested(64)));
    EXPECT_EQ(codeOf(talk.aborted()), FailureCode::ProtocolError);
}

TEST(TooMuch, InACopyIsNoMessage)
{
    Dialogue talk;
    talk.session.setArchiveMark({});
    talk.comeOnline();
    talk.server("<message from='alice@example.org'><sent xmlns='urn:xmpp:carbons:2'>"
                "<forwarded xmlns='urn:xmpp:forward:0'>"
                "<message xmlns='jabber:client' from='alice@example.org/phone' to='bob@example.org' type='chat'>"
                "<body>hi</body>"
                + nested(62) + "</message></forwarded></sent></message>");
    EXPECT_FALSE(talk.aborted());
    EXPECT_TRUE(talk.events<Incoming>().empty());
}

TEST(TooMuch, InTheArchiveIsPassedAndTheMarkMovesOn)
{
    Dialogue talk;
    talk.session.setArchiveMark(ArchiveMark{u"m0"_s, wallFromMillis(1'700'000'000'000)});
    talk.comeOnline();
    const QByteArray said = talk.client();
    const QByteArray asked = said.sliced(said.lastIndexOf("<iq type='set' to='alice@example.org'"));
    const auto result = [&](const QByteArray &id, const QByteArray &inside) {
        return "<message from='alice@example.org' to='alice@example.org/planb-1'><result xmlns='urn:xmpp:mam:2' "
               "queryid='"
            + attributeIn(asked, "queryid") + "' id='" + id
            + "'><forwarded xmlns='urn:xmpp:forward:0'><delay xmlns='urn:xmpp:delay' stamp='2023-11-14T23:00:00Z'/>"
              "<message xmlns='jabber:client' from='bob@example.org/x' to='alice@example.org' type='chat' id='w"
            + id + "'><body>hi</body>" + inside + "</message></forwarded></result></message>";
    };
    // 62 levels: accepted by whoever took it from its author, too deep with the archive's own around it.
    talk.server(result("m1", {}) + result("m2", kLarge) + result("m3", nested(61)));
    talk.server("<iq type='result' from='alice@example.org' id='" + attributeIn(asked, "id")
                + "'><fin xmlns='urn:xmpp:mam:2' complete='true'><set xmlns='http://jabber.org/protocol/rsm'>"
                  "<last>m3</last></set></fin></iq>");
    EXPECT_FALSE(talk.aborted());
    const auto pages = talk.events<ArchivePage>();
    ASSERT_EQ(pages.size(), 1u);
    EXPECT_EQ(pages[0].messages.size(), 1);
    EXPECT_EQ(pages[0].mark, (ArchiveMark{u"m3"_s, wallFromMillis(1'700'002'800'000)}));
}

TEST(TooMuch, LeavesAStreamThatMayBeResumed)
{
    Dialogue talk;
    talk.comeOnlineResumable();
    talk.server(tooMuch(nested(64)));
    talk.close(FailureCode::ConnectionLost);
    talk.reachResumption();
    EXPECT_TRUE(talk.clientSaid("<resume xmlns='urn:xmpp:sm:3' previd='old-1' h='1'/>"));
}

} // namespace planb::test
