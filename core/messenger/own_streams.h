// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"
#include "core/model/stream.h"

#include <map>

namespace planb {

/// The streams of what this run sends: one for each contact, since somebody who is removed and added again, or joined
/// with another contact, must not be sent a number twice.
class OwnStreams
{
public:
    /// `random` must outlive this.
    explicit OwnStreams(Random &random) : m_random(random) {}

    const StreamId &to(ContactId contact)
    {
        const auto known = m_streams.find(contact);
        return known != m_streams.end() ? known->second
                                        : m_streams.emplace(contact, StreamId::random(m_random)).first->second;
    }

private:
    Random &m_random;
    std::map<ContactId, StreamId> m_streams;
};

} // namespace planb
