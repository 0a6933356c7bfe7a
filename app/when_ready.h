// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"

#include <QString>

#include <functional>

namespace planb::ctl {

class Run;

/// Opens the profile with its network and goes on once the transport that the user named is connected. Ends the run
/// with the failure of a transport that is refused, or that is not there within half a minute.
void whenReady(Run &run, const QString &wanted, const std::function<void(TransportId)> &then);

} // namespace planb::ctl
