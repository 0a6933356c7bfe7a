// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

#include <functional>

namespace planb {

/// The account behind a transport, as far as its owner may change it. Needs a living connection
/// (NetworkUnreachable otherwise). Each call is answered once, at the latest when the connection is lost; after
/// ConnectionLost or HopTimeout nobody knows whether the server did it.
class OwnAccount
{
public:
    using Done = std::function<void(const Result<void> &)>;

    virtual ~OwnAccount() = default;
    virtual void changePassword(const QString &password, Done done) = 0;
    /// Takes the account off the server with everything it keeps for it.
    virtual void remove(Done done) = 0;
};

} // namespace planb
