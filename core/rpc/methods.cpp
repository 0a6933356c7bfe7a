// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rpc/methods.h"

namespace planb::rpc {

QList<Method> allMethods(Messenger &messenger)
{
    return profileMethods(messenger) + accountMethods(messenger) + transportMethods(messenger)
        + contactMethods(messenger) + peopleMethods(messenger) + messageMethods(messenger) + statusMethods(messenger);
}

} // namespace planb::rpc
