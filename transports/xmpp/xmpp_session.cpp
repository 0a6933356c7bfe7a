// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/xmpp_session.h"

#include "core/base/log.h"
#include "transports/xmpp/errors.h"
#include "transports/xmpp/namespaces.h"

namespace planb::xmpp {

using namespace Qt::StringLiterals;

namespace {

// A server that sends us on and on goes in circles.
constexpr int kMaxRedirects = 3;

// Whatever the server's reason to end a stream, it may still tell how far it came. Not where its words made no sense,
// or the account is somebody else's by now.
bool leavesAStream(const Failure &failure)
{
    return failure.code != FailureCode::ProtocolError && failure.blame() != Blame::Credentials;
}

} // namespace

XmppSession::XmppSession(Account account, Random &random, HopTiming timing)
    : m_account(std::move(account))
    , m_random(random)
    , m_timing(timing)
    , m_archive(m_account.bareJid(), m_events, m_inbox, random)
{}

void XmppSession::onConnected(bool encrypts, MonoTime now)
{
    m_stream.clear();
    m_wire.reset();
    m_archive.stop();
    m_brake.release();
    m_clientState.onClosed();
    m_online.reset();
    if (m_suspended && !m_suspended->isWorthTrying(now))
        m_suspended.reset();
    m_negotiation.emplace(m_account, m_wire, m_random, m_cache, m_suspended ? &*m_suspended : nullptr,
                          m_archive.isWanted());
    m_negotiation->begin(encrypts);
}

void XmppSession::onEncrypted(const net::TlsFacts &facts, MonoTime)
{
    if (!m_negotiation || m_wire.isOver())
        return;
    m_stream.clear();
    m_certificate = facts.certificate;
    m_negotiation->onEncrypted(facts);
}

void XmppSession::onBytes(QByteArrayView bytes, MonoTime now)
{
    if (m_online)
        m_online->onHeard(now);
    m_stream.feed(bytes);
    readOn(now);
}

void XmppSession::readOn(MonoTime now)
{
    while (!m_wire.isOver() && !m_brake.isOn()) {
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
    } else if (const auto *cut = std::get_if<XmlStream::Cut>(&item)) {
        onCut(cut->stub, now);
    } else {
        m_wire.abort({FailureCode::ServerClosed, u"the server closed the stream"_s, {}});
    }
}

void XmppSession::onCut(const Element &stub, MonoTime now)
{
    // Before that only the server itself speaks, and of itself.
    if (!m_online) {
        m_wire.abort({FailureCode::ProtocolError, u"the server says too much while logging in"_s, {}});
        return;
    }
    qCInfo(lcXmpp) << "passed over a stanza that is too large or too deep:" << stub.name().left(20);
    onElement(stub, now);
}

void XmppSession::onElement(const Element &element, MonoTime now)
{
    if (element.is(u"error", ns::kStreams)) {
        onStreamError(element);
    } else if (m_online) {
        if (const auto result = m_online->handle(element, now); !result)
            m_wire.abort(result.error());
    } else if (m_negotiation) {
        onNegotiated(m_negotiation->handle(element), now);
    }
}

void XmppSession::onNegotiated(const Result<Negotiation::Progress> &progress, MonoTime now)
{
    if (progress)
        onProgress(*progress, now);
    else
        m_wire.abort(progress.error());
}

void XmppSession::onProgress(Negotiation::Progress progress, MonoTime now)
{
    switch (progress) {
    case Negotiation::Progress::Continue: break;
    case Negotiation::Progress::NewStream: m_stream.clear(); break;
    case Negotiation::Progress::LoggedIn:
        m_stream.clear();
        tellLogin();
        break;
    case Negotiation::Progress::LoggedInOnThisStream: tellLogin(); break;
    case Negotiation::Progress::Resumed:
        if (m_negotiation->hasJustLoggedIn())
            tellLogin();
        onResumed(now);
        break;
    case Negotiation::Progress::Done:
        if (m_negotiation->hasJustLoggedIn())
            tellLogin();
        // A counter that makes no sense is as good as none.
        if (const auto counter = m_negotiation->oldCounter(); m_suspended && counter)
            static_cast<void>(settleOldStream(*counter, now));
        goOnline({}, now);
        break;
    }
}

void XmppSession::tellLogin()
{
    m_events.push_back(LoggedIn{m_negotiation->mechanism(), m_certificate});
}

void XmppSession::onResumed(MonoTime now)
{
    if (const auto settled = settleOldStream(*m_negotiation->oldCounter(), now); !settled) {
        m_suspended.reset(); // the next try begins anew
        m_wire.abort(settled.error());
        return;
    }
    goOnline(std::move(*m_suspended).goOn(), now);
}

Result<void> XmppSession::settleOldStream(quint32 counter, MonoTime now)
{
    const auto taken = m_suspended->settle(counter);
    if (!taken)
        return fail(taken.error());
    m_lateAnswers.note(*taken, now);
    for (const SentStanza &stanza : *taken)
        m_inbox.confirmed(stanza.receipt);
    return {};
}

void XmppSession::goOnline(std::optional<SuspendedStream::Continuation> resumed, MonoTime now)
{
    OnlineStream::Setting setting{m_account.bareJid(),
                                  resumed ? resumed->fullJid : m_negotiation->fullJid(),
                                  m_account.domain,
                                  m_negotiation->offersStreamManagement(),
                                  m_negotiation->enabled(),
                                  m_negotiation->hasCopies(),
                                  m_timing,
                                  &m_people,
                                  &m_archive,
                                  &m_brake,
                                  m_version};
    const bool isResumed = resumed.has_value();
    const bool offersClientState = m_negotiation->offersClientState();
    m_negotiation.reset();
    m_suspended.reset();
    m_inbox.onConnectionLost(); // the earlier connection's: now it is known what got through
    m_online.emplace(std::move(setting), std::move(resumed), m_wire, m_events, m_inbox, m_random, now);
    m_clientState.onLoggedIn(offersClientState, isResumed);
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
    const bool isTrusted = m_online || (m_negotiation && m_negotiation->isEncrypted());
    const auto hint = other && isTrusted ? HostHint::parse(other->text()) : std::nullopt;
    if (!hint || m_redirects >= kMaxRedirects)
        return false;
    if (m_online) {
        m_movesTo = hint; // this connection ends like any other; the next one begins there
        return false;
    }
    ++m_redirects;
    m_wire.redirect(hint->host, hint->port);
    return true;
}

void XmppSession::onClosed(const Failure &failure, MonoTime now)
{
    if (m_online) {
        auto rest = m_online->onClosed(describe(failure), now);
        m_suspended = leavesAStream(failure) ? std::move(rest) : std::nullopt;
    }
    m_clientState.onClosed();
    m_negotiation.reset();
    m_online.reset();
    m_redirects = 0;
}

std::optional<HostHint> XmppSession::takeHostHint()
{
    if (m_movesTo)
        return std::exchange(m_movesTo, std::nullopt);
    return m_suspended ? m_suspended->location() : std::nullopt;
}

void XmppSession::onTimer(MonoTime now)
{
    if (isHashing())
        onNegotiated(m_negotiation->goOn(), now);
    else if (m_online && !m_wire.isOver())
        m_online->onTimer(now);
}

std::optional<MonoTime> XmppSession::wakeAt() const
{
    if (isHashing())
        return MonoTime(); // as soon as all else has had its turn
    return m_online && !m_wire.isOver() ? m_online->wakeAt() : std::nullopt;
}

void XmppSession::send(AttemptId attempt, const Payload &payload, const Address &to, MonoTime now)
{
    const bool isOpen = isOnline() && !m_wire.isOver();
    if (isOpen && m_lateAnswers.take(payload.wireId.toString(), to.value, now))
        m_events.push_back(HandedOver{attempt, {}});
    else if (isOpen)
        m_online->send(attempt, payload, to, now);
    else
        m_events.push_back(HandedOver{attempt, Failure{FailureCode::NetworkUnreachable, u"not connected"_s, {}}});
}

void XmppSession::acknowledge(const QList<StreamAck> &acks, const Address &to)
{
    if (isOnline() && !isSuspect() && !m_wire.isOver())
        m_online->acknowledge(acks, to);
}

void XmppSession::showState(ChatState state, const Address &to)
{
    if (isOnline() && !isSuspect() && !m_wire.isOver())
        m_online->showState(state, to);
}

void XmppSession::showRead(const WireId &upTo, const Address &to)
{
    if (isOnline() && !isSuspect() && !m_wire.isOver())
        m_online->showRead(upTo, to);
}

void XmppSession::probe(MonoTime now)
{
    if (m_online && !m_wire.isOver())
        m_online->probe(now);
}

void XmppSession::setVersion(const QString &version)
{
    m_version = version;
    if (m_online && !m_wire.isOver())
        m_online->setVersion(version);
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
    const bool wasHeldBack = m_brake.isOn();
    m_brake.handled(token);
    m_inbox.handled(token, disposition);
    if (m_suspended)
        m_suspended->handled(token);
    if (m_online && !m_wire.isOver())
        m_online->handled(token, now);
    if (wasHeldBack)
        readOn(now);
}

void XmppSession::finish()
{
    if (m_online)
        m_online->finish();
    else if (m_negotiation)
        m_wire.finish();
    m_clientState.onClosed();
    m_negotiation.reset();
    m_online.reset();
    m_suspended.reset();
    m_redirects = 0;
}

} // namespace planb::xmpp
