// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/failover/arena.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <optional>

namespace planb::failover {

/// One way in which the primary fails.
struct Scenario {
    QString name;
    QString words; ///< for the help
    bool needsNetwork = false; ///< a private network, see PrivateNetwork
    ArenaOptions arena;
    std::function<test::Outcome<void>(Arena &)> strike;
    std::function<test::Outcome<void>(Arena &)> heal;
};

const QList<Scenario> &scenarios();
std::optional<Scenario> scenarioNamed(const QString &name);

} // namespace planb::failover
