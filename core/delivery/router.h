// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/delivery/event.h"
#include "core/delivery/item.h"

#include <vector>

namespace planb::delivery {

/// Every way from this chain to these addresses, best first. A route inside one domain depends on one
/// server and comes before those that cross domains and depend on two; then the chain's order counts,
/// then the contact's. Kinds without domains (sms, lan) cross none.
std::vector<Route> routesInOrder(const std::vector<ChainLink> &chain, const std::vector<Address> &addresses);

} // namespace planb::delivery
