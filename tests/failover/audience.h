// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <functional>

namespace planb::failover {

/// Whoever watches a long run.
struct Audience {
    std::function<void(const QString &)> tell; ///< hears a line now and then
    /// A run that nobody waits for any more ends early, in good order, and is judged as far as it came.
    std::function<bool()> wantsToGo;
};

/// Nobody watches, and it runs to its end.
inline Audience nobody()
{
    return {[](const QString &) {}, [] { return false; }};
}

} // namespace planb::failover
