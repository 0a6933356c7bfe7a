// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/plan.h"

#include "tests/sim/agenda.h"

#include <array>
#include <cstdio>

namespace planb::sim {

namespace {

constexpr std::array kFaults{
    FaultTraits{FaultKind::BlackHole, "F1-black-hole", FaultScope::Network},
    FaultTraits{FaultKind::Reset, "F2-reset", FaultScope::Network},
    FaultTraits{FaultKind::Refused, "F3-refused", FaultScope::Network},
    FaultTraits{FaultKind::HalfOpen, "F4-half-open", FaultScope::Network},
    FaultTraits{FaultKind::Loss, "F5-loss", FaultScope::Network},
    FaultTraits{FaultKind::Delay, "F6-delay", FaultScope::Network},
    FaultTraits{FaultKind::Reorder, "F7-reorder", FaultScope::Server},
    FaultTraits{FaultKind::Duplicates, "F8-duplicates", FaultScope::Server},
    FaultTraits{FaultKind::Flapping, "F12-flapping", FaultScope::Network},
    FaultTraits{FaultKind::WrongCertificate, "F13-wrong-certificate", FaultScope::Network},
    FaultTraits{FaultKind::DnsDead, "F14-dns-dead", FaultScope::Network},
    FaultTraits{FaultKind::AllDown, "F16-all-down", FaultScope::Network},
    FaultTraits{FaultKind::OneWayOnly, "F17-one-way-only", FaultScope::User},
    FaultTraits{FaultKind::BlackHoleUp, "F4-nothing-leaves", FaultScope::Network},
    FaultTraits{FaultKind::BlackHoleDown, "F4-nothing-arrives", FaultScope::Network},
    FaultTraits{FaultKind::Kill, "F18-kill", FaultScope::Computer},
    FaultTraits{FaultKind::PowerCut, "F19-power-cut", FaultScope::Computer},
    FaultTraits{FaultKind::DiskFull, "F20-disk-full", FaultScope::Computer},
    FaultTraits{FaultKind::DiskError, "F21-disk-error", FaultScope::Computer},
    FaultTraits{FaultKind::Suspend, "F22-suspend", FaultScope::Computer},
    FaultTraits{FaultKind::ClockJump, "F23-clock-jump", FaultScope::Computer},
    FaultTraits{FaultKind::Restore, "F42-restore", FaultScope::Computer},
    FaultTraits{FaultKind::Forgets, "F29-accepts-and-forgets", FaultScope::Server},
    FaultTraits{FaultKind::Bounces, "F30-delivers-and-bounces", FaultScope::Server},
    FaultTraits{FaultKind::DeliversLate, "F31-late-from-archive", FaultScope::Server},
    FaultTraits{FaultKind::Restarts, "F32-restart-loses-state", FaultScope::Server},
    FaultTraits{FaultKind::Busy, "F35-busy", FaultScope::Server},
    FaultTraits{FaultKind::LosesReply, "F37-loses-reply", FaultScope::Server},
    FaultTraits{FaultKind::Strips, "F38-strips-marks", FaultScope::Server},
    FaultTraits{FaultKind::SmsTrouble, "F39-sms-parts", FaultScope::Server},
    FaultTraits{FaultKind::SendsAndRestarts, "F55-sends-and-restarts", FaultScope::User},
    FaultTraits{FaultKind::RemovesContact, "F56-removes-contact", FaultScope::User},
    FaultTraits{FaultKind::ChangesChain, "F57-changes-chain", FaultScope::User},
    FaultTraits{FaultKind::RemovesTransport, "F58-removes-transport", FaultScope::User},
    FaultTraits{FaultKind::Burst, "F60-burst", FaultScope::User},
};

} // namespace

std::span<const FaultTraits> allFaults()
{
    return kFaults;
}

const FaultTraits &traitsOf(FaultKind kind)
{
    for (const FaultTraits &traits : kFaults) {
        if (traits.kind == kind)
            return traits;
    }
    Q_UNREACHABLE();
}

std::string numbered(char letter, std::size_t number)
{
    std::string text(1, letter);
    text += std::to_string(number);
    return text;
}

const char *nameOf(Mode mode)
{
    return mode == Mode::Safety ? "safety" : "liveness";
}

std::string textOf(MonoTime time)
{
    const auto micros = static_cast<long long>((time - Agenda::kBeginning).count());
    const long long seconds = micros / 1'000'000;
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%lldd %02lld:%02lld:%02lld.%03lld", seconds / 86'400, seconds / 3'600 % 24,
                  seconds / 60 % 60, seconds % 60, micros / 1'000 % 1'000);
    return text.data();
}

std::string textOf(const Fault &fault)
{
    std::string text = traitsOf(fault.kind).name;
    const FaultScope scope = traitsOf(fault.kind).scope;
    if (scope == FaultScope::Network && fault.hitsEverybody)
        text += " everybody";
    else if (scope != FaultScope::Server)
        text += ' ' + numbered('p', fault.person);
    if (scope == FaultScope::Network || scope == FaultScope::Server)
        text += ' ' + numbered('s', fault.server);
    text += ", " + textOf(fault.from);
    if (fault.until > fault.from)
        text += " to " + textOf(fault.until);
    return text;
}

std::string textOf(const Plan &plan)
{
    std::string text = "seed " + std::to_string(plan.seed) + ", " + nameOf(plan.mode) + ", faults end at "
        + textOf(plan.faultsEnd) + ", the story at " + textOf(plan.end) + '\n';
    for (std::size_t i = 0; i < plan.servers.size(); ++i)
        text += "  s" + std::to_string(i) + ' ' + planb::nameOf(plan.servers[i].kind).toStdString() + '\n';
    for (std::size_t i = 0; i < plan.people.size(); ++i) {
        text += "  p" + std::to_string(i) + " uses";
        for (const std::size_t server : plan.people[i].chain)
            text += ' ' + numbered('s', server);
        for (std::size_t other = 0; other < plan.people[i].knows.size(); ++other) {
            if (plan.people[i].knows[other].empty())
                continue;
            text += "; knows p" + std::to_string(other) + " at";
            for (const std::size_t server : plan.people[i].knows[other])
                text += ' ' + numbered('s', server);
        }
        text += '\n';
    }
    for (const PlannedMessage &message : plan.messages) {
        text += "  message p" + std::to_string(message.from) + " to p" + std::to_string(message.to) + ", "
            + textOf(message.at) + ", " + std::to_string(message.bytes) + " bytes"
            + (message.isMetered ? ", by SMS\n" : "\n");
    }
    for (const Fault &fault : plan.faults)
        text += "  " + textOf(fault) + '\n';
    return text;
}

} // namespace planb::sim
