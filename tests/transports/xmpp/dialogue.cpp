// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/transports/xmpp/dialogue.h"

#include <iterator>

namespace planb::test {

Dialogue::Dialogue(xmpp::Account account, xmpp::HopTiming timing) : session(std::move(account), m_seed, timing) {}

xmpp::Account Dialogue::alice()
{
    return {QStringLiteral("alice"), QStringLiteral("example.org"), QStringLiteral("wonderland"),
            QStringLiteral("planb-1"), false};
}

void Dialogue::connect(bool directTls)
{
    session.onConnected(directTls, now);
    collect();
}

void Dialogue::encrypt()
{
    m_asksForTls = false;
    session.onEncrypted({QStringLiteral("TLSv1.3"), QStringLiteral("TLS_AES_256_GCM_SHA384"), {}}, now);
    collect();
}

void Dialogue::server(const QByteArray &xml)
{
    session.onBytes(xml, now);
    collect();
}

void Dialogue::serverOpensStream(const QByteArray &inside)
{
    server(streamHeader() + features(inside));
}

QByteArray Dialogue::client()
{
    collect();
    return std::exchange(m_written, {});
}

bool Dialogue::clientSaid(const QByteArray &part)
{
    return client().contains(part);
}

void Dialogue::pass(Millis time)
{
    const MonoTime end = now + time;
    for (int steps = 0; steps < 10'000; ++steps) { // a session that keeps waking at once must not hang the test
        const auto at = session.wakeAt();
        if (!at || *at > end)
            break;
        now = std::max(now, *at);
        session.onTimer(now);
        collect();
    }
    now = end;
}

void Dialogue::close(FailureCode code)
{
    session.onClosed({code, {}, {}}, now);
    collect();
}

void Dialogue::reachLogin(const QByteArrayList &mechanismNames, const QByteArray &beside)
{
    connect(true);
    encrypt();
    client();
    serverOpensStream(mechanisms(mechanismNames, beside));
}

void Dialogue::logIn()
{
    connect();
    serverOpensStream(kStartTlsFeature);
    server("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
    encrypt();
    serverOpensStream(mechanisms({"PLAIN"}));
    server("<success xmlns='urn:ietf:params:xml:ns:xmpp-sasl'/>");
}

void Dialogue::comeOnline(bool streamManagement)
{
    logIn();
    serverOpensStream(QByteArray("<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>")
                      + (streamManagement ? "<sm xmlns='urn:xmpp:sm:3'/>" : ""));
    server("<iq type='result' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
           "<jid>alice@example.org/planb-1</jid></bind></iq>");
    if (streamManagement)
        server("<enabled xmlns='urn:xmpp:sm:3'/>");
}

void Dialogue::comeOnlineResumable(const QByteArray &attributes)
{
    logIn();
    serverOpensStream("<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/><sm xmlns='urn:xmpp:sm:3'/>");
    server("<iq type='result' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
           "<jid>alice@example.org/planb-1</jid></bind></iq>");
    server("<enabled xmlns='urn:xmpp:sm:3' id='old-1' resume='true' " + attributes + "/>");
}

void Dialogue::reachResumption()
{
    logIn();
    client();
    serverOpensStream("<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/><sm xmlns='urn:xmpp:sm:3'/>");
}

void Dialogue::settle(bool streamManagement)
{
    comeOnline(streamManagement);
    client();
    if (streamManagement)
        server("<a xmlns='urn:xmpp:sm:3' h='1'/>");
    else
        server("<iq type='result' id='ping-1' from='example.org'/>");
    client();
    collect();
    m_events.clear();
}

void Dialogue::send(qint64 attempt, const QString &text, const QString &to, const QString &wireId)
{
    const Payload payload{*WireId::parse(wireId), text, 12, wallFromMillis(1'700'000'000'000), {}};
    session.send(AttemptId(attempt), payload, Address{TransportKind::Xmpp, to}, now);
    collect();
}

bool Dialogue::asksForTls()
{
    collect();
    return m_asksForTls;
}

bool Dialogue::isEstablished()
{
    collect();
    return m_isEstablished;
}

bool Dialogue::isFinished()
{
    collect();
    return m_isFinished;
}

std::optional<net::Redirect> Dialogue::redirect()
{
    collect();
    return m_redirect;
}

std::optional<Failure> Dialogue::aborted()
{
    collect();
    return m_aborted;
}

void Dialogue::collect()
{
    for (const net::Command &command : session.takeCommands()) {
        if (const auto *write = std::get_if<net::WriteBytes>(&command))
            m_written += write->bytes;
        else if (const auto *abort = std::get_if<net::Abort>(&command))
            m_aborted = abort->failure;
        else if (const auto *redirect = std::get_if<net::Redirect>(&command))
            m_redirect = *redirect;
        m_asksForTls |= std::holds_alternative<net::StartTls>(command);
        m_isEstablished |= std::holds_alternative<net::Established>(command);
        m_isFinished |= std::holds_alternative<net::Finish>(command);
    }
    xmpp::Events events = session.takeEvents();
    std::move(events.begin(), events.end(), std::back_inserter(m_events));
}

QByteArray streamHeader()
{
    return "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' "
           "id='s1' from='example.org' version='1.0' xml:lang='en'>";
}

QByteArray features(const QByteArray &inside)
{
    return "<stream:features>" + inside + "</stream:features>";
}

QByteArray mechanisms(const QByteArrayList &names, const QByteArray &beside)
{
    QByteArray xml = "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>";
    for (const QByteArray &name : names)
        xml += "<mechanism>" + name + "</mechanism>";
    return xml + "</mechanisms>" + beside;
}

QByteArray textIn(const QByteArray &xml, const QByteArray &name)
{
    const qsizetype tag = xml.indexOf("<" + name);
    const qsizetype begin = xml.indexOf('>', tag) + 1;
    const qsizetype end = xml.indexOf("</" + name + ">", begin);
    return tag < 0 || end < 0 ? QByteArray() : xml.sliced(begin, end - begin);
}

QByteArray attributeIn(const QByteArray &xml, const QByteArray &name)
{
    const qsizetype at = xml.indexOf(name + "='");
    if (at < 0)
        return {};
    const qsizetype begin = at + name.size() + 2;
    return xml.sliced(begin, xml.indexOf('\'', begin) - begin);
}

} // namespace planb::test
