// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/net/endpoint_lookup.h"

#include "core/base/log.h"

#include <QSet>

#include <algorithm>

namespace planb::net {

namespace {

using namespace Qt::StringLiterals;

QList<QHostAddress> takingTurns(const QList<QHostAddress> &addresses)
{
    QList<QHostAddress> first, second;
    for (const QHostAddress &address : addresses)
        (address.protocol() == addresses.front().protocol() ? first : second).append(address);
    QList<QHostAddress> mixed;
    for (qsizetype i = 0; i < std::max(first.size(), second.size()); ++i) {
        if (i < first.size())
            mixed.append(first[i]);
        if (i < second.size())
            mixed.append(second[i]);
    }
    return mixed;
}

} // namespace

EndpointLookup::EndpointLookup(SrvLookup &srv, Random &random, Millis limit)
    : m_srv(srv), m_random(random), m_limit(limit)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &EndpointLookup::onTimeout);
}

void EndpointLookup::start(const ServiceQuery &query)
{
    cancel();
    m_asked = query;
    m_isGuess = false;
    renewQuery();
    m_timer.start(m_limit);
    const bool hasService = !query.plainService.isEmpty() || !query.directTlsService.isEmpty();
    if (hasService && query.resolvesHere)
        askSrv();
    else
        resolve({query.fallback});
}

void EndpointLookup::cancel()
{
    m_timer.stop();
    if (m_query)
        m_query->deleteLater(); // later: an answer may be on the stack
    m_query = nullptr;
    m_open = 0;
    m_isResolving = m_isRefused = m_dnsDown = false;
    m_records.clear();
    m_named.clear();
    m_addresses.clear();
}

// Answers to an earlier query may still be in the event queue; each one therefore knows its query.
void EndpointLookup::renewQuery()
{
    if (m_query)
        m_query->deleteLater();
    m_query = new QObject(this);
    m_open = 0;
}

void EndpointLookup::askSrv()
{
    for (const bool directTls : {true, false}) {
        const QString &service = directTls ? m_asked.directTlsService : m_asked.plainService;
        if (service.isEmpty())
            continue;
        ++m_open;
        const auto onAnswer = [this, directTls, query = m_query](const Result<QList<SrvRecord>> &records) {
            if (isCurrent(query))
                onSrv(records, directTls);
        };
        m_srv.lookUp(service + u'.' + m_asked.domain, m_query, onAnswer);
    }
}

void EndpointLookup::onSrv(const Result<QList<SrvRecord>> &records, bool directTls)
{
    if (!records) {
        m_dnsDown = true;
    } else {
        for (SrvRecord record : *records) {
            // RFC 2782: a single record with the root as its target says "decidedly not here".
            if (record.target.isEmpty()) {
                m_isRefused |= !directTls || m_asked.plainService.isEmpty();
                continue;
            }
            record.directTls = directTls;
            m_records.append(record);
        }
    }
    if (--m_open == 0)
        onAllSrv();
}

void EndpointLookup::onAllSrv()
{
    QList<Endpoint> named;
    for (const SrvRecord &record : inOrderOfUse(std::exchange(m_records, {}), m_random))
        named.append({record.target, record.port, record.directTls});
    if (named.isEmpty() && m_isRefused) {
        finish(fail(FailureCode::HostNotFound, u"%1 offers no such service"_s.arg(m_asked.domain)));
        return;
    }
    // Also where the name servers failed or kept silent: they may know the name itself, or the hosts file does.
    if (named.isEmpty()) {
        named.append(m_asked.fallback);
        m_isGuess = m_dnsDown;
    }
    resolve(named);
}

void EndpointLookup::resolve(QList<Endpoint> named)
{
    m_isResolving = true;
    m_named = std::move(named);
    m_names.clear();
    QSet<QString> hosts;
    for (const Endpoint &endpoint : std::as_const(m_named)) {
        m_names.append(endpoint.host);
        if (m_asked.resolvesHere && QHostAddress(endpoint.host).isNull())
            hosts.insert(endpoint.host);
    }
    m_open = static_cast<int>(hosts.size());
    for (const QString &host : hosts) {
        const auto onAnswer = [this, host, query = m_query](const QHostInfo &info) {
            if (isCurrent(query))
                onHost(host, info);
        };
        QHostInfo::lookupHost(host, m_query, onAnswer);
    }
    if (!hosts.isEmpty())
        return;
    // Not from within start(): the caller need not expect the answer before the question returns.
    const auto onTurn = [this, query = m_query] {
        if (isCurrent(query))
            onAllHosts();
    };
    QMetaObject::invokeMethod(m_query, onTurn, Qt::QueuedConnection);
}

void EndpointLookup::onHost(const QString &host, const QHostInfo &info)
{
    if (info.error() == QHostInfo::NoError && !info.addresses().isEmpty())
        m_addresses.insert(host, takingTurns(info.addresses()));
    else
        m_dnsDown |= info.error() == QHostInfo::UnknownError; // e.g. EAI_AGAIN
    if (--m_open == 0)
        onAllHosts();
}

void EndpointLookup::onAllHosts()
{
    QList<Endpoint> endpoints;
    for (const Endpoint &endpoint : std::as_const(m_named)) {
        if (!m_asked.resolvesHere || !QHostAddress(endpoint.host).isNull()) {
            endpoints.append(endpoint);
            continue;
        }
        for (const QHostAddress &address : m_addresses.value(endpoint.host))
            endpoints.append({address.toString(), endpoint.port, endpoint.directTls, endpoint.host});
    }
    if (!endpoints.isEmpty()) {
        finish(endpoints);
    } else if (m_dnsDown) {
        finish(
            fail(FailureCode::DnsUnavailable, u"the name servers gave no answer for %1"_s.arg(m_named.front().host)));
    } else {
        finish(fail(FailureCode::HostNotFound, u"there is no host named %1"_s.arg(m_named.front().host)));
    }
}

void EndpointLookup::onTimeout()
{
    qCInfo(lcNet) << "name look-up took too long, continuing with what is known";
    m_dnsDown = true;
    renewQuery(); // drops the questions still open
    if (m_isResolving) {
        onAllHosts();
        return;
    }
    m_timer.start(m_limit);
    onAllSrv();
}

void EndpointLookup::finish(const Result<QList<Endpoint>> &result)
{
    cancel();
    Q_EMIT finished(result);
}

} // namespace planb::net
