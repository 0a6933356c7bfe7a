// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/agenda.h"

#include <algorithm>
#include <utility>

namespace planb::sim {

bool Agenda::isLater(const Entry &a, const Entry &b)
{
    return std::pair(a.when, a.place) > std::pair(b.when, b.place);
}

void Agenda::at(MonoTime when, std::function<void()> what)
{
    m_heap.push_back({std::max(when, m_now), ++m_entered, std::move(what)});
    std::ranges::push_heap(m_heap, &isLater);
}

bool Agenda::runNext(MonoTime end)
{
    if (m_heap.empty() || m_heap.front().when > end) {
        m_now = std::max(m_now, end);
        return false;
    }
    std::ranges::pop_heap(m_heap, &isLater);
    const Entry next = std::move(m_heap.back());
    m_heap.pop_back();
    m_now = next.when;
    next.what();
    return true;
}

} // namespace planb::sim
