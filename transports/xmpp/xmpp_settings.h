// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/model/address.h"
#include "core/model/transport_config.h"
#include "transports/net/endpoint_lookup.h"
#include "transports/xmpp/account.h"

#include <QJsonObject>
#include <QNetworkProxy>
#include <QString>

namespace planb::xmpp {

/// The settings of a transport of kind xmpp.
///
/// | field    | type    | meaning                                                                             |
/// |----------|---------|-------------------------------------------------------------------------------------|
/// | jid      | text    | required; name@server, without resource                                             |
/// | password | secret  | required                                                                            |
/// | host     | text    | where to connect, instead of asking the domain name system                          |
/// | port     | integer | 1 to 65535; alone, a port at the jid's domain                                       |
/// | security | choice  | auto (default), starttls, direct-tls                                                |
/// | caFile   | file    | PEM; only certificates from these issuers are trusted. Default: the system's        |
/// | register | boolean | make the account if the login is refused                                            |
/// | proxy    | secret  | socks5://[user:password@]host:port or http://…; names are then resolved there       |
///
/// Whatever host is used, its certificate must name the jid's domain.
struct XmppSettings {
    enum class Security { Auto, StartTls, DirectTls };

    Address jid;
    QString password;
    QString host;
    quint16 port = 0; ///< 0: the usual one
    Security security = Security::Auto;
    QString caFile;
    bool registers = false;
    QNetworkProxy proxy{QNetworkProxy::NoProxy};

    /// InvalidArgument with the field's name in front: unknown and missing fields, wrong types, bad values.
    static Result<XmppSettings> parse(const QJsonObject &settings);
    /// The settings as they are stored: the jid normalised, empty fields left out.
    static Result<QJsonObject> normalized(const QJsonObject &settings);
    /// The form, in the order of the table above.
    static TransportKindInfo kindInfo();

    Account account(const QString &resource) const;
    /// Where to look for the server.
    net::ServiceQuery serviceQuery() const;
};

} // namespace planb::xmpp
