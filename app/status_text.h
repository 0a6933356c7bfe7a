// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/messenger/messenger_types.h"

namespace planb::ctl {

/// The state of everything for a person to read: the chain, what its transports share, the ways to people that differ
/// from what one would expect, the outbox. Times are local ones.
QString statusText(const StatusSummary &status, const QList<Contact> &people);

} // namespace planb::ctl
