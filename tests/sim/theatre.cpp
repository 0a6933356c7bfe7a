// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/theatre.h"

#include "tests/sim/store_template.h"

#include <QFile>
#include <QLoggingCategory>

#include <algorithm>
#include <optional>
#include <stdexcept>

namespace planb::sim {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kMostPeople = 5;

std::string invariantOf(const std::string &complaint)
{
    return complaint.substr(0, complaint.find(':'));
}

/// Nothing if that one has a part in it.
std::optional<Plan> withoutLastPerson(const Plan &plan)
{
    const std::size_t last = plan.people.size() - 1;
    const bool isNeeded = last < 2
        || std::ranges::any_of(plan.messages, [last](const auto &m) { return m.from == last || m.to == last; })
        || std::ranges::any_of(plan.faults, [last](const Fault &fault) { return fault.person == last; });
    if (isNeeded)
        return {};
    Plan smaller = plan;
    smaller.people.pop_back();
    for (PlannedPerson &person : smaller.people)
        person.knows.pop_back();
    return smaller;
}

} // namespace

Theatre::Theatre()
{
    // Everything goes wrong here all the time; the bystander's book is the judge of it.
    QLoggingCategory::setFilterRules(u"planb.*=false"_s);
    m_emptyStore = freshStoreBytes(m_folder.path());
    for (std::size_t i = 0; i < kMostPeople; ++i) {
        QFile marker(m_folder.filePath(u"p%1.db"_s.arg(i)));
        if (!marker.open(QIODevice::WriteOnly) || marker.write("x") != 1)
            throw std::runtime_error("no room for the names of the simulated files");
    }
    m_vfs = std::make_unique<CrashVfs>();
}

Outcome Theatre::play(const Plan &plan, Trace::Keep keep)
{
    World world(plan, {*m_vfs, m_folder.path(), m_emptyStore}, keep);
    world.play();
    return {world.complaint(),     world.brokenAt(), world.trace().hash(),
            world.trace().lines(), world.messages(), world.agenda().now() - Agenda::kBeginning};
}

bool Theatre::breaksTheSame(const Plan &plan, const std::string &invariant)
{
    const Outcome outcome = play(plan);
    return !outcome.complaint.empty() && invariantOf(outcome.complaint) == invariant;
}

Plan Theatre::shrunk(const Plan &plan)
{
    Plan smallest = plan;
    const std::string invariant = invariantOf(play(plan).complaint);
    // Halves first, then ever smaller pieces, until no single part can be spared.
    const auto shrink = [&](auto member) {
        for (std::size_t piece = std::max<std::size_t>((smallest.*member).size() / 2, 1); piece > 0; piece /= 2) {
            for (std::size_t at = 0; at < (smallest.*member).size();) {
                Plan smaller = smallest;
                auto &parts = smaller.*member;
                const auto first = parts.begin() + static_cast<std::ptrdiff_t>(at);
                parts.erase(first, first + static_cast<std::ptrdiff_t>(std::min(piece, parts.size() - at)));
                if (breaksTheSame(smaller, invariant))
                    smallest = smaller;
                else
                    at += piece;
            }
        }
    };
    for (int round = 0; round < 2; ++round) {
        shrink(&Plan::faults);
        shrink(&Plan::messages);
    }
    while (const auto smaller = withoutLastPerson(smallest)) {
        if (!breaksTheSame(*smaller, invariant))
            break;
        smallest = *smaller;
    }
    return smallest;
}

} // namespace planb::sim
