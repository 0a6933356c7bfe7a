// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/log.h"

namespace planb {

Q_LOGGING_CATEGORY(lcDelivery, "planb.delivery", QtInfoMsg)
Q_LOGGING_CATEGORY(lcStore, "planb.store", QtInfoMsg)
Q_LOGGING_CATEGORY(lcMessenger, "planb.messenger", QtInfoMsg)
Q_LOGGING_CATEGORY(lcNet, "planb.net", QtInfoMsg)
Q_LOGGING_CATEGORY(lcXmpp, "planb.xmpp", QtInfoMsg)
Q_LOGGING_CATEGORY(lcRpc, "planb.rpc", QtInfoMsg)

} // namespace planb
