// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/xmpp_settings.h"

#include "transports/net/proxy.h"
#include "transports/xmpp/jid.h"
#include "transports/xmpp/saslprep.h"

#include <QJsonValue>

#include <algorithm>
#include <cmath>

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;

constexpr quint16 kStartTlsPort = 5222;
constexpr quint16 kDirectTlsPort = 5223;

Unexpected<Failure> invalid(const QString &field, const QString &why)
{
    return fail(FailureCode::InvalidArgument, u"%1: %2"_s.arg(field, why));
}

// Every field has its type and no other field is there; empty texts count as absent.
Result<void> checkShape(const QJsonObject &settings)
{
    const QList<SettingField> fields = XmppSettings::kindInfo().fields;
    for (auto it = settings.begin(); it != settings.end(); ++it) {
        const auto field = std::find_if(fields.begin(), fields.end(),
                                        [&](const SettingField &f) { return f.name == it.key(); });
        if (field == fields.end())
            return invalid(it.key(), u"there is no such setting"_s);
        if (field->type == SettingField::Type::Boolean && !it->isBool())
            return invalid(it.key(), u"must be true or false"_s);
        if (field->type == SettingField::Type::Integer && !it->isDouble())
            return invalid(it.key(), u"must be a number"_s);
        const bool isText = field->type != SettingField::Type::Boolean && field->type != SettingField::Type::Integer;
        if (isText && !it->isString())
            return invalid(it.key(), u"must be text"_s);
    }
    for (const SettingField &field : fields) {
        if (field.required && settings.value(field.name).toString().isEmpty())
            return invalid(field.name, u"is required"_s);
    }
    return {};
}

Result<quint16> parsePort(const QJsonObject &settings)
{
    if (!settings.contains("port"_L1))
        return quint16(0);
    const double value = settings.value("port"_L1).toDouble();
    if (value < 1 || value > 65'535 || std::floor(value) != value)
        return invalid(u"port"_s, u"must be a whole number from 1 to 65535"_s);
    return static_cast<quint16>(value);
}

Result<XmppSettings::Security> parseSecurity(const QString &text)
{
    if (text.isEmpty() || text == u"auto")
        return XmppSettings::Security::Auto;
    if (text == u"starttls")
        return XmppSettings::Security::StartTls;
    if (text == u"direct-tls")
        return XmppSettings::Security::DirectTls;
    return invalid(u"security"_s, u"must be auto, starttls or direct-tls"_s);
}

bool isHost(const QString &text)
{
    const bool isIpv6 = text.contains(u':');
    return isIpv6 ? !QHostAddress(text).isNull() : !asciiDomain(text).isEmpty();
}

} // namespace

Result<XmppSettings> XmppSettings::parse(const QJsonObject &settings)
{
    if (const auto shape = checkShape(settings); !shape)
        return fail(shape.error());
    const auto text = [&](QLatin1StringView name) { return settings.value(name).toString(); };

    const Result<Address> jid = Address::recognise(TransportKind::Xmpp, text("jid"_L1));
    if (!jid)
        return invalid(u"jid"_s, jid.error().detail);
    XmppSettings result;
    result.jid = *jid;
    result.password = text("password"_L1);
    const auto prepared = saslPrepared(result.password);
    if (!prepared || prepared->isEmpty())
        return invalid(u"password"_s, u"holds a character that XMPP forbids"_s);
    result.host = text("host"_L1).trimmed();
    if (!result.host.isEmpty() && !isHost(result.host))
        return invalid(u"host"_s, u"is neither a name nor an address"_s);
    const Result<quint16> port = parsePort(settings);
    if (!port)
        return fail(port.error());
    result.port = *port;
    const Result<Security> security = parseSecurity(text("security"_L1));
    if (!security)
        return fail(security.error());
    result.security = *security;
    result.caFile = text("caFile"_L1);
    result.registers = settings.value("register"_L1).toBool();
    const Result<QNetworkProxy> proxy = net::parseProxy(text("proxy"_L1));
    if (!proxy)
        return invalid(u"proxy"_s, proxy.error().detail);
    result.proxy = *proxy;
    return result;
}

Result<QJsonObject> XmppSettings::normalized(const QJsonObject &settings)
{
    const Result<XmppSettings> parsed = parse(settings);
    if (!parsed)
        return fail(parsed.error());
    QJsonObject stored;
    for (auto it = settings.begin(); it != settings.end(); ++it) {
        if (!it->isString() || !it->toString().isEmpty())
            stored.insert(it.key(), it.value());
    }
    stored.insert("jid"_L1, parsed->jid.value);
    if (!parsed->host.isEmpty())
        stored.insert("host"_L1, parsed->host);
    return stored;
}

Account XmppSettings::account(const QString &resource) const
{
    return {localpartOf(jid), jid.domain(), password, resource, registers};
}

net::ServiceQuery XmppSettings::serviceQuery() const
{
    // On this port servers speak TLS at once; nobody says otherwise by accident.
    const bool directTls = security == Security::DirectTls || (security == Security::Auto && port == kDirectTlsPort);
    net::ServiceQuery query;
    query.domain = asciiDomain(jid.domain());
    query.fallback.host = host.isEmpty()       ? query.domain
        : isHost(host) && !host.contains(u':') ? asciiDomain(host)
                                               : host;
    query.fallback.port = port != 0 ? port : directTls ? kDirectTlsPort : kStartTlsPort;
    query.fallback.directTls = directTls;
    query.resolvesHere = proxy.type() == QNetworkProxy::NoProxy;
    if (!host.isEmpty() || port != 0)
        return query;
    if (security != Security::DirectTls)
        query.plainService = u"_xmpp-client._tcp"_s;
    if (security != Security::StartTls)
        query.directTlsService = u"_xmpps-client._tcp"_s;
    return query;
}

TransportKindInfo XmppSettings::kindInfo()
{
    using Type = SettingField::Type;
    return {
        TransportKind::Xmpp,
        u"XMPP"_s,
        {
            {u"jid"_s, u"Address"_s, Type::Text, true, false, u"Your XMPP address: name@server"_s, {}},
            {u"password"_s, u"Password"_s, Type::Text, true, true, {}, {}},
            {u"host"_s,
             u"Host"_s,
             Type::Text,
             false,
             false,
             u"Where to connect, if not where the address's domain says. The certificate must still be the domain's."_s,
             {}},
            {u"port"_s, u"Port"_s, Type::Integer, false, false, u"Usually 5222, or 5223 for direct TLS"_s, {}},
            {u"security"_s,
             u"Encryption"_s,
             Type::Choice,
             false,
             false,
             u"Every connection is encrypted; this chooses how it begins"_s,
             {u"auto"_s, u"starttls"_s, u"direct-tls"_s}},
            {u"caFile"_s,
             u"Trusted certificates"_s,
             Type::File,
             false,
             false,
             u"A PEM file. Only servers with a certificate from one of these issuers are trusted then."_s,
             {}},
            {u"register"_s,
             u"Create the account"_s,
             Type::Boolean,
             false,
             false,
             u"If the server does not know the account, ask it to create it"_s,
             {}},
            {u"proxy"_s,
             u"Proxy"_s,
             Type::Text,
             false,
             true,
             u"socks5://host:port or http://host:port, with user:password@ before the host if it needs that. "
             u"Names are then looked up by the proxy only."_s,
             {}},
        }};
}

} // namespace planb::xmpp
