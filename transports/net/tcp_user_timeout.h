// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QtGlobal>

namespace planb::net {

/// Lets the kernel drop a connection whose sent data stays unacknowledged for `limit` (RFC 5482). Without it
/// Linux goes on for about a quarter of an hour. Linux only: elsewhere nothing happens, and the sessions' own
/// probes find the dead connection a little later.
void setTcpUserTimeout(qintptr socket, Millis limit);

} // namespace planb::net
