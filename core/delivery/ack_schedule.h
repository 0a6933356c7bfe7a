// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/delivery/item.h"

#include <map>
#include <optional>
#include <vector>

namespace planb::delivery {

/// When to tell people what has been stored of theirs. A message that goes to them anyway carries it for nothing,
/// so an acknowledgement of its own waits a moment (KindConstants::ackDelay); not at all when kAckAtOnce messages
/// wait for it, when something is missing before the newest, or when a message came again: its author is worried.
class AckSchedule
{
public:
    struct Due {
        ContactId contact;
        Route route; ///< the way the newest message came
    };

    /// A message with a place in a stream is on disk.
    void onReceived(ContactId contact, const Route &by, bool isRepeat, bool gapOpened, MonoTime now);
    /// At once, by whatever way.
    void owe(ContactId contact, MonoTime now);
    /// Something that carries the acknowledgements is on its way to this person.
    void onCarried(ContactId contact);
    void forget(ContactId contact) { m_owed.erase(contact); }

    std::optional<MonoTime> nextDue() const;
    /// Those that are due; they count as sent unless put back with keep().
    std::vector<Due> takeDue(MonoTime now);
    /// No way is open: due again with waysOpened().
    void keep(const Due &due);
    void waysOpened(MonoTime now);

private:
    struct Owed {
        int messages = 0;
        Route route;
        std::optional<MonoTime> due; ///< absent: nothing is owed, or there is no way
        bool isRepeatOwed = false; ///< a repeat is among the reasons
        std::optional<MonoTime> repeatAnswered; ///< when one was last
        bool waitsForWay = false;
    };

    std::map<ContactId, Owed> m_owed;
};

} // namespace planb::delivery
