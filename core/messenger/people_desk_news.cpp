// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/log.h"
#include "core/messenger/people_desk.h"

#include <algorithm>

namespace planb {

namespace {

using store::RosterTask;
using What = RosterTask::What;

// By a foreign clock, which may be wrong.
constexpr Millis kClockTolerance{60'000};

} // namespace

void PeopleDesk::onStarting(TransportId id)
{
    Roster *roster = rosterOf(id);
    const auto known = m_store.people().all();
    if (!roster || !known)
        return;
    Roster::Start start{m_ownName, {}, contacts()};
    for (const Person &person : *known) {
        if (!person.avatarHash.isEmpty())
            start.avatars.insert(person.address, person.avatarHash);
    }
    roster->start(start);
}

void PeopleDesk::onNews(TransportId id, const RosterNews &news)
{
    const Result<void> taken = std::visit([&](const auto &one) { return take(id, one); }, news);
    if (!taken)
        qCWarning(lcMessenger) << "news about somebody could not be stored:" << describe(taken.error());
}

Result<void> PeopleDesk::take(TransportId id, const RosterListed &news)
{
    std::erase_if(m_presence, [id](const auto &entry) { return entry.first.first == id; });
    if (auto stored = m_store.people().setRoster(id, news.entries); !stored)
        return stored;
    for (const RosterEntry &entry : news.entries) {
        if (auto settled = settle(id, entry); !settled)
            return settled;
    }
    const auto tasks = m_store.people().tasksOf(id);
    if (!tasks)
        return fail(tasks.error());
    for (const RosterTask &task : *tasks) {
        const bool isListed = std::ranges::any_of(
            news.entries, [&](const RosterEntry &entry) { return entry.address == task.address; });
        if (task.what == What::Remove && !isListed) {
            if (auto done = m_store.people().removeTask(id, task.address, task.what); !done)
                return done;
            continue;
        }
        if (task.what != What::Unblock) // those follow the list of the blocked
            carryOut(task);
        if (task.what == What::Decline) { // nothing will show that it arrived; they can ask again
            if (auto done = m_store.people().removeTask(id, task.address, task.what); !done)
                return done;
        }
    }
    return {};
}

// Takes off the list of tasks what this entry shows to be done.
Result<void> PeopleDesk::settle(TransportId id, const RosterEntry &entry)
{
    const bool seesThem = entry.subscription == Subscription::To || entry.subscription == Subscription::Both;
    const bool seeUs = entry.subscription == Subscription::From || entry.subscription == Subscription::Both;
    if (entry.isAsked || seesThem) {
        if (auto done = m_store.people().removeTask(id, entry.address, What::Add); !done)
            return done;
    }
    return seeUs ? m_store.people().removeTask(id, entry.address, What::Accept) : Result<void>();
}

Result<void> PeopleDesk::take(TransportId id, const RosterChanged &news)
{
    const Address &address = news.entry.address;
    if (news.isRemoved) {
        m_presence.erase({id, address});
        if (auto done = m_store.people().takeOffRoster(id, address); !done)
            return done;
        if (auto done = m_store.people().removeTask(id, address, What::Remove); !done)
            return done;
    } else {
        if (auto done = m_store.people().putOnRoster(id, news.entry); !done)
            return done;
        if (auto done = settle(id, news.entry); !done)
            return done;
    }
    return announce(address);
}

Result<void> PeopleDesk::take(TransportId id, const PresenceAsked &news)
{
    const auto blocked = m_store.people().blocked();
    if (!blocked)
        return fail(blocked.error());
    if (blocked->contains(news.from))
        return {};
    const PresenceRequest request{id, news.from, news.nickname, news.words, m_clock.wall()};
    const auto added = m_store.people().addRequest(request);
    if (!added)
        return fail(added.error());
    if (*added)
        Q_EMIT requestAdded(request);
    return {};
}

Result<void> PeopleDesk::take(TransportId id, const PresenceWithdrawn &news)
{
    return dropRequest(id, news.from);
}

Result<void> PeopleDesk::take(TransportId id, const PresenceChanged &news)
{
    const Availability before = availabilityOf(news.of);
    m_presence[{id, news.of}] = news.availability;
    const WallTime now = m_clock.wall();
    std::optional<WallTime> at = news.activeAt;
    // One who goes was there until now, unless the server says since when; one who comes is there.
    if (!at && (news.availability == Availability::Online || before != Availability::Offline))
        at = now;
    if (at && *at <= now + kClockTolerance)
        m_seen[news.of] = std::max(m_seen.value(news.of), std::min(*at, now));
    return availabilityOf(news.of) == before ? Result<void>() : announce(news.of);
}

Result<void> PeopleDesk::take(TransportId id, const BlocksListed &news)
{
    const auto tasks = m_store.people().tasksOf(id);
    const auto known = m_store.people().blocked();
    if (!tasks || !known)
        return fail(tasks ? known.error() : tasks.error());
    for (const Address &address : news.addresses) {
        const bool isToGo = std::ranges::any_of(
            *tasks, [&](const RosterTask &task) { return task.what == What::Unblock && task.address == address; });
        if (isToGo) {
            rosterOf(id)->setBlocked({address}, false);
        } else if (const auto added = m_store.people().block(address, m_clock.wall()); !added) {
            return fail(added.error());
        }
    }
    for (const RosterTask &task : *tasks) {
        if (task.what != What::Unblock || news.addresses.contains(task.address))
            continue;
        if (auto done = m_store.people().removeTask(id, task.address, task.what); !done)
            return done;
    }
    QList<Address> missing;
    for (const Address &address : *known) {
        if (!news.addresses.contains(address))
            missing.append(address);
    }
    if (!missing.isEmpty())
        rosterOf(id)->setBlocked(missing, true);
    return renewIgnored();
}

Result<void> PeopleDesk::take(TransportId id, const BlocksChanged &news)
{
    QList<Address> addresses = news.addresses;
    if (addresses.isEmpty()) {
        const auto all = m_store.people().blocked();
        if (!all)
            return fail(all.error());
        addresses = *all;
    }
    for (const Address &address : addresses) {
        const auto changed = news.isBlocked ? m_store.people().block(address, m_clock.wall())
                                            : m_store.people().unblock(address);
        if (!changed)
            return fail(changed.error());
        if (!news.isBlocked) {
            if (auto done = m_store.people().removeTask(id, address, What::Unblock); !done)
                return done;
        }
        if (auto announced = *changed ? announce(address) : Result<void>(); !announced)
            return announced;
    }
    return renewIgnored();
}

Result<void> PeopleDesk::take(TransportId, const NicknameChanged &news)
{
    const auto changed = m_store.people().setNickname(news.of, news.nickname);
    if (!changed)
        return fail(changed.error());
    return *changed ? announce(news.of) : Result<void>();
}

Result<void> PeopleDesk::take(TransportId, const AvatarChanged &news)
{
    const auto changed = m_store.people().setAvatar(news.of, news.avatar);
    if (!changed)
        return fail(changed.error());
    return *changed ? announce(news.of) : Result<void>();
}

Availability PeopleDesk::availabilityOf(const Address &address) const
{
    Availability best = Availability::Offline;
    for (const auto &[key, availability] : m_presence) {
        const Transport *transport = m_chain.transport(key.first);
        // What a lost connection last said is not known any more.
        const bool isCurrent = transport && transport->state().phase == LinkPhase::Ready;
        if (key.second == address && isCurrent)
            best = std::max(best, availability);
    }
    return best;
}

Result<QList<PersonStatus>> PeopleDesk::people()
{
    const auto known = m_store.people().all();
    const auto listed = m_store.people().listed();
    if (!known || !listed)
        return fail(known ? listed.error() : known.error());
    std::map<Address, PersonStatus> all;
    for (const Person &person : *known)
        all[person.address].person = person;
    for (const ListedPerson &person : *listed) {
        PersonStatus &status = all[person.entry.address];
        status.person.address = person.entry.address;
        status.lists.append(person);
    }
    QList<PersonStatus> list;
    for (const auto &[address, status] : all)
        list.append(statusOf(status.person, status.lists));
    return list;
}

PersonStatus PeopleDesk::statusOf(const Person &person, const QList<ListedPerson> &lists) const
{
    PersonStatus status{person, availabilityOf(person.address), lists};
    if (const auto seen = m_seen.constFind(person.address); seen != m_seen.cend())
        status.person.activeAt = std::max(status.person.activeAt.value_or(*seen), *seen);
    return status;
}

Result<void> PeopleDesk::announce(const Address &address)
{
    const auto person = m_store.people().at(address);
    const auto lists = m_store.people().listsOf(address);
    if (!person || !lists)
        return fail(person ? lists.error() : person.error());
    Q_EMIT personChanged(statusOf(*person, *lists));
    return {};
}

void PeopleDesk::onLink(const LinkState &state)
{
    if (state.phase != LinkPhase::Ready && state.phase != LinkPhase::Suspect)
        storeSeen();
}

void PeopleDesk::storeSeen()
{
    if (m_seen.isEmpty())
        return;
    if (const auto stored = m_store.people().setActiveAt(m_seen); !stored)
        qCWarning(lcMessenger) << "when people were last seen could not be stored:" << describe(stored.error());
    else
        m_seen.clear();
}

} // namespace planb
