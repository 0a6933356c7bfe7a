// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/server_memory.h"

#include "transports/xmpp/sasl.h"

#include <QHostAddress>
#include <QJsonArray>

#include <algorithm>

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;

// Moments are milliseconds; JSON's numbers hold those exactly.
double millis(WallTime time)
{
    return static_cast<double>(toMillis(time));
}

WallTime moment(const QJsonValue &value)
{
    constexpr double kEndOfTime = 253'402'300'799'000; // the year 9999
    return wallFromMillis(static_cast<qint64>(std::clamp(value.toDouble(), 0.0, kEndOfTime)));
}

QJsonObject toJson(const net::Endpoint &endpoint)
{
    return {{u"host"_s, endpoint.host},
            {u"port"_s, endpoint.port},
            {u"directTls"_s, endpoint.directTls},
            {u"name"_s, endpoint.name}};
}

std::optional<net::Endpoint> endpointFrom(const QJsonObject &json)
{
    const QString host = json["host"_L1].toString();
    const int port = json["port"_L1].toInt();
    if (QHostAddress(host).isNull() || port < 1 || port > 65'535)
        return {};
    return net::Endpoint{host, static_cast<quint16>(port), json["directTls"_L1].toBool(),
                         json["name"_L1].toString().left(255)};
}

QJsonObject toJson(const ServerCertificate &certificate)
{
    return {{u"key"_s, QString::fromLatin1(certificate.key.toHex())},
            {u"issuer"_s, certificate.issuer},
            {u"from"_s, millis(certificate.from)},
            {u"until"_s, millis(certificate.until)}};
}

ServerCertificate certificateFrom(const QJsonObject &json)
{
    return {QByteArray::fromHex(json["key"_L1].toString().toLatin1()), json["issuer"_L1].toString().left(100),
            moment(json["from"_L1]), moment(json["until"_L1])};
}

template<class List>
QJsonArray listToJson(const List &list)
{
    QJsonArray array;
    for (const auto &one : list)
        array.append(toJson(one));
    return array;
}

} // namespace

ServerMemory ServerMemory::parse(const QJsonObject &json)
{
    ServerMemory memory;
    for (const auto &value : json["addresses"_L1].toArray()) {
        const auto endpoint = endpointFrom(value.toObject());
        if (endpoint && memory.m_addresses.size() < kMaxAddresses)
            memory.m_addresses.append(*endpoint);
    }
    memory.m_reachedAt = moment(json["reachedAt"_L1]);
    for (const auto &value : json["certificates"_L1].toArray()) {
        const ServerCertificate certificate = certificateFrom(value.toObject());
        if (certificate.key.size() == 32 && memory.m_certificates.size() < kMaxCertificates)
            memory.m_certificates.append(certificate);
    }
    if (json.contains("replacedAt"_L1))
        memory.m_replacedAt = moment(json["replacedAt"_L1]);
    const QString strongest = json["strongest"_L1].toString(), weaker = json["weaker"_L1].toString();
    if (strengthOf(strongest) > 0)
        memory.m_strongest = strongest;
    if (strengthOf(weaker) > 0)
        memory.m_weaker = weaker;
    memory.m_weakerSince = moment(json["weakerSince"_L1]);
    return memory;
}

QJsonObject ServerMemory::toJson() const
{
    QJsonObject json{{u"addresses"_s, listToJson(m_addresses)},
                     {u"reachedAt"_s, millis(m_reachedAt)},
                     {u"strongest"_s, m_strongest},
                     {u"certificates"_s, listToJson(m_certificates)}};
    if (!m_weaker.isEmpty()) {
        json.insert("weaker"_L1, m_weaker);
        json.insert("weakerSince"_L1, millis(m_weakerSince));
    }
    if (m_replacedAt)
        json.insert("replacedAt"_L1, millis(*m_replacedAt));
    return json;
}

void ServerMemory::reached(const QList<net::Endpoint> &endpoints, WallTime now)
{
    QList<net::Endpoint> addresses;
    for (const net::Endpoint &endpoint : endpoints) {
        const bool isAddress = !QHostAddress(endpoint.host).isNull();
        if (isAddress && !addresses.contains(endpoint) && addresses.size() < kMaxAddresses)
            addresses.append(endpoint);
    }
    if (addresses.isEmpty())
        return;
    // Once a day is often enough for what counts in weeks.
    if (addresses == m_addresses && now >= m_reachedAt && now - m_reachedAt < std::chrono::hours(24))
        return;
    m_addresses = addresses;
    m_reachedAt = now;
}

QList<net::Endpoint> ServerMemory::lastGood(WallTime now) const
{
    return now - m_reachedAt <= kAddressesKept ? m_addresses : QList<net::Endpoint>();
}

void ServerMemory::loggedIn(const QString &mechanism, const QByteArray &certificate, WallTime now)
{
    if (strengthOf(mechanism) >= strengthOf(m_strongest)) {
        m_strongest = mechanism;
        m_weaker.clear();
    } else if (m_weaker != mechanism) {
        m_weaker = mechanism;
        m_weakerSince = now;
    }
    if (const auto seen = ServerCertificate::of(certificate))
        noteCertificate(*seen, now);
}

void ServerMemory::noteCertificate(const ServerCertificate &certificate, WallTime now)
{
    const auto known = std::find_if(m_certificates.begin(), m_certificates.end(),
                                    [&](const ServerCertificate &c) { return c.key == certificate.key; });
    if (known != m_certificates.end()) {
        *known = certificate; // perhaps renewed with the same key
        return;
    }
    const bool isExpected = m_certificates.isEmpty()
        || std::any_of(m_certificates.begin(), m_certificates.end(),
                       [&](const ServerCertificate &c) { return isRenewal(c, certificate, now); });
    if (!isExpected)
        m_replacedAt = now;
    m_certificates.prepend(certificate);
    if (m_certificates.size() > kMaxCertificates)
        m_certificates.removeLast();
}

QList<LinkWarning> ServerMemory::warnings(WallTime now) const
{
    QList<LinkWarning> warnings;
    if (m_replacedAt && now - *m_replacedAt <= kWarned)
        warnings.append({LinkWarning::Code::CertificateReplaced,
                         m_certificates.isEmpty() ? QString() : m_certificates.constFirst().issuer, *m_replacedAt});
    if (!m_weaker.isEmpty())
        warnings.append(
            {LinkWarning::Code::LoginWeakened, u"%1 instead of %2"_s.arg(m_weaker, m_strongest), m_weakerSince});
    return warnings;
}

} // namespace planb::xmpp
