// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/model/person.h"

#include <QList>
#include <QMap>

#include <optional>

namespace planb::store {

class Database;

/// Something an account's server has still to be told.
struct RosterTask {
    enum class What { Add, Remove, Accept, Decline, Unblock };
    TransportId transport;
    Address address;
    What what = What::Add;
    QString name = {}; ///< Add: for the list
    QString token = {}; ///< Add: of an invitation

    bool operator==(const RosterTask &) const = default;
};

/// What is known of people beside the address book: the lists of the servers, who asks to see us, whom the user blocked,
/// what people call themselves, their pictures, and when they were last seen.
class PeopleRepository
{
public:
    explicit PeopleRepository(Database &database) : m_database(database) {}

    Result<void> setRoster(TransportId transport, const QList<RosterEntry> &entries);
    Result<void> putOnRoster(TransportId transport, const RosterEntry &entry);
    Result<void> takeOffRoster(TransportId transport, const Address &address);
    Result<QList<ListedPerson>> listed();
    Result<QList<ListedPerson>> listsOf(const Address &address);

    // False where it was that already.
    Result<bool> setNickname(const Address &address, const QString &nickname);
    Result<bool> setAvatar(const Address &address, const Avatar &avatar);
    /// Of all of them in one transaction; only ever later.
    Result<void> setActiveAt(const QMap<Address, WallTime> &times);
    Result<QList<Person>> all();
    /// Nothing but the address where nothing is known.
    Result<Person> at(const Address &address);
    Result<std::optional<Avatar>> avatarOf(const Address &address);

    /// A repeated request changes nothing. At most kMaxRequests are kept: UnknownRequest beyond them.
    Result<bool> addRequest(const PresenceRequest &request);
    Result<bool> removeRequest(TransportId transport, const Address &address);
    Result<QList<PresenceRequest>> requests(); ///< oldest first
    static constexpr qint64 kMaxRequests = 1'000;

    Result<bool> block(const Address &address, WallTime since);
    Result<bool> unblock(const Address &address);
    Result<QList<Address>> blocked();

    Result<void> addTask(const RosterTask &task);
    Result<void> removeTask(TransportId transport, const Address &address, RosterTask::What what);
    Result<QList<RosterTask>> tasksOf(TransportId transport);

    /// Everything about an account that is not used any more.
    Result<void> forget(TransportId transport);

private:
    Result<void> know(const Address &address);

    Database &m_database;
};

} // namespace planb::store
