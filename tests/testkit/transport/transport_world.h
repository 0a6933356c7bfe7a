// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/transport.h"

#include <QString>

#include <functional>
#include <memory>
#include <string>

namespace planb::test {

/// Two people's transports of one kind, and the power over what lies between them. Both are off at first, can
/// reach each other once started, and go with the world.
class TransportWorld
{
public:
    virtual ~TransportWorld() = default;

    virtual Transport &alice() = 0;
    virtual Transport &bob() = 0;
    /// An address at which there is nobody.
    virtual Address nobody() const = 0;

    /// The way is gone: connections end, new ones fail; until restore().
    virtual void cut() = 0;
    virtual void restore() = 0;
    /// Connections stay and nothing answers; until thaw().
    virtual void freeze() = 0;
    virtual void thaw() = 0;
};

/// What a contract suite is run on.
struct TransportWorldMaker {
    std::string name;
    std::function<std::unique_ptr<TransportWorld>()> make;
    /// What this machine lacks for it, as a sentence; the suite is skipped then. Empty text: nothing.
    std::function<QString()> whatIsMissing = [] { return QString(); };
};

} // namespace planb::test
