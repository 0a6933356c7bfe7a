// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "transports/xmpp/account.h"
#include "transports/xmpp/element.h"

namespace planb::xmpp {

/// Making an account on the stream that is to be logged in on (XEP-0077, section 3.1).
Element registrationFormRequest(const Account &account);

/// The answer to the server's form. RegistrationRefused where it refuses, or asks for more than a name and a
/// password (an e-mail address, a captcha, an invitation).
Result<Element> filledRegistrationForm(const Element &form, const Account &account);

/// What the server made of it. AuthenticationFailed where the account exists (then with another password, since
/// the login was tried first), else RegistrationRefused with the server's words.
Result<void> registrationOutcome(const Element &answer);

} // namespace planb::xmpp
