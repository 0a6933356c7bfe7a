// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/link_state.h"
#include "transports/net/endpoint.h"
#include "transports/xmpp/server_certificate.h"

#include <QJsonObject>
#include <QList>
#include <QString>

#include <optional>

namespace planb::xmpp {

/// What is remembered of an account's server over restarts: where it was last reached, how it let us in, who it proved
/// to be. Pure. Reads its own JSON leniently: what makes no sense is left out.
class ServerMemory
{
public:
    /// Addresses older than this are not tried any more.
    static constexpr std::chrono::hours kAddressesKept{30 * 24};
    /// For so long a new certificate is told of.
    static constexpr std::chrono::hours kWarned{7 * 24};
    static constexpr qsizetype kMaxAddresses = 8;
    /// A name may stand for several machines, each with a certificate of its own.
    static constexpr qsizetype kMaxCertificates = 4;

    static ServerMemory parse(const QJsonObject &json);
    QJsonObject toJson() const;

    /// A login succeeded at one of these, which are in the order to try them again.
    void reached(const QList<net::Endpoint> &endpoints, WallTime now);
    /// Empty where the last success is too long ago.
    QList<net::Endpoint> lastGood(WallTime now) const;

    void loggedIn(const QString &mechanism, const QByteArray &certificate, WallTime now);
    /// The strongest mechanism of all logins; empty before the first.
    const QString &strongestLogin() const { return m_strongest; }
    QList<LinkWarning> warnings(WallTime now) const;

    bool operator==(const ServerMemory &) const = default;

private:
    void noteCertificate(const ServerCertificate &certificate, WallTime now);

    QList<net::Endpoint> m_addresses; // none of them a name
    WallTime m_reachedAt;
    QString m_strongest;
    QString m_weaker; // the last mechanism, where it was not as strong
    WallTime m_weakerSince;
    QList<ServerCertificate> m_certificates; // newest first
    std::optional<WallTime> m_replacedAt;
};

} // namespace planb::xmpp
