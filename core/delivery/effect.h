// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/failure.h"
#include "core/base/id.h"
#include "core/model/address.h"
#include "core/model/message.h"

#include <optional>
#include <variant>
#include <vector>

namespace planb::delivery {

/// Store the attempt, then hand the message to the transport.
struct StartAttempt {
    AttemptId attempt;
    MessageId message;
    TransportId transport;
    Address address;
    /// Why there is an attempt after an earlier one: name of a FailureCode, "NoConfirmation" (a server took it, nobody
    /// confirmed it), "Missing" (later messages arrived, this one did not), "FasterRoute", "NewNumber" (see Moved). Empty for the first.
    QString reason;
    bool operator==(const StartAttempt &) const = default;
};
struct FinishAttempt {
    AttemptId attempt;
    AttemptState state = AttemptState::Unsure;
    std::optional<Failure> failure;
    bool operator==(const FinishAttempt &) const = default;
};
/// Show this state, if it may follow the one shown now.
struct AdvanceMessage {
    MessageId message;
    MessageState state = MessageState::Queued;
    std::optional<TransportId> via;
    bool operator==(const AdvanceMessage &) const = default;
};
/// The engine has nothing more to do for this message: take it out of the outbox.
struct ForgetItem {
    MessageId message;
    bool operator==(const ForgetItem &) const = default;
};
/// Tell this person what is on disk of theirs. Nobody answers it.
struct SendAck {
    ContactId contact;
    TransportId transport;
    Address address;
    bool operator==(const SendAck &) const = default;
};
/// Ask the transport for a sign of life.
struct ProbeLink {
    TransportId transport;
    bool operator==(const ProbeLink &) const = default;
};
/// Somebody waits: let a waiting transport try now.
struct NudgeLink {
    TransportId transport;
    bool operator==(const NudgeLink &) const = default;
};
/// From now on messages to this contact go another way.
struct SwitchedRoute {
    ContactId contact;
    TransportId from;
    TransportId to;
    QString reason; ///< name of a FailureCode, "Recovered" or "ChainChanged"
    bool operator==(const SwitchedRoute &) const = default;
};

using Effect =
    std::variant<StartAttempt, FinishAttempt, AdvanceMessage, ForgetItem, SendAck, ProbeLink, NudgeLink, SwitchedRoute>;
using Effects = std::vector<Effect>;

} // namespace planb::delivery
