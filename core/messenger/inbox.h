// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/contact.h"
#include "core/model/message.h"
#include "core/store/store.h"
#include "core/transport/transport.h"

#include <optional>

namespace planb {

/// Takes what transports receive into the store: finds or makes the contact, recognises repeats, and says
/// what changed. Everything of one message is committed in one transaction before take() returns.
class Inbox
{
public:
    struct Taken {
        Contact contact;
        bool contactChanged = false; ///< new, or known from now on to remove repeats
        std::optional<Message> added; ///< absent for a repeat
    };

    explicit Inbox(store::Store &store) : m_store(store) {}

    Result<Taken> take(const Incoming &incoming, const RouteLabel &route, WallTime now);

private:
    Result<Contact> contactFor(const Address &from, WallTime now, bool &isNew);

    store::Store &m_store;
};

} // namespace planb
