// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/online_stream.h"

#include "core/base/log.h"
#include "transports/xmpp/forwarded.h"
#include "transports/xmpp/iq_answers.h"
#include "transports/xmpp/message_stanza.h"
#include "transports/xmpp/namespaces.h"

#include <algorithm>

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;

bool isStanza(const Element &element)
{
    return element.ns() == ns::kClient
        && (element.name() == u"message" || element.name() == u"iq" || element.name() == u"presence");
}

} // namespace

OnlineStream::OnlineStream(Setting setting, std::optional<SuspendedStream::Continuation> resumed, Wire &wire,
                           Events &events, Inbox &inbox, Random &random, MonoTime now)
    : m_setting(std::move(setting))
    , m_wire(wire)
    , m_events(events)
    , m_inbox(inbox)
    , m_random(random)
    , m_hop(m_setting.timing, now)
    , m_requests({m_setting.bareJid, m_setting.fullJid, m_setting.domain}, random,
                 [this](const Element &iq) { writeStanza(iq.toXml(ns::kClient), {}); })
    , m_guard(m_setting.bareJid, m_setting.domain, now)
{
    if (resumed) {
        m_terms = std::move(resumed->terms);
        m_queue = std::move(resumed->queue);
        m_window = std::move(resumed->window);
        m_management = Management::On;
        m_isResumed = true;
        goOnline(now);
    } else if (m_setting.enabled) {
        m_management = Management::On;
        m_terms = ResumptionTerms::parse(*m_setting.enabled);
        goOnline(now);
    } else if (m_setting.offersStreamManagement) {
        m_wire.write(Element(u"enable", ns::kStreamManagement).set(u"resume", u"true"_s));
        m_management = Management::Asked;
    } else {
        goOnline(now);
    }
}

OnlineStream::~OnlineStream()
{
    if (m_setting.people)
        m_setting.people->onOffline();
}

void OnlineStream::goOnline(MonoTime now)
{
    m_isOnline = true;
    m_cameOnline = now;
    m_wire.established();
    m_events.push_back(CameOnline{m_isResumed});
    // To the server a resumed stream has never been away.
    if (!m_isResumed)
        introduce(now);
    else if (readsArchive() && !m_setting.archive->isFinished())
        m_setting.archive->begin(m_requests, now);
    sendDueReceipts(now);
    ask(now);
    if (m_setting.people)
        m_setting.people->onOnline(outlet(), m_isResumed, now);
}

People::Outlet OnlineStream::outlet()
{
    return {[this](Element iq, MonoTime now, IqRequests::Then then) {
                m_requests.ask(std::move(iq), now, std::move(then));
            },
            [this](const Element &presence) { writeStanza(presence.toXml(ns::kClient), {}); }};
}

void OnlineStream::introduce(MonoTime now)
{
    // From here on messages come by themselves, what came before is in the archive: nothing falls between the two.
    announce();
    if (!readsArchive())
        return;
    // Not every server knows them, which changes nothing.
    if (!m_setting.hasCopies)
        m_requests.ask(carbonsRequest(), now, [](const IqAnswer &, MonoTime) {});
    m_setting.archive->startAnew();
    m_setting.archive->begin(m_requests, now);
}

Result<void> OnlineStream::handle(const Element &element, MonoTime now)
{
    if (element.ns() == ns::kStreamManagement)
        return onManagement(element, now);
    if (!isStanza(element)) {
        qCDebug(lcXmpp) << "ignored an unknown element";
        return {};
    }
    if (isRefused(element, now))
        return {};
    const bool isNews = element.name() == u"message" && m_setting.people && m_setting.people->onMessage(element, now);
    if (element.name() == u"message" && !isNews) {
        onMessage(element);
        return {};
    }
    // Counted before it is answered: the answer is about something that has arrived.
    count();
    if (element.name() == u"iq")
        onIq(element, now);
    else if (element.name() == u"presence" && m_setting.people)
        m_setting.people->onPresence(element, now);
    return {};
}

// What is refused has been dealt with: the server is rid of it.
bool OnlineStream::isRefused(const Element &stanza, MonoTime now)
{
    const auto refusal = m_setting.people ? m_guard.refusalOf(stanza, *m_setting.people, now) : std::nullopt;
    if (!refusal)
        return false;
    count();
    if (refusal->answer)
        writeStanza(refusal->answer->toXml(ns::kClient), {});
    return true;
}

Result<void> OnlineStream::onManagement(const Element &element, MonoTime now)
{
    if (element.name() == u"r") {
        if (m_management == Management::On) {
            m_owed = m_window.received();
            writeCounter();
        }
        return {};
    }
    if (element.name() == u"a")
        return onCounter(element, now);
    // A second <enabled/> must not restart the counters.
    if (m_management != Management::Asked)
        return {};
    if (element.name() == u"enabled" || element.name() == u"failed") {
        m_management = element.name() == u"enabled" ? Management::On : Management::Absent;
        m_terms = m_management == Management::On ? ResumptionTerms::parse(element) : std::nullopt;
        goOnline(now);
    }
    return {};
}

Result<void> OnlineStream::onCounter(const Element &element, MonoTime now)
{
    bool ok = false;
    const quint32 h = element.attribute(u"h").toUInt(&ok);
    if (!ok)
        return fail(FailureCode::ProtocolError, u"an acknowledgement without a counter"_s);
    if (m_management != Management::On)
        return {};
    const auto done = m_queue.acknowledgeCounter(h);
    if (!done)
        return fail(done.error());
    onAcknowledged(*done, now);
    return {};
}

void OnlineStream::onAcknowledged(const std::vector<SentStanza> &stanzas, MonoTime now)
{
    m_hop.answered(m_queue.acknowledged(), now);
    for (const SentStanza &stanza : stanzas) {
        if (stanza.attempt)
            m_events.push_back(HandedOver{*stanza.attempt, {}});
        if (stanza.receipt != 0)
            m_inbox.confirmed(stanza.receipt);
    }
    if (m_cameOnline && !m_hop.isWaiting()) {
        m_events.push_back(RoundTrip{now - *m_cameOnline, m_isResumed});
        m_cameOnline.reset();
    }
    askIfDue(now);
}

void OnlineStream::count(quint64 token)
{
    if (m_management == Management::On)
        m_window.arrived(token);
}

void OnlineStream::onMessage(const Element &stanza)
{
    if (readsArchive() && m_setting.archive->take(stanza))
        return count();
    const WireId fallbackId = WireId::random(m_random);
    const auto copy = readsArchive() ? carbonIn(stanza, m_setting.bareJid, fallbackId) : std::nullopt;
    ReadMessage read = copy ? readMessage(copy->message, copy->origin)
                            : readMessage(stanza, m_setting.bareJid, fallbackId);
    if (!read.ignored.isEmpty())
        qCDebug(lcXmpp) << "ignored a message:" << read.ignored;
    quint64 token = 0;
    if (read.incoming) {
        std::optional<Receipt> receipt; // of a copy the client confirms that got the message itself
        if (read.receiptFor && !copy)
            receipt = Receipt{0, read.incoming->from.value, *read.receiptFor};
        token = m_inbox.open(std::move(receipt));
        // Where nobody cares for people, nobody stores messages: it is only tried whether a connection can be made.
        if (m_setting.brake && m_setting.people && m_setting.people->isStarted())
            m_setting.brake->opened(token);
        read.incoming->token = token;
    } else if (read.report) {
        token = m_inbox.open({});
    }
    count(token);
    if (read.report)
        onReport(*read.report);
    if (read.acknowledgement)
        m_events.push_back(*std::move(read.acknowledgement));
    if (token != 0 && !read.incoming)
        m_events.push_back(NewsTold{token});
    if (read.state || read.incoming)
        m_audience.note(read.state ? read.state->from : read.incoming->from, read.state.has_value(),
                        read.incoming.has_value());
    if (read.state)
        m_events.push_back(*read.state);
    if (read.incoming)
        m_events.push_back(*std::move(read.incoming));
}

void OnlineStream::onReport(const Report &report)
{
    // An error that overtakes the acknowledgement is the answer to an attempt still open, not late news.
    if (report.kind == Report::Kind::Bounced) {
        if (const auto attempt = m_queue.takeAttempt(report.wireId.toString(), report.from.value)) {
            m_events.push_back(HandedOver{*attempt, report.failure});
            return;
        }
    }
    m_events.push_back(report);
}

void OnlineStream::onIq(const Element &stanza, MonoTime now)
{
    const auto pushed = m_setting.people ? m_setting.people->answerTo(stanza) : std::nullopt;
    if (const auto answer = pushed ? pushed : answerTo(stanza, m_setting.version)) {
        writeStanza(answer->toXml(ns::kClient), {});
        return;
    }
    if (m_requests.handle(stanza, now))
        return;
    // Ids can be guessed: only the server's own word counts.
    const QString from = stanza.attribute(u"from");
    if (!from.isEmpty() && from != m_setting.domain && from != m_setting.bareJid)
        return;
    const QString id = stanza.attribute(u"id");
    const auto it = std::find_if(m_pings.begin(), m_pings.end(), [&](const auto &ping) { return ping.first == id; });
    if (it == m_pings.end())
        return;
    const quint64 upTo = it->second;
    m_pings.erase(m_pings.begin(), it + 1);
    onAcknowledged(m_queue.acknowledge(upTo), now);
}

void OnlineStream::onTimer(MonoTime now)
{
    if (!m_isOnline)
        return;
    askIfDue(now);
    m_requests.onTimer(now);
    if (readsArchive())
        m_setting.archive->onTimer(now);
    if (m_hop.judge(now) == HopWatch::Verdict::Dead)
        m_wire.drop({FailureCode::HopTimeout, u"the server has stopped answering"_s, {}});
}

void OnlineStream::probe(MonoTime now)
{
    m_hop.doubt();
    askIfDue(now);
}

void OnlineStream::askIfDue(MonoTime now)
{
    if (m_isOnline && m_hop.shouldAsk(now))
        ask(now);
}

void OnlineStream::ask(MonoTime now)
{
    m_hop.asked(m_queue.sent(), now);
    if (m_management == Management::On) {
        m_wire.write(Element(u"r", ns::kStreamManagement));
        return;
    }
    const QString id = u"ping-%1"_s.arg(++m_lastPing);
    m_pings.emplace_back(id, m_queue.sent());
    Element ping(u"iq", ns::kClient);
    ping.set(u"type", u"get"_s).set(u"id", id).set(u"to", m_setting.domain).add(Element(u"ping", ns::kPing));
    m_wire.write(ping);
}

void OnlineStream::writeCounter()
{
    m_wire.write(Element(u"a", ns::kStreamManagement).set(u"h", QString::number(m_window.counter())));
    if (m_window.done() >= m_owed)
        m_owed = 0;
}

void OnlineStream::handled(quint64 token, MonoTime now)
{
    m_window.handled(token);
    if (!m_isOnline)
        return;
    sendDueReceipts(now);
    if (m_owed != 0 && m_window.done() >= m_owed)
        writeCounter();
}

void OnlineStream::finish()
{
    // The server then keeps for later only what is really not stored here.
    if (m_management == Management::On)
        writeCounter();
    m_wire.finish();
    endAttempts(u"the connection was ended here"_s);
}

std::optional<SuspendedStream> OnlineStream::onClosed(const QString &why, MonoTime now)
{
    endAttempts(why);
    if (!m_terms)
        return {};
    return SuspendedStream({*m_terms, m_setting.fullJid, std::move(m_queue), std::move(m_window)}, now);
}

void OnlineStream::endAttempts(const QString &why)
{
    m_isOnline = false;
    if (m_setting.archive)
        m_setting.archive->stop();
    for (const AttemptId attempt : m_queue.takeAttempts())
        m_events.push_back(HandedOver{attempt, Failure{FailureCode::ConnectionLost, why, {}}});
    m_requests.close({FailureCode::ConnectionLost, why, {}});
    if (m_setting.people)
        m_setting.people->onOffline();
}

std::optional<MonoTime> OnlineStream::wakeAt() const
{
    if (!m_isOnline)
        return {};
    std::optional<MonoTime> first = m_hop.wakeAt();
    for (const auto &other : {m_requests.wakeAt(), readsArchive() ? m_setting.archive->wakeAt() : std::nullopt}) {
        if (other && (!first || *other < *first))
            first = other;
    }
    return first;
}

} // namespace planb::xmpp
