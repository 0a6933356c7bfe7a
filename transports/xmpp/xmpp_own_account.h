// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/own_account.h"
#include "transports/xmpp/iq_requests.h"

namespace planb::xmpp {

/// The account's own changes by in-band registration (XEP-0077, 3.2 and 3.3), on the stream that is logged in.
class XmppOwnAccount final : public OwnAccount
{
public:
    using Ask = std::function<void(Element iq, IqRequests::Then then)>;

    XmppOwnAccount(QString name, QString domain, Ask ask);

    void changePassword(const QString &password, Done done) override;
    void remove(Done done) override;

private:
    QString m_name;
    QString m_domain;
    Ask m_ask;
};

} // namespace planb::xmpp
