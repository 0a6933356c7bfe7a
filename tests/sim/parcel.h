// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/transport.h"

#include <QPointer>

#include <cstdint>
#include <memory>

namespace planb::sim {

class SimTransport;

/// Something on its way between two people, as the servers see it.
struct Parcel {
    enum class Kind { Message, Receipt, Bounce, Acks };
    Kind kind = Kind::Message;
    Address from;
    Address to;
    Payload payload; ///< of a receipt or bounce: of the message it is about; of acks: only those
    bool isMarked = true; ///< PlanB's own element is still in it
};

/// One login. Each side believes in it until it learns better.
struct Session {
    std::uint64_t id = 0;
    std::size_t person = 0;
    QPointer<SimTransport> transport;
    bool livesAtClient = true;
    bool livesAtServer = true;
    MonoTime lastUp{}; ///< a stream keeps its order
    MonoTime lastDown{};
};
using SessionPtr = std::shared_ptr<Session>;

} // namespace planb::sim
