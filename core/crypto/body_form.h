// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/crypto/body.h"

namespace planb::bodyform {

/// Keys of a body's map …
enum Key : quint64 {
    Kind,
    Place,
    Id,
    Conversation,
    Order,
    SentAt,
    Parents,
    Payload,
    Acks,
    OwnCard,
    HeldCard,
    Capabilities,
    FirstIgnorable = 64,
};

/// … and of the map that is its payload.
enum PayloadKey : quint64 { Text, About, Signs, Wanted, Reason, NewCard };

/// Whether the fields are within the bounds, and there as the kind asks for.
bool isSound(const Body &body);

} // namespace planb::bodyform
