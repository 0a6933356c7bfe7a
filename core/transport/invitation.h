// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/address.h"

#include <QString>

#include <optional>

namespace planb {

/// What a link that somebody passed on invites to: an account at a server, a contact, or both.
struct Invitation {
    TransportKind kind = TransportKind::Xmpp;
    QString accountDomain; ///< where an account can be made; empty: it is not about that
    QString accountName; ///< the name that was chosen for it; empty: choose one
    std::optional<Address> contact; ///< who invites
    QString contactName; ///< as the link calls them; may be empty
    QString token; ///< proves to the server, or to the contact, that one was invited; a secret. May be empty

    bool operator==(const Invitation &) const = default;
};

} // namespace planb
