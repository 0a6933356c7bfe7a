// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/iq_requests.h"

#include "transports/xmpp/errors.h"
#include "transports/xmpp/jid.h"
#include "transports/xmpp/namespaces.h"

#include <algorithm>

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;

// Servers answer in the prepared form, whatever case was asked in; resources keep theirs.
bool isSame(const QString &a, const QString &b)
{
    const QStringView bareA = bareJid(a);
    const QStringView bareB = bareJid(b);
    return bareA.compare(bareB, Qt::CaseInsensitive) == 0
        && QStringView(a).sliced(bareA.size()) == QStringView(b).sliced(bareB.size());
}

} // namespace

IqRequests::IqRequests(Self self, Random &random, Send send)
    : m_self(std::move(self)), m_random(random), m_send(std::move(send))
{}

void IqRequests::ask(Element iq, MonoTime now, Then then, Millis limit)
{
    m_now = now;
    if (m_closed) {
        then(Unexpected(IqFailure{*m_closed, {}}), now);
        return;
    }
    if (m_prefix.isEmpty())
        m_prefix = QString::fromLatin1(m_random.bytes(8).toHex());
    const QString id = u"%1-%2"_s.arg(m_prefix).arg(++m_last);
    iq.set(u"id", id);
    m_open.emplace(id, Question{iq.attribute(u"to"), now + limit, std::move(then)});
    m_send(iq);
}

bool IqRequests::handle(const Element &iq, MonoTime now)
{
    m_now = now;
    const QString type = iq.attribute(u"type");
    const bool isResult = type == u"result";
    if (!iq.is(u"iq", ns::kClient) || (!isResult && type != u"error"))
        return false;
    const auto question = m_open.find(iq.attribute(u"id"));
    if (question == m_open.end() || !mayAnswer(iq.attribute(u"from"), question->second.to))
        return false;
    answer(question,
           isResult ? IqAnswer(iq) : IqAnswer(Unexpected(IqFailure{iqFailure(iq), stanzaErrorCondition(iq)})));
    return true;
}

void IqRequests::onTimer(MonoTime now)
{
    m_now = now;
    for (;;) {
        const auto late = std::find_if(m_open.begin(), m_open.end(),
                                       [now](const auto &entry) { return entry.second.until <= now; });
        if (late == m_open.end())
            return;
        answer(late, Unexpected(IqFailure{{FailureCode::HopTimeout, u"no answer in time"_s, {}}, {}}));
    }
}

void IqRequests::close(const Failure &why)
{
    m_closed = why;
    while (!m_open.empty())
        answer(m_open.begin(), Unexpected(IqFailure{why, {}}));
}

// Off the list first: whoever is told may ask again, or close everything.
void IqRequests::answer(Open::iterator question, const IqAnswer &answer)
{
    const Then then = std::move(question->second.then);
    m_open.erase(question);
    then(answer, m_now);
}

std::optional<MonoTime> IqRequests::wakeAt() const
{
    std::optional<MonoTime> at;
    for (const auto &[id, question] : m_open)
        at = at ? std::min(*at, question.until) : question.until;
    return at;
}

bool IqRequests::mayAnswer(const QString &from, const QString &asked) const
{
    const bool isOurs = asked.isEmpty() || isOurServer(asked);
    return isOurs ? from.isEmpty() || isOurServer(from) : isSame(from, asked);
}

bool IqRequests::isOurServer(const QString &jid) const
{
    return isSame(jid, m_self.bareJid) || isSame(jid, m_self.domain) || isSame(jid, m_self.fullJid);
}

Element iqOf(const QString &type, const QString &to, Element inside)
{
    Element iq(u"iq", ns::kClient);
    iq.set(u"type", type);
    if (!to.isEmpty())
        iq.set(u"to", to);
    return iq.add(std::move(inside));
}

} // namespace planb::xmpp
