// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/transport/account_errand.h"
#include "transports/net/endpoint_lookup.h"
#include "transports/net/session_runner.h"
#include "transports/xmpp/account_session.h"
#include "transports/xmpp/xmpp_settings.h"

#include <QTimer>

#include <memory>

namespace planb::xmpp {

/// An AccountSession with a connection: look-up, connect, TLS, the dialogue, the end.
class XmppAccountErrand final : public AccountErrand
{
    Q_OBJECT

public:
    struct Services {
        const Clock &clock;
        Random &random;
        net::SrvLookup &srv;
    };

    /// All of it may take this long.
    static constexpr Millis kLimit{60'000};

    /// InvalidArgument with the field's name in front, or about the invitation.
    static Result<std::unique_ptr<AccountErrand>> make(const AccountRequest &request, const Services &services,
                                                       Millis limit = kLimit);

    void start() override;

private:
    XmppAccountErrand(XmppSettings settings, AccountSession::Wish wish, const Services &services, Millis limit);

    void onEndpoints(const Result<QList<net::Endpoint>> &endpoints);
    void finish(Result<AccountAnswer> outcome);

    XmppSettings m_settings;
    bool m_submits;
    AccountSession m_session;
    net::SessionRunner m_runner; // after the session that it drives
    net::EndpointLookup m_lookup;
    QTimer m_limit;
    bool m_isFinished = false;
};

} // namespace planb::xmpp
