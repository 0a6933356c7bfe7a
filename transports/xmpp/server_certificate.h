// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace planb::xmpp {

/// What of a server's certificate is remembered, to notice that another one took its place.
struct ServerCertificate {
    QByteArray key; ///< SHA-256 of the public key, which renewals often keep
    QString issuer; ///< the organisation that issued it
    WallTime from; ///< valid
    WallTime until;

    bool operator==(const ServerCertificate &) const = default;

    /// Nothing where the bytes are no certificate.
    static std::optional<ServerCertificate> of(const QByteArray &der);
};

/// Whether `now` in the place of `before` is what renewing looks like: the same key, or the same issuer when
/// more than half of the time of the old one was over. Another valid certificate long before its time may mean a new
/// server, or somebody who got one for a name that is not theirs.
bool isRenewal(const ServerCertificate &before, const ServerCertificate &now, WallTime at);

} // namespace planb::xmpp
