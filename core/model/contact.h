// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"
#include "core/model/address.h"

#include <QList>

namespace planb {

/// A person in the address book. `addresses` are in the order in which they are preferred.
struct Contact {
    ContactId id;
    ConversationId conversation;
    QString name;
    QList<Address> addresses;
    /// False for somebody who wrote to us and whom the user has not added yet.
    bool isAdded = true;
    /// True once a message or receipt showed that this person's client is PlanB: it recognises a
    /// repeat by its wire id whichever way it comes, so a doubtful message may be sent again.
    bool removesRepeats = false;

    bool operator==(const Contact &) const = default;
};

} // namespace planb
