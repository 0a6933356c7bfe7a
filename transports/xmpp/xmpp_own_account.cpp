// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/xmpp_own_account.h"

#include "transports/xmpp/account_stanzas.h"
#include "transports/xmpp/saslprep.h"

namespace planb::xmpp {

namespace {

using namespace Qt::StringLiterals;

IqRequests::Then tell(OwnAccount::Done done)
{
    return [done = std::move(done)](const IqAnswer &answer, MonoTime) {
        done(answer ? Result<void>() : Result<void>(fail(answer.error().failure)));
    };
}

} // namespace

XmppOwnAccount::XmppOwnAccount(QString name, QString domain, Ask ask)
    : m_name(std::move(name)), m_domain(std::move(domain)), m_ask(std::move(ask))
{}

void XmppOwnAccount::changePassword(const QString &password, Done done)
{
    // With one that cannot be used for a login the owner would have locked themselves out.
    const auto prepared = saslPrepared(password);
    if (!prepared || prepared->isEmpty())
        return done(fail(FailureCode::InvalidArgument, u"password: is empty or holds a character that XMPP forbids"_s));
    m_ask(passwordChange(m_domain, m_name, password), tell(std::move(done)));
}

void XmppOwnAccount::remove(Done done)
{
    m_ask(accountRemoval(), tell(std::move(done)));
}

} // namespace planb::xmpp
