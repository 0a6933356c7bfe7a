// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace planb::net {

/// Has TCP acknowledge now what was read from this socket, where it would wait for up to 40 ms for something to send
/// along with it (RFC 9293, 3.8.6.3). A server that leaves Nagle's algorithm on holds back the rest of a long answer
/// until then (Prosody does). Counts for what was read up to now: to be called after each reading. Linux only: elsewhere
/// nothing happens, and the wait remains.
void acknowledgeAtOnce(qintptr socket);

} // namespace planb::net
