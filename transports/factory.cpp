// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/factory.h"

#include "transports/xmpp/xmpp_account_errand.h"
#include "transports/xmpp/xmpp_settings.h"
#include "transports/xmpp/xmpp_transport.h"
#include "transports/xmpp/xmpp_uri.h"

namespace planb {

namespace {

Unexpected<Failure> notContained(TransportKind kind)
{
    return fail(FailureCode::NotSupported,
                QStringLiteral("this program has no transport of kind %1").arg(nameOf(kind)));
}

} // namespace

BuiltInTransports::BuiltInTransports(std::unique_ptr<Clock> clock, std::unique_ptr<Random> random,
                                     std::unique_ptr<net::SrvLookup> srv)
    : m_clock(std::move(clock)), m_random(std::move(random)), m_srv(std::move(srv))
{}

QList<TransportKindInfo> BuiltInTransports::kinds() const
{
    return {xmpp::XmppSettings::kindInfo()};
}

Result<QJsonObject> BuiltInTransports::checked(TransportKind kind, const QJsonObject &settings) const
{
    if (kind != TransportKind::Xmpp)
        return notContained(kind);
    return xmpp::XmppSettings::normalized(settings);
}

Result<std::unique_ptr<Transport>> BuiltInTransports::create(const TransportConfig &config, const QString &deviceName)
{
    if (config.kind != TransportKind::Xmpp)
        return notContained(config.kind);
    const Result<xmpp::XmppSettings> settings = xmpp::XmppSettings::parse(config.settings);
    if (!settings)
        return fail(settings.error());
    const xmpp::XmppTransport::Services services{*m_clock, *m_random, *m_srv};
    std::unique_ptr<Transport> transport = std::make_unique<xmpp::XmppTransport>(config.id, *settings, deviceName,
                                                                                 services);
    return transport;
}

Result<std::unique_ptr<AccountErrand>> BuiltInTransports::accountErrand(const AccountRequest &request)
{
    if (request.kind != TransportKind::Xmpp)
        return notContained(request.kind);
    return xmpp::XmppAccountErrand::make(request, {*m_clock, *m_random, *m_srv});
}

Result<Invitation> BuiltInTransports::invitation(const QString &link) const
{
    return xmpp::readInvitation(link);
}

} // namespace planb
