// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/transport/account_form.h"
#include "transports/xmpp/element.h"

namespace planb::xmpp {

/// What an account is made, changed and removed with (XEP-0077, XEP-0445), as stanzas without ids.

/// Shows the server an invitation, before anything else is asked.
Element invitationStanza(const QString &domain, const QString &token);
Element accountFormRequest(const QString &domain);
/// The form in a server's answer, or in the error that refused a form: a data form where there is one, else the fields
/// of XEP-0077 itself, all of which are required then. A form without any field has a page in the web instead;
/// RegistrationRefused where there is nothing at all.
Result<AccountForm> accountForm(const Element &iq);
/// Whether name and password are all the server wants to know.
bool isSimple(const AccountForm &form);
/// As a data form where the answers are to one: they then have its hidden FORM_TYPE.
Element accountSubmission(const QString &domain, const FormAnswers &answers);
/// AccountExists, ServerBusy, or RegistrationRefused with the server's words.
Failure registrationFailure(const Element &error);

Element passwordChange(const QString &domain, const QString &name, const QString &password);
Element accountRemoval();

} // namespace planb::xmpp
