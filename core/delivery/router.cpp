// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/delivery/router.h"

namespace planb::delivery {

std::vector<Route> routesInOrder(const std::vector<ChainLink> &chain, const std::vector<Address> &addresses)
{
    std::vector<Route> inside;
    std::vector<Route> crossing;
    for (const ChainLink &link : chain) {
        for (const Address &address : addresses) {
            if (address.kind != link.kind)
                continue;
            const bool crosses = address.domain() != link.domain;
            (crosses ? crossing : inside).push_back(Route{link.id, address});
        }
    }
    inside.insert(inside.end(), crossing.begin(), crossing.end());
    return inside;
}

} // namespace planb::delivery
