// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ask_secret.h"

#include "app/run.h"
#include "app/secret_input.h"
#include "app/termination.h"

namespace planb::ctl {

using namespace Qt::StringLiterals;

std::optional<QString> askSecret(Run &run, const char *variable, const QString &what)
{
    if (auto fromEnvironment = takeSecretFromEnvironment(variable))
        return fromEnvironment;
    auto typed = readSecretLine(what + u": "_s);
    if (!typed && Termination::isRequested())
        run.interrupt();
    else if (!typed)
        run.refuse(u"%1 is missing: set %2 or write it to standard input as one line."_s.arg(
            what, QString::fromLatin1(variable)));
    return typed;
}

std::optional<QString> askPassword(Run &run, const QString &what)
{
    return askSecret(run, "PLANB_PASSWORD", what);
}

std::optional<QString> askInvitation(Run &run)
{
    return askSecret(run, "PLANB_INVITATION", u"The invitation"_s);
}

} // namespace planb::ctl
