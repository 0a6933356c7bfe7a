// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "transports/net/endpoint.h"
#include "transports/net/srv.h"

#include <QHash>
#include <QHostInfo>
#include <QObject>
#include <QStringList>
#include <QTimer>

#include <optional>

namespace planb::net {

/// Where to look for a domain's service.
struct ServiceQuery {
    QString domain; ///< in ASCII form
    QString plainService; ///< "_xmpp-client._tcp"; empty: not asked for
    QString directTlsService; ///< "_xmpps-client._tcp"; empty: not asked for
    Endpoint fallback; ///< where there are no records, or none are asked for
    /// False leaves names unresolved and asks no SRV records either, so that nothing but the proxy
    /// learns where the user connects to.
    bool resolvesHere = true;
};

/// Finds the endpoints of a domain's service, best first: SRV records, then the addresses of their hosts with
/// the two address families taking turns, so that a dead IPv6 costs one try. One query at a time.
///
/// Some name servers swallow questions for SRV records. Where nothing comes within the limit, the records of the other
/// question are used, or else the fallback (RFC 6120, 3.2.2); looking up the hosts then has the limit anew.
class EndpointLookup : public QObject
{
    Q_OBJECT

public:
    EndpointLookup(SrvLookup &srv, Random &random, Millis limit = Millis(5'000));

    void start(const ServiceQuery &query);
    void cancel();
    /// The hosts of the last query as they were named, before their addresses were found.
    QStringList names() const { return m_names; }
    /// The fallback was taken only because nobody said where the service is.
    bool isGuess() const { return m_isGuess; }

Q_SIGNALS:
    /// HostNotFound: no such name, or the domain says it has no such service.
    /// DnsUnavailable: the name servers do not answer.
    void finished(const planb::Result<QList<planb::net::Endpoint>> &endpoints);

private:
    void renewQuery();
    bool isCurrent(const QObject *query) const { return query == m_query; }
    void askSrv();
    void onSrv(const Result<QList<SrvRecord>> &records, bool directTls);
    void onAllSrv();
    void resolve(QList<Endpoint> named);
    void onHost(const QString &host, const QHostInfo &info);
    void onAllHosts();
    void onTimeout();
    void finish(const Result<QList<Endpoint>> &result);

    SrvLookup &m_srv;
    Random &m_random;
    Millis m_limit;
    QTimer m_timer;
    QObject *m_query = nullptr; // context of the questions under way, a child of ours; null when idle
    ServiceQuery m_asked;
    int m_open = 0; // questions not yet answered
    bool m_isResolving = false;
    bool m_isGuess = false;
    QList<SrvRecord> m_records;
    bool m_isRefused = false; // the plain service is decidedly not offered
    bool m_dnsDown = false;
    QList<Endpoint> m_named;
    QStringList m_names;
    QHash<QString, QList<QHostAddress>> m_addresses;
};

} // namespace planb::net
