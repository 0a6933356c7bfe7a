// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/model/transport_kind.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace planb::sim {

/// Everything that can go wrong in a story, besides the mere delays of every network.
enum class FaultKind {
    // The network between one person, or all, and one server.
    BlackHole,
    Reset,
    Refused,
    HalfOpen,
    Loss,
    Delay,
    Reorder,
    Duplicates,
    Flapping,
    WrongCertificate,
    DnsDead,
    AllDown,
    OneWayOnly,
    BlackHoleUp,
    BlackHoleDown,
    // One computer.
    Kill,
    PowerCut,
    DiskFull,
    DiskError,
    Suspend,
    ClockJump,
    Restore,
    // One server.
    Forgets,
    Bounces,
    DeliversLate,
    Restarts,
    Busy,
    LosesReply,
    Strips,
    SmsTrouble,
    // One user.
    SendsAndRestarts,
    RemovesContact,
    ChangesChain,
    RemovesTransport,
    Burst,
};

enum class FaultScope { Network, Computer, Server, User };

struct FaultTraits {
    FaultKind kind;
    const char *name; ///< as in traces
    FaultScope scope;
};

std::span<const FaultTraits> allFaults();
const FaultTraits &traitsOf(FaultKind kind);

struct Fault {
    FaultKind kind = FaultKind::BlackHole;
    MonoTime from{};
    MonoTime until{}; ///< equal to `from` where it is over at once
    std::size_t person = 0;
    bool hitsEverybody = false; ///< network faults: not `person` alone
    std::size_t server = 0;
    std::uint64_t number = 0; ///< seeds what is drawn while it lasts
};

struct PlannedServer {
    TransportKind kind = TransportKind::Xmpp;
    Micros oneWay{0};
};
struct PlannedPerson {
    std::vector<std::size_t> chain; ///< servers, by priority
    /// For each person: at which of their servers this one knows their address; empty: not in the address book.
    std::vector<std::vector<std::size_t>> knows;
};
struct PlannedMessage {
    MonoTime at{};
    std::size_t from = 0;
    std::size_t to = 0;
    int bytes = 0;
    bool isMetered = false; ///< "send this one by SMS"
};

enum class Mode {
    Safety, ///< the faults go on to the end: nothing bad may happen
    Liveness, ///< the faults end, and everything has to arrive
};

/// One story before it is played. A part may be taken out and the rest is still a story.
struct Plan {
    std::uint64_t seed = 0;
    Mode mode = Mode::Liveness;
    std::vector<PlannedServer> servers;
    std::vector<PlannedPerson> people;
    std::vector<PlannedMessage> messages;
    std::vector<Fault> faults;
    MonoTime faultsEnd{};
    MonoTime end{};
};

Plan planFor(std::uint64_t seed, Mode mode);
std::string textOf(const Plan &plan);
std::string textOf(const Fault &fault);
/// "3d 04:05:06.789"
std::string textOf(MonoTime time);
const char *nameOf(Mode mode);
/// "p3": how people, servers and messages are called.
std::string numbered(char letter, std::size_t number);

} // namespace planb::sim
