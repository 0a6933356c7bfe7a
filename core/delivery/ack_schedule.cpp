// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/delivery/ack_schedule.h"

#include "core/delivery/constants.h"

#include <algorithm>
#include <utility>

namespace planb::delivery {

void AckSchedule::onReceived(ContactId contact, const Route &by, bool isRepeat, bool gapOpened, MonoTime now)
{
    Owed &owed = m_owed[contact];
    owed.route = by;
    ++owed.messages;
    MonoTime due = now + constantsOf(by.address.kind).ackDelay;
    if (gapOpened || owed.messages >= kAckAtOnce)
        due = now;
    if (isRepeat) {
        // A server that delivers everything ten times must not make us answer ten times.
        due = owed.repeatAnswered ? std::max(now, *owed.repeatAnswered + kRepeatAckInterval) : now;
        owed.isRepeatOwed = true;
    }
    owed.due = owed.due ? std::min(*owed.due, due) : due;
    owed.waitsForWay = false;
}

void AckSchedule::owe(ContactId contact, MonoTime now)
{
    Owed &owed = m_owed[contact];
    ++owed.messages;
    owed.due = now;
    owed.waitsForWay = false;
}

void AckSchedule::onCarried(ContactId contact)
{
    const auto owed = m_owed.find(contact);
    if (owed == m_owed.end())
        return;
    owed->second.messages = 0;
    owed->second.isRepeatOwed = false;
    owed->second.due.reset();
    owed->second.waitsForWay = false;
}

std::optional<MonoTime> AckSchedule::nextDue() const
{
    std::optional<MonoTime> next;
    for (const auto &[contact, owed] : m_owed) {
        if (owed.due && (!next || *owed.due < *next))
            next = owed.due;
    }
    return next;
}

std::vector<AckSchedule::Due> AckSchedule::takeDue(MonoTime now)
{
    std::vector<Due> all;
    for (auto &[contact, owed] : m_owed) {
        if (!owed.due || *owed.due > now)
            continue;
        all.push_back({contact, owed.route});
        if (std::exchange(owed.isRepeatOwed, false))
            owed.repeatAnswered = now;
        owed.messages = 0;
        owed.due.reset();
    }
    return all;
}

void AckSchedule::keep(const Due &due)
{
    m_owed[due.contact].waitsForWay = true;
}

void AckSchedule::waysOpened(MonoTime now)
{
    for (auto &[contact, owed] : m_owed) {
        if (!owed.waitsForWay)
            continue;
        owed.waitsForWay = false;
        owed.due = now;
    }
}

} // namespace planb::delivery
