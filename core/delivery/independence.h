// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"
#include "core/model/transport_kind.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace planb::delivery {

/// What one transport stands on outside this computer, as far as it is known here.
struct Footing {
    TransportId transport;
    TransportKind kind = TransportKind::Xmpp;
    QString domain; ///< of the own account; empty for kinds without one
    /// Names and addresses of the hosts it connects to, or connected to last.
    QStringList hosts;
};

/// One thing that several transports of the chain would lose together.
struct SharedFooting {
    enum class What {
        Domain, ///< the accounts are of one domain, and so of one DNS zone
        Operator, ///< a host of one is in the domain of another, or hosts of both are in one domain
        AddressRange, ///< a /24 of IPv4 or a /48 of IPv6
        Network, ///< the local network, or the phone network
    };
    What what = What::Domain;
    QString name; ///< "example.org", "203.0.113.0/24", "lan"
    std::vector<TransportId> transports; ///< two or more, in the order of the chain

    bool operator==(const SharedFooting &) const = default;
};
QString nameOf(SharedFooting::What what); ///< "domain", "operator", "addressRange", "network"; public

struct Independence {
    /// The most transports of which no two share anything: so many of the routes survive any one of these failing,
    /// less one.
    int routes = 0;
    std::vector<SharedFooting> shared;
};

/// How many independent ways the chain really offers. Two transports on one operator are one way with two names.
///
/// All transports over the local network share it, and so do all over the phone network; neither shares anything
/// with accounts at servers. Hosts at a loopback address prove nothing either way and are left out: a tunnel begins
/// there (so does a test), and where it ends is not known.
///
/// What is not seen: operators that use several domains and several address ranges, and cables under one street.
/// The number is an upper bound.
Independence independenceOf(const std::vector<Footing> &chain);

/// The domain somebody registered: the last two labels of a name, or the last three where the last two are a suffix
/// below a country ("co.kr", "com.au"). There is no list of public suffixes in Qt's public interface, and none is
/// taken in: under a suffix not known here ("duckdns.org") different people's names count as one domain, which is
/// the careful side to err on. The other way round, the customers of somebody who registered "co" below a country
/// without such suffixes are taken for different people.
QString registrableDomain(const QString &name);

} // namespace planb::delivery
