// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/id.h"

#include <map>
#include <optional>
#include <vector>

namespace planb::delivery {

/// Several links that are lost in one moment are more likely one trouble of this computer's own network than many
/// troubles of servers: none of them has to prove itself when it comes back.
class OutageWatch
{
public:
    /// A link was lost. Returns those that share the outage: empty while it is the only one, and no more often than
    /// once in kOutageSpacing, so that links which all flap do have to prove themselves.
    std::vector<TransportId> onLost(TransportId link, MonoTime now);

private:
    std::map<TransportId, MonoTime> m_lost;
    std::optional<MonoTime> m_lastOutage;
};

} // namespace planb::delivery
