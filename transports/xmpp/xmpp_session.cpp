// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/xmpp_session.h"

#include "transports/xmpp/errors.h"
#include "transports/xmpp/namespaces.h"

namespace planb::xmpp {

using namespace Qt::StringLiterals;

XmppSession::XmppSession(Account account, Random &random, HopTiming timing)
    : m_account(std::move(account)), m_random(random), m_timing(timing)
{}

void XmppSession::onConnected(bool encrypts, MonoTime)
{
    m_stream.clear();
    m_wire.reset();
    m_online.reset();
    m_negotiation.emplace(m_account, m_wire, m_random, m_cache);
    m_negotiation->begin(encrypts);
}

void XmppSession::onEncrypted(const net::TlsFacts &facts, MonoTime)
{
    if (!m_negotiation || m_wire.isOver())
        return;
    m_stream.clear();
    m_negotiation->onEncrypted(facts);
}

void XmppSession::onBytes(QByteArrayView bytes, MonoTime now)
{
    if (m_online)
        m_online->onHeard(now);
    m_stream.feed(bytes);
    while (!m_wire.isOver()) {
        const auto item = m_stream.next();
        if (!item) {
            m_wire.abort(item.error());
            return;
        }
        if (!item->has_value())
            return;
        onItem(**item, now);
    }
}

void XmppSession::onItem(const XmlStream::Item &item, MonoTime now)
{
    if (const auto *header = std::get_if<XmlStream::Header>(&item)) {
        // RFC 6120, 4.7.5: without a version the server knows neither features nor TLS.
        if (!header->version.startsWith(u"1."))
            m_wire.abort({FailureCode::ProtocolError, u"the server speaks an older XMPP"_s, {}});
    } else if (const auto *element = std::get_if<Element>(&item)) {
        onElement(*element, now);
    } else {
        m_wire.abort({FailureCode::ServerClosed, u"the server closed the stream"_s, {}});
    }
}

void XmppSession::onElement(const Element &element, MonoTime now)
{
    if (element.is(u"error", ns::kStreams)) {
        onStreamError(element);
    } else if (m_online) {
        if (const auto result = m_online->handle(element, now); !result)
            m_wire.abort(result.error());
    } else if (m_negotiation) {
        const auto progress = m_negotiation->handle(element);
        if (progress)
            onProgress(*progress, now);
        else
            m_wire.abort(progress.error());
    }
}

void XmppSession::onProgress(Negotiation::Progress progress, MonoTime now)
{
    switch (progress) {
    case Negotiation::Progress::Continue: break;
    case Negotiation::Progress::NewStream: m_stream.clear(); break;
    case Negotiation::Progress::LoggedIn:
        m_stream.clear();
        m_events.push_back(LoggedIn{m_negotiation->mechanism()});
        break;
    case Negotiation::Progress::Done: {
        OnlineStream::Setting setting{m_account.bareJid(), m_negotiation->fullJid(), m_account.domain,
                                      m_negotiation->offersStreamManagement(), m_timing};
        m_negotiation.reset();
        m_online.emplace(std::move(setting), m_wire, m_events, m_inbox, m_random, now);
        break;
    }
    }
}

void XmppSession::onStreamError(const Element &error)
{
    if (!followsRedirect(error))
        m_wire.abort(streamFailure(error));
}

// RFC 6120, 4.9.3.19. Only on an encrypted stream, whose server has proved to be the domain's; the other host has
// to prove the same.
bool XmppSession::followsRedirect(const Element &error)
{
    const Element *other = error.child(u"see-other-host", ns::kStreamErrors);
    const bool isTrusted = m_negotiation && m_negotiation->isEncrypted();
    if (!other || !isTrusted || !m_mayRedirect)
        return false;
    QString host = other->text().trimmed();
    quint16 port = 0;
    const qsizetype colon = host.lastIndexOf(u':');
    if (colon >= 0 && !host.endsWith(u']')) {
        port = host.sliced(colon + 1).toUShort();
        host.truncate(colon);
    }
    if (host.startsWith(u'[') && host.endsWith(u']'))
        host = host.sliced(1, host.size() - 2);
    if (host.isEmpty() || host.size() > 255)
        return false;
    m_mayRedirect = false;
    m_wire.redirect(host, port);
    return true;
}

void XmppSession::onClosed(const Failure &failure, MonoTime)
{
    if (m_online)
        m_online->onClosed(describe(failure));
    m_negotiation.reset();
    m_online.reset();
    m_mayRedirect = true;
}

void XmppSession::onTimer(MonoTime now)
{
    if (m_online && !m_wire.isOver())
        m_online->onTimer(now);
}

std::optional<MonoTime> XmppSession::wakeAt() const
{
    return m_online && !m_wire.isOver() ? m_online->wakeAt() : std::nullopt;
}

void XmppSession::send(AttemptId attempt, const Payload &payload, const Address &to, MonoTime now)
{
    if (isOnline() && !m_wire.isOver())
        m_online->send(attempt, payload, to, now);
    else
        m_events.push_back(HandedOver{attempt, Failure{FailureCode::NetworkUnreachable, u"not connected"_s, {}}});
}

void XmppSession::acknowledge(const QList<StreamAck> &acks, const Address &to)
{
    if (isOnline() && !isSuspect() && !m_wire.isOver())
        m_online->acknowledge(acks, to);
}

void XmppSession::probe(MonoTime now)
{
    if (m_online && !m_wire.isOver())
        m_online->probe(now);
}

void XmppSession::ask(Element iq, MonoTime now, IqRequests::Then then, Millis limit)
{
    if (isOnline() && !m_wire.isOver())
        m_online->requests().ask(std::move(iq), now, std::move(then), limit);
    else
        then(Unexpected(IqFailure{{FailureCode::NetworkUnreachable, u"not connected"_s, {}}, {}}), now);
}

void XmppSession::handled(quint64 token, Disposition disposition, MonoTime now)
{
    m_inbox.handled(token, disposition);
    if (m_online && !m_wire.isOver())
        m_online->handled(token, now);
}

void XmppSession::finish()
{
    if (m_online)
        m_online->finish();
    else if (m_negotiation)
        m_wire.finish();
    m_negotiation.reset();
    m_online.reset();
    m_mayRedirect = true;
}

} // namespace planb::xmpp
