// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/xmpp_account_errand.h"

#include "transports/xmpp/jid.h"
#include "transports/xmpp/xmpp_uri.h"

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;

Result<Invitation> accountInvitation(const QString &link)
{
    if (link.isEmpty())
        return Invitation();
    Result<Invitation> invitation = readInvitation(link);
    if (invitation && invitation->accountDomain.isEmpty())
        return fail(FailureCode::InvalidArgument, u"invitation: it is not about an account"_s);
    return invitation;
}

// A form can be asked for without a name or a password; what stands in their place is never sent.
QJsonObject completed(QJsonObject settings, const Invitation &invitation, bool submits)
{
    const QString unnamed = submits ? QString() : u"anybody"_s;
    const QString name = invitation.accountName.isEmpty() ? unnamed : invitation.accountName;
    if (settings.value("jid"_L1).toString().isEmpty() && !invitation.accountDomain.isEmpty())
        settings.insert("jid"_L1, name + u'@' + invitation.accountDomain);
    if (!submits && settings.value("password"_L1).toString().isEmpty())
        settings.insert("password"_L1, u"-"_s);
    return settings;
}

} // namespace

Result<std::unique_ptr<AccountErrand>> XmppAccountErrand::make(const AccountRequest &request, const Services &services,
                                                               Millis limit)
{
    const Result<Invitation> invitation = accountInvitation(request.invitation);
    if (!invitation)
        return fail(invitation.error());
    const auto settings = XmppSettings::parse(completed(request.settings, *invitation, request.submits));
    if (!settings)
        return fail(settings.error());
    // A token is only shown to the server that gave it out.
    if (!invitation->accountDomain.isEmpty() && settings->jid.domain() != invitation->accountDomain)
        return fail(FailureCode::InvalidArgument,
                    u"jid: the invitation is for an account at "_s + invitation->accountDomain);
    AccountSession::Wish wish{settings->jid.domain(), invitation->token, request.submits, {}, request.answers};
    if (request.submits)
        wish.identity = {{u"username"_s, {localpartOf(settings->jid)}}, {u"password"_s, {settings->password}}};
    return std::unique_ptr<AccountErrand>(new XmppAccountErrand(*settings, std::move(wish), services, limit));
}

XmppAccountErrand::XmppAccountErrand(XmppSettings settings, AccountSession::Wish wish, const Services &services,
                                     Millis limit)
    : m_settings(std::move(settings))
    , m_submits(wish.submits)
    , m_session(std::move(wish))
    , m_runner(m_session, services.clock)
    , m_lookup(services.srv, services.random)
{
    m_limit.setSingleShot(true);
    m_limit.setInterval(limit);
    connect(&m_limit, &QTimer::timeout, this,
            [this] { finish(fail(FailureCode::HopTimeout, u"the server does not answer"_s)); });
    connect(&m_lookup, &net::EndpointLookup::finished, this, &XmppAccountErrand::onEndpoints);
    connect(&m_runner, &net::SessionRunner::progressed, this, [this] {
        if (m_session.outcome())
            finish(*m_session.outcome());
    });
    connect(&m_runner, &net::SessionRunner::closed, this, [this](const std::optional<Failure> &failure) {
        const Failure why = failure.value_or(Failure{FailureCode::ConnectionLost, {}, {}});
        finish(m_session.outcome() ? *m_session.outcome() : Result<AccountAnswer>(fail(why)));
    });
}

void XmppAccountErrand::start()
{
    m_limit.start();
    m_lookup.start(m_settings.serviceQuery());
}

void XmppAccountErrand::onEndpoints(const Result<QList<net::Endpoint>> &endpoints)
{
    if (!endpoints)
        return finish(fail(endpoints.error()));
    net::ConnectOptions options;
    options.endpoints = *endpoints;
    options.peerName = asciiDomain(m_settings.jid.domain());
    options.caFile = m_settings.caFile;
    options.applicationProtocols = {"xmpp-client"};
    options.proxy = m_settings.proxy;
    m_runner.open(std::move(options));
}

void XmppAccountErrand::finish(Result<AccountAnswer> outcome)
{
    if (std::exchange(m_isFinished, true))
        return;
    m_limit.stop();
    m_lookup.cancel();
    if (outcome && m_submits)
        outcome->address = m_settings.jid.value;
    Q_EMIT finished(outcome);
}

} // namespace planb::xmpp
