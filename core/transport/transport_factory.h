// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/base/result.h"
#include "core/model/transport_config.h"
#include "core/transport/account_errand.h"
#include "core/transport/invitation.h"
#include "core/transport/transport.h"

#include <memory>

namespace planb {

/// Makes transports from stored configurations. The application hands one to the core, which
/// therefore knows no kind by name.
class TransportFactory
{
public:
    virtual ~TransportFactory() = default;

    virtual QList<TransportKindInfo> kinds() const = 0;

    /// Checks settings without making anything: unknown fields, missing ones, wrong types, bad values
    /// fail with InvalidArgument and the field's name. Returns them in stored form (addresses normalised).
    virtual Result<QJsonObject> checked(TransportKind kind, const QJsonObject &settings) const = 0;

    /// `deviceName` is a short stable token that tells this installation apart at the server
    /// (the XMPP resource). The transport is off until start().
    virtual Result<std::unique_ptr<Transport>> create(const TransportConfig &config, const QString &deviceName) = 0;

    /// A visit to a server that makes accounts. NotSupported where the kind has none, InvalidArgument for bad settings
    /// or a link that invites to no account.
    virtual Result<std::unique_ptr<AccountErrand>> accountErrand(const AccountRequest &request);
    /// What a link invites to; InvalidArgument if it is no invitation of any kind.
    virtual Result<Invitation> invitation(const QString &link) const;
};

} // namespace planb
