// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"

namespace planb::ctl {

QList<Command> allCommands()
{
    return profileCommands() + accountCommands() + transportCommands() + contactCommands() + peopleCommands()
        + sendCommands() + messageCommands() + watchCommands() + statusCommands() + rpcCommands();
}

} // namespace planb::ctl
