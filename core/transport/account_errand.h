// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/model/transport_kind.h"
#include "core/transport/account_form.h"

#include <QJsonObject>
#include <QObject>

#include <optional>

namespace planb {

/// What to ask a server for that does not know us yet.
struct AccountRequest {
    TransportKind kind = TransportKind::Xmpp;
    /// As for a transport of this kind. Without an address the invitation says where; the password may be missing
    /// where only the form is asked for.
    QJsonObject settings;
    QString invitation; ///< a link; empty: none
    bool submits = false; ///< false: only the form
    /// To the form's fields. None: only what the settings tell (name and password) is answered, and where the
    /// server wants more, its form is the result. Otherwise every hidden field must be among them.
    FormAnswers answers;
};

/// Either the account is made (no form), or there is something to be filled in.
struct AccountAnswer {
    QString address; ///< of the account; empty where only a form was asked for
    std::optional<AccountForm> form;
    std::optional<Failure> refusal; ///< of what was filled in before
};

/// One visit to a server to make an account, always encrypted. Lives on the core thread; start() once.
class AccountErrand : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;
    virtual void start() = 0;

Q_SIGNALS:
    /// Exactly once, and in bounded time. AccountExists: the name is taken. RegistrationRefused: the server lets
    /// nobody in, or not with this invitation.
    void finished(const planb::Result<planb::AccountAnswer> &answer);
};

} // namespace planb
