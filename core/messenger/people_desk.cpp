// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/people_desk.h"

#include "core/base/log.h"

#include <algorithm>
#include <set>

namespace planb {

namespace {

using store::RosterTask;
using What = RosterTask::What;

} // namespace

PeopleDesk::PeopleDesk(store::Store &store, Chain &chain, const Clock &clock, QString ownName)
    : m_store(store), m_chain(chain), m_clock(clock), m_ownName(std::move(ownName))
{
    connect(&m_chain, &Chain::starting, this, &PeopleDesk::onStarting);
    connect(&m_chain, &Chain::rosterNews, this, &PeopleDesk::onNews);
    connect(&m_chain, &Chain::linkChanged, this, [this](TransportId, const LinkState &state) { onLink(state); });
}

PeopleDesk::~PeopleDesk()
{
    storeSeen();
}

Result<void> PeopleDesk::load()
{
    return renewIgnored();
}

Result<void> PeopleDesk::renewIgnored()
{
    const auto all = m_store.people().blocked();
    if (!all)
        return fail(all.error());
    m_chain.setIgnored(std::set<Address>(all->begin(), all->end()));
    return {};
}

Roster *PeopleDesk::rosterOf(TransportId id) const
{
    Transport *transport = m_chain.transport(id);
    return transport ? transport->roster() : nullptr;
}

QList<TransportId> PeopleDesk::accounts() const
{
    QList<TransportId> ids;
    for (const TransportStatus &status : m_chain.statuses()) {
        if (rosterOf(status.id))
            ids.append(status.id);
    }
    return ids;
}

std::optional<TransportId> PeopleDesk::accountFor(const Address &address) const
{
    std::optional<TransportId> first;
    for (const TransportStatus &status : m_chain.statuses()) {
        if (status.kind != address.kind || !status.enabled || !rosterOf(status.id))
            continue;
        if (Address{status.kind, status.address}.domain() == address.domain())
            return status.id;
        if (!first)
            first = status.id;
    }
    return first;
}

Result<void> PeopleDesk::contactAdded(const QString &name, const QList<Address> &addresses, const QString &token)
{
    for (const Address &address : addresses) {
        const auto account = accountFor(address);
        if (!account)
            continue;
        if (auto given = give({*account, address, What::Add, name, token}); !given)
            return given;
    }
    return {};
}

Result<void> PeopleDesk::contactRemoved(const QList<Address> &addresses)
{
    const auto listed = m_store.people().listed();
    if (!listed)
        return fail(listed.error());
    for (const ListedPerson &person : *listed) {
        if (!addresses.contains(person.entry.address))
            continue;
        if (auto given = give({person.transport, person.entry.address, What::Remove}); !given)
            return given;
    }
    for (const TransportId id : accounts()) {
        for (const Address &address : addresses) {
            if (auto removed = m_store.people().removeTask(id, address, What::Add); !removed)
                return removed;
        }
    }
    return {};
}

void PeopleDesk::contactsChanged()
{
    const QList<Address> known = contacts();
    for (const TransportId id : accounts())
        rosterOf(id)->setContacts(known);
}

QList<Address> PeopleDesk::contacts()
{
    QList<Address> known;
    const auto all = m_store.contacts().all();
    if (!all)
        qCWarning(lcMessenger) << "the contacts could not be read:" << describe(all.error());
    for (const Contact &contact : all.value_or(QList<Contact>())) {
        if (contact.isAdded)
            known.append(contact.addresses);
    }
    return known;
}

// On disk first: what is lost with the connection is given again at the next login.
Result<void> PeopleDesk::give(const RosterTask &task)
{
    if (auto stored = m_store.people().addTask(task); !stored)
        return stored;
    if (Transport *transport = m_chain.transport(task.transport);
        transport && transport->state().phase == LinkPhase::Ready)
        carryOut(task);
    return {};
}

void PeopleDesk::carryOut(const RosterTask &task)
{
    Roster *roster = rosterOf(task.transport);
    if (!roster)
        return;
    switch (task.what) {
    case What::Add: return roster->add(task.address, task.name, task.token);
    case What::Remove: return roster->remove(task.address);
    case What::Accept: return roster->answer(task.address, true);
    case What::Decline: return roster->answer(task.address, false);
    case What::Unblock: return roster->setBlocked({task.address}, false);
    }
}

Result<void> PeopleDesk::answer(TransportId id, const Address &from, RequestAnswer answer)
{
    const auto waiting = m_store.people().requests();
    if (!waiting)
        return fail(waiting.error());
    const bool isThere = std::ranges::any_of(
        *waiting, [&](const PresenceRequest &r) { return r.transport == id && r.from == from; });
    if (!isThere)
        return fail(FailureCode::UnknownRequest, from.value);
    const What what = answer == RequestAnswer::Accept ? What::Accept : What::Decline;
    if (auto given = give({id, from, what}); !given)
        return given;
    if (auto dropped = dropRequest(id, from); !dropped)
        return dropped;
    return answer == RequestAnswer::Block ? setBlocked({from}, true) : Result<void>();
}

Result<void> PeopleDesk::dropRequest(TransportId id, const Address &from)
{
    const auto removed = m_store.people().removeRequest(id, from);
    if (!removed)
        return fail(removed.error());
    if (*removed)
        Q_EMIT requestRemoved(id, from);
    return {};
}

Result<void> PeopleDesk::setBlocked(const QList<Address> &addresses, bool isBlocked)
{
    for (const Address &address : addresses) {
        const auto changed = isBlocked ? m_store.people().block(address, m_clock.wall())
                                       : m_store.people().unblock(address);
        if (!changed)
            return fail(changed.error());
        for (const TransportId id : accounts()) {
            // Who is blocked is told to each server at each login; only the opposite has to be remembered.
            const auto noted = isBlocked ? m_store.people().removeTask(id, address, What::Unblock)
                                         : give({id, address, What::Unblock});
            if (!noted)
                return noted;
            if (isBlocked)
                rosterOf(id)->setBlocked({address}, true);
            if (auto dropped = isBlocked ? dropRequest(id, address) : Result<void>(); !dropped)
                return dropped;
        }
        if (auto announced = *changed ? announce(address) : Result<void>(); !announced)
            return announced;
    }
    return renewIgnored();
}

} // namespace planb
