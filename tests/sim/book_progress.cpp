// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/delivery/constants.h"
#include "tests/sim/book.h"
#include "tests/sim/person.h"
#include "tests/sim/sim_transport.h"
#include "tests/sim/world.h"

#include <algorithm>

namespace planb::sim {

using namespace std::chrono_literals;

namespace {

constexpr Micros kStagger = 250ms;
/// The longest hop timeout of a fast way, and what may lie between two tries.
constexpr Micros kPatience = 8s + kStagger;

bool fits(const QString &text, const SimTransport &transport)
{
    return text.toUtf8().size() <= transport.traits().maxTextBytes;
}

bool isAnswering(const SimTransport &transport)
{
    return transport.state().phase == LinkPhase::Ready;
}

} // namespace

/// Whether it lies about although a way has been open long enough and nobody has it in hand.
bool Book::isOverlooked(const Record &record, MonoTime now) const
{
    Person &author = m_world.person(record.author);
    if (!author.isRunning() || author.isSuspended() || author.profile().brokenBy() || record.isMetered)
        return false;
    if (record.shown != MessageState::Queued && record.shown != MessageState::Sending)
        return false;
    for (const auto &[attempt, open] : record.open) {
        const SimTransport *transport = author.transportAt(open.server);
        if (!transport)
            continue;
        const Micros longest = delivery::constantsOf(transport->traits().kind).hop.cap + kStagger;
        if (isAnswering(*transport) && now - std::max(open.since, transport->lastProgress()) <= longest)
            return false;
    }
    const auto &knows = m_world.plan().people[record.author].knows[record.reader];
    const auto &chain = m_world.plan().people[record.reader].chain;
    const auto &addresses = knows.empty() ? chain : knows;
    const bool hasWay = std::ranges::any_of(author.transports(), [&](const SimTransport *transport) {
        const auto rest = m_rests.find({record.author, record.reader, transport->server()});
        const bool isOpenThere = std::ranges::any_of(
            record.open, [&](const auto &open) { return open.second.server == transport->server(); });
        return isAnswering(*transport) && !transport->traits().metered && fits(record.text, *transport)
            && std::ranges::find(addresses, transport->server()) != addresses.end() && !isOpenThere
            && now - transport->readySince() > kPatience
            && (rest == m_rests.end() || rest->second <= author.clock().now());
    });
    return hasWay && author.contactFor(record.reader).has_value();
}

void Book::checkStep()
{
    // The acknowledgement may come before the news; both come within one step of a process that lives on.
    for (const std::size_t index : std::exchange(m_justStored, {})) {
        const Record &record = m_records[index];
        if (m_world.person(record.reader).isRunning() && !record.isShown && !record.isRolledBack)
            complain("I8", record, "is acknowledged and has never been shown");
    }
    checkNobodyIsIdle();
}

void Book::checkNobodyIsIdle()
{
    const MonoTime now = m_world.agenda().now();
    for (const std::size_t index : m_untaken) {
        Record &record = m_records[index];
        if (!isOverlooked(record, now)) {
            record.idleSince.reset();
            continue;
        }
        if (!record.idleSince)
            record.idleSince = now;
        if (now - *record.idleSince > kPatience)
            return complain("I13", record, "lies about although there is a way");
    }
}

/// Whether the two have a way in common that works now.
bool Book::canBeReached(const Record &record) const
{
    Person &author = m_world.person(record.author);
    Person &reader = m_world.person(record.reader);
    const auto &knows = m_world.plan().people[record.author].knows[record.reader];
    return std::ranges::any_of(author.transports(), [&](const SimTransport *transport) {
        const std::size_t server = transport->server();
        const SimTransport *other = reader.transportAt(server);
        const bool isKnown = knows.empty() || std::ranges::find(knows, server) != knows.end();
        return other && isKnown && isAnswering(*transport) && isAnswering(*other) && fits(record.text, *transport)
            && transport->traits().metered == record.isMetered;
    });
}

void Book::checkEverythingArrived()
{
    for (const Record &record : m_records) {
        const bool isAsked = record.shown == MessageState::Stalled || record.shown == MessageState::Failed;
        if (!record.isPromised || record.isGone || record.isShown || record.isRolledBack || isAsked)
            continue;
        // To somebody not known to be PlanB a server's word is the best there is, and repeats would be shown twice.
        if (record.mayBeTakenAtItsWord && record.isLostByServer)
            continue;
        if (canBeReached(record))
            complain("I1", record, "never arrived and is shown as " + planb::nameOf(record.shown).toStdString());
    }
}

} // namespace planb::sim
