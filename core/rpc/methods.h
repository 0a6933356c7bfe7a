// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rpc/method.h"

namespace planb {
class Messenger;
}

/// The methods of the interface, as data: one function for each group, one .cpp each. The rows keep a
/// reference to the messenger, which therefore must outlive them.
namespace planb::rpc {

QList<Method> profileMethods(Messenger &messenger);
QList<Method> accountMethods(Messenger &messenger);
QList<Method> transportMethods(Messenger &messenger);
QList<Method> contactMethods(Messenger &messenger);
QList<Method> peopleMethods(Messenger &messenger);
QList<Method> messageMethods(Messenger &messenger);
QList<Method> statusMethods(Messenger &messenger);

QList<Method> allMethods(Messenger &messenger);

} // namespace planb::rpc
