// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace planb::ctl {

class Run;

/// A secret from the environment or the next line of standard input. Nothing after having ended the run, with one
/// sentence in which `what` ("The password") is the subject.
std::optional<QString> askSecret(Run &run, const char *variable, const QString &what);

/// The password of an account, from PLANB_PASSWORD or the next line.
std::optional<QString> askPassword(Run &run, const QString &what = QStringLiteral("The password"));

/// A link that somebody passed on, from PLANB_INVITATION or the next line.
std::optional<QString> askInvitation(Run &run);

} // namespace planb::ctl
