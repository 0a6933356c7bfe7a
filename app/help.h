// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/command.h"

namespace planb::ctl {

/// What --help prints without a command.
QString generalHelp(const QList<Command> &commands);
/// What COMMAND --help prints.
QString commandHelp(const Command &command);

} // namespace planb::ctl
