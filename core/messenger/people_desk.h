// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/messenger/chain.h"
#include "core/messenger/messenger_types.h"
#include "core/store/store.h"

#include <QObject>

#include <map>

namespace planb {

/// The people around the user's accounts: keeps in step what the servers' lists say, what the user decided, and what is
/// stored. Lives on the core thread.
///
/// What a server has to be told is a task on disk until its list shows it, so nothing is lost with a connection. Whoever
/// is blocked is blocked at every server that can, and ignored here whatever way they come. A server's list makes nobody a
/// contact: that stays the user's decision.
class PeopleDesk : public QObject
{
    Q_OBJECT

public:
    PeopleDesk(store::Store &store, Chain &chain, const Clock &clock, QString ownName);
    ~PeopleDesk() override;
    Result<void> load();

    /// Puts the addresses of a new contact on a list and asks to see them: on that of the first account of the same
    /// domain, else of the first of the kind.
    Result<void> contactAdded(const QString &name, const QList<Address> &addresses, const QString &token);
    Result<void> contactRemoved(const QList<Address> &addresses);
    /// Tells the transports whom the user knows.
    void contactsChanged();
    Result<void> transportRemoved(TransportId id) { return m_store.people().forget(id); }

    Result<QList<PersonStatus>> people();
    Result<std::optional<Avatar>> avatarOf(const Address &address) { return m_store.people().avatarOf(address); }
    Result<QList<PresenceRequest>> requests() { return m_store.people().requests(); }
    /// UnknownRequest where they did not ask. Block also declines.
    Result<void> answer(TransportId id, const Address &from, RequestAnswer answer);
    Result<QList<Address>> blocked() { return m_store.people().blocked(); }
    Result<void> setBlocked(const QList<Address> &addresses, bool isBlocked);

Q_SIGNALS:
    void personChanged(const planb::PersonStatus &person);
    void requestAdded(const planb::PresenceRequest &request);
    void requestRemoved(planb::TransportId id, const planb::Address &from);

private:
    void onStarting(TransportId id);
    void onLink(const LinkState &state);
    void storeSeen();
    PersonStatus statusOf(const Person &person, const QList<ListedPerson> &lists) const;
    void onNews(TransportId id, const RosterNews &news);
    Result<void> take(TransportId id, const RosterListed &news);
    Result<void> take(TransportId id, const RosterChanged &news);
    Result<void> take(TransportId id, const PresenceAsked &news);
    Result<void> take(TransportId id, const PresenceWithdrawn &news);
    Result<void> take(TransportId id, const PresenceChanged &news);
    Result<void> take(TransportId id, const BlocksListed &news);
    Result<void> take(TransportId id, const BlocksChanged &news);
    Result<void> take(TransportId id, const NicknameChanged &news);
    Result<void> take(TransportId id, const AvatarChanged &news);
    Result<void> settle(TransportId id, const RosterEntry &entry);
    Result<void> give(const store::RosterTask &task);
    void carryOut(const store::RosterTask &task);
    QList<Address> contacts();
    Result<void> dropRequest(TransportId id, const Address &from);
    Result<void> renewIgnored();
    Roster *rosterOf(TransportId id) const;
    std::optional<TransportId> accountFor(const Address &address) const;
    QList<TransportId> accounts() const;
    Availability availabilityOf(const Address &address) const;
    Result<void> announce(const Address &address);

    store::Store &m_store;
    Chain &m_chain;
    const Clock &m_clock;
    QString m_ownName;
    std::map<std::pair<TransportId, Address>, Availability> m_presence;
    // When they were last seen. A login brings word of everybody at once: stored when a link ends, not one by one.
    QMap<Address, WallTime> m_seen;
};

} // namespace planb
