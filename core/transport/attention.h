// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/address.h"
#include "core/model/chat_state.h"
#include "core/model/wire_id.h"

#include <QObject>

namespace planb {

/// What two people see of each other's attention: who is writing, and how far was read. Best effort: nothing is
/// stored, repeated or answered, and nothing happens while the transport is not Ready. What others have read comes as
/// a Report. Beside a Transport that can do it, and living as long.
class Attention : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Not told to people whose client has shown that it does not know such states.
    virtual void showState(ChatState state, const Address &to) = 0;
    /// This user has seen their messages up to `upTo`, an id by which its author calls it.
    virtual void showRead(const WireId &upTo, const Address &to) = 0;

Q_SIGNALS:
    void stateShown(const planb::Address &from, planb::ChatState state);
};

} // namespace planb
