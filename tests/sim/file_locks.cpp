// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/file_locks.h"

#include <sqlite3.h>

#include <algorithm>

namespace planb::sim {

namespace {

bool hasOther(const std::vector<const void *> &holders, const void *who)
{
    return std::ranges::any_of(holders, [who](const void *holder) { return holder != who; });
}

} // namespace

int FileLocks::lock(const void *who, int from, int level)
{
    const auto isAnothers = [who](const void *holder) { return holder && holder != who; };
    if (from < SQLITE_LOCK_SHARED) {
        if (isAnothers(m_pending) || isAnothers(m_exclusive))
            return SQLITE_BUSY;
        m_shared.push_back(who);
    }
    if (level == SQLITE_LOCK_RESERVED) {
        if (isAnothers(m_reserved))
            return SQLITE_BUSY;
        m_reserved = who;
    }
    if (level == SQLITE_LOCK_EXCLUSIVE) {
        if (isAnothers(m_pending) || isAnothers(m_exclusive))
            return SQLITE_BUSY;
        m_pending = who;
        if (hasOther(m_shared, who))
            return SQLITE_BUSY;
        m_exclusive = who;
    }
    return SQLITE_OK;
}

void FileLocks::unlock(const void *who, int level)
{
    for (const void **holder : {&m_reserved, &m_pending, &m_exclusive}) {
        if (*holder == who)
            *holder = nullptr;
    }
    if (level == SQLITE_LOCK_NONE)
        std::erase(m_shared, who);
}

void *SharedIndex::region(std::size_t number, std::size_t bytes, bool make)
{
    if (number >= m_regions.size()) {
        if (!make)
            return nullptr;
        while (m_regions.size() <= number)
            m_regions.push_back(std::make_unique<std::vector<unsigned char>>(bytes));
    }
    return m_regions[number]->data();
}

int SharedIndex::lock(const void *who, int first, int count, int flags)
{
    const bool isExclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
    for (int i = first; i < first + count; ++i) {
        Lock &lock = m_locks[static_cast<std::size_t>(i)];
        if ((flags & SQLITE_SHM_UNLOCK) != 0)
            continue;
        if ((lock.exclusive && lock.exclusive != who) || (isExclusive && hasOther(lock.shared, who)))
            return SQLITE_BUSY;
    }
    for (int i = first; i < first + count; ++i) {
        Lock &lock = m_locks[static_cast<std::size_t>(i)];
        if ((flags & SQLITE_SHM_UNLOCK) != 0) {
            if (isExclusive)
                lock.exclusive = nullptr;
            else
                std::erase(lock.shared, who);
        } else if (isExclusive) {
            lock.exclusive = who;
        } else {
            lock.shared.push_back(who);
        }
    }
    return SQLITE_OK;
}

void SharedIndex::detach()
{
    if (--m_users <= 0)
        clear();
}

} // namespace planb::sim
