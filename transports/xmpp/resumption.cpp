// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/resumption.h"

#include "transports/xmpp/namespaces.h"

#include <algorithm>

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kMaxId = 4'000;
constexpr qint64 kLongestSeconds = 7 * 24 * 3'600;
// The outbox repeats what was in doubt as soon as the link is up. What it sends after this it sends for another reason.
constexpr Millis kAnswersKept{10'000};

} // namespace

std::optional<ResumptionTerms> ResumptionTerms::parse(const Element &enabled)
{
    const QString resume = enabled.attribute(u"resume");
    const QString id = enabled.attribute(u"id");
    if ((resume != u"true" && resume != u"1") || id.isEmpty() || id.size() > kMaxId)
        return {};
    const qint64 seconds = std::clamp<qint64>(enabled.attribute(u"max").toLongLong(), 0, kLongestSeconds);
    return ResumptionTerms{id, Millis(seconds * 1'000), HostHint::parse(enabled.attribute(u"location"))};
}

SuspendedStream::SuspendedStream(Continuation rest, MonoTime lostAt) : m_rest(std::move(rest)), m_lostAt(lostAt) {}

bool SuspendedStream::isWorthTrying(MonoTime now) const
{
    return m_rest.terms.longest == Millis(0) || now - m_lostAt <= m_rest.terms.longest;
}

Element SuspendedStream::request()
{
    // What the core stores from now on comes again all the same, and is recognised as a repeat then.
    m_requestedFrom = m_rest.window.done();
    return Element(u"resume", ns::kStreamManagement)
        .set(u"previd", m_rest.terms.id)
        .set(u"h", QString::number(m_rest.window.counter()));
}

Result<std::vector<SentStanza>> SuspendedStream::settle(quint32 counter)
{
    return m_rest.queue.acknowledgeCounter(counter);
}

SuspendedStream::Continuation SuspendedStream::goOn() &&
{
    m_rest.queue = OutgoingQueue(m_rest.queue.acknowledged());
    m_rest.window = IncomingWindow(m_requestedFrom);
    return std::move(m_rest);
}

void LateAnswers::note(const std::vector<SentStanza> &stanzas, MonoTime now)
{
    m_known.removeIf([now](const auto &entry) { return entry.value() < now; });
    for (const SentStanza &stanza : stanzas) {
        if (!stanza.wireId.isEmpty())
            m_known.insert({stanza.wireId, stanza.to}, now + kAnswersKept);
    }
}

bool LateAnswers::take(const QString &wireId, const QString &to, MonoTime now)
{
    const auto it = m_known.constFind({wireId, to});
    if (it == m_known.cend())
        return false;
    const bool isCurrent = now <= *it;
    m_known.erase(it);
    return isCurrent;
}

} // namespace planb::xmpp
