// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/transports/xmpp/archive_talk.h"

#include <algorithm>

namespace planb::test {

QByteArray archivedMessage(const QByteArray &id, const QByteArray &text, const QByteArray &from, const QByteArray &to)
{
    return "<message xmlns='jabber:client' from='" + from + "' to='" + to + "' type='chat'"
        + (id.isEmpty() ? QByteArray() : " id='" + id + "'") + "><body>" + text + "</body></message>";
}

void ArchiveTalk::comeOnline(const std::optional<ArchiveMark> &mark)
{
    talk.session.setArchiveMark(mark);
    talk.comeOnline();
    readQuestion();
}

QByteArray ArchiveTalk::readQuestion()
{
    said = talk.client();
    presences += said.count("<presence");
    // What the server has to count begins with stream management.
    const QByteArray counted = said.sliced(std::max<qsizetype>(0, said.lastIndexOf("<enable xmlns='urn:xmpp:sm:3'")));
    for (const char *stanza : {"<iq ", "<message ", "<presence"})
        stanzas += counted.count(stanza);
    const qsizetype at = said.lastIndexOf("<iq type='set' to='alice@example.org'");
    asked = at < 0 ? QByteArray() : said.sliced(at);
    if (at >= 0) {
        iq = attributeIn(asked, "id");
        query = attributeIn(asked, "queryid");
    }
    return asked;
}

void ArchiveTalk::result(const QByteArray &id, const QByteArray &inner, const QByteArray &from,
                         const QByteArray &inQuery)
{
    talk.server("<message from='" + from + "' to='alice@example.org/planb-1'><result xmlns='urn:xmpp:mam:2' queryid='"
                + (inQuery.isEmpty() ? query : inQuery) + "' id='" + id
                + "'><forwarded xmlns='urn:xmpp:forward:0'><delay xmlns='urn:xmpp:delay' "
                  "stamp='2023-11-14T23:00:00Z'/>"
                + inner + "</forwarded></result></message>");
}

void ArchiveTalk::fin(const QByteArray &last, const QByteArray &attributes, const QByteArray &from)
{
    const QByteArray set = last.isEmpty()
        ? QByteArray("<set xmlns='http://jabber.org/protocol/rsm'/>")
        : "<set xmlns='http://jabber.org/protocol/rsm'><first>x</first><last>" + last + "</last></set>";
    talk.server("<iq type='result' id='" + iq + "' from='" + from + "'><fin xmlns='urn:xmpp:mam:2' " + attributes + ">"
                + set + "</fin></iq>");
}

void ArchiveTalk::refuse(const QByteArray &condition)
{
    talk.server("<iq type='error' id='" + iq + "' from='alice@example.org'><error type='cancel'><" + condition
                + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></iq>");
}

QByteArray ArchiveTalk::pass(int seconds)
{
    QByteArray all;
    for (int i = 0; i < seconds; ++i) {
        talk.pass(Millis(1'000));
        readQuestion();
        all += said;
        talk.server("<a xmlns='urn:xmpp:sm:3' h='" + QByteArray::number(stanzas) + "'/>");
    }
    return all;
}

} // namespace planb::test
