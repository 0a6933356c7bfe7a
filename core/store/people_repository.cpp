// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/people_repository.h"

#include "core/store/database.h"
#include "core/store/transaction.h"

#include <array>

namespace planb::store {

namespace {

using What = RosterTask::What;

constexpr std::array kTasks{u"add", u"remove", u"accept", u"decline", u"unblock"};

constexpr std::string_view kPutOnRoster = R"sql(
    INSERT INTO roster (transport_id, kind, value, name, subscription, asked) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
    ON CONFLICT (transport_id, kind, value)
    DO UPDATE SET name = excluded.name, subscription = excluded.subscription, asked = excluded.asked
)sql";
constexpr std::string_view kAddTask = R"sql(
    INSERT INTO roster_tasks (transport_id, kind, value, task, name, token) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
    ON CONFLICT (transport_id, kind, value, task) DO UPDATE SET name = excluded.name, token = excluded.token
)sql";
// Whoever is blocked and of whom nothing else is known has a row of their own.
constexpr std::string_view kAll = R"sql(
    SELECT p.kind, p.value, p.nickname, p.active_at, p.avatar_hash, p.avatar_type, b.value IS NOT NULL
    FROM people AS p LEFT JOIN blocks AS b ON b.kind = p.kind AND b.value = p.value
    UNION ALL
    SELECT kind, value, '', NULL, '', '', 1 FROM blocks AS b
    WHERE NOT EXISTS (SELECT 1 FROM people AS p WHERE p.kind = b.kind AND p.value = b.value)
    ORDER BY 1, 2
)sql";
constexpr std::string_view kOne = R"sql(
    SELECT a.kind, a.value, COALESCE(p.nickname, ''), p.active_at, COALESCE(p.avatar_hash, ''),
        COALESCE(p.avatar_type, ''), b.value IS NOT NULL
    FROM (SELECT ?1 AS kind, ?2 AS value) AS a
    LEFT JOIN people AS p ON p.kind = a.kind AND p.value = a.value
    LEFT JOIN blocks AS b ON b.kind = a.kind AND b.value = a.value
)sql";

QString nameOfTask(What what)
{
    return QString::fromUtf16(kTasks[static_cast<std::size_t>(what)]);
}

std::optional<What> taskFromName(QStringView name)
{
    for (std::size_t i = 0; i < kTasks.size(); ++i) {
        if (name == QStringView(kTasks[i]))
            return static_cast<What>(i);
    }
    return {};
}

Address readAddress(Statement &row, int column)
{
    return {row.named(column, &transportKindFromName), row.get<QString>(column + 1)};
}

Person readPerson(Statement &row)
{
    return {readAddress(row, 0), row.get<QString>(2), row.get<std::optional<WallTime>>(3),
            row.get<QString>(4), row.get<QString>(5), row.get<bool>(6)};
}

ListedPerson readListed(Statement &row)
{
    return {row.get<TransportId>(0),
            {readAddress(row, 1), row.get<QString>(3), row.named(4, &subscriptionFromName), row.get<bool>(5)}};
}

} // namespace

Result<void> PeopleRepository::setRoster(TransportId transport, const QList<RosterEntry> &entries)
{
    auto transaction = Transaction::begin(m_database);
    if (!transaction)
        return fail(transaction.error());
    if (auto done = m_database.run("DELETE FROM roster WHERE transport_id = ?1", transport); !done)
        return done;
    for (const RosterEntry &entry : entries) {
        if (auto done = putOnRoster(transport, entry); !done)
            return done;
    }
    return transaction->commit();
}

Result<void> PeopleRepository::putOnRoster(TransportId transport, const RosterEntry &entry)
{
    return m_database.run(kPutOnRoster, transport, nameOf(entry.address.kind), entry.address.value, entry.name,
                          nameOf(entry.subscription), entry.isAsked);
}

Result<void> PeopleRepository::takeOffRoster(TransportId transport, const Address &address)
{
    return m_database.run("DELETE FROM roster WHERE transport_id = ?1 AND kind = ?2 AND value = ?3", transport,
                          nameOf(address.kind), address.value);
}

Result<QList<ListedPerson>> PeopleRepository::listed()
{
    return m_database
        .query("SELECT transport_id, kind, value, name, subscription, asked FROM roster "
               "ORDER BY transport_id, kind, value")
        .all(&readListed);
}

Result<QList<ListedPerson>> PeopleRepository::listsOf(const Address &address)
{
    // By account, so that the key of the table finds it.
    return m_database
        .query("SELECT r.transport_id, r.kind, r.value, r.name, r.subscription, r.asked FROM transports AS t "
               "JOIN roster AS r ON r.transport_id = t.id AND r.kind = ?1 AND r.value = ?2 ORDER BY t.id",
               nameOf(address.kind), address.value)
        .all(&readListed);
}

Result<void> PeopleRepository::know(const Address &address)
{
    return m_database.run("INSERT INTO people (kind, value) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
                          nameOf(address.kind), address.value);
}

Result<bool> PeopleRepository::setNickname(const Address &address, const QString &nickname)
{
    if (auto known = know(address); !known)
        return fail(known.error());
    const auto changed = m_database
                             .query("UPDATE people SET nickname = ?3 WHERE kind = ?1 AND value = ?2 AND nickname <> ?3",
                                    nameOf(address.kind), address.value, nickname)
                             .runAndCount();
    return changed ? Result<bool>(*changed > 0) : Result<bool>(fail(changed.error()));
}

Result<bool> PeopleRepository::setAvatar(const Address &address, const Avatar &avatar)
{
    if (auto known = know(address); !known)
        return fail(known.error());
    const auto changed = m_database
                             .query("UPDATE people SET avatar_hash = ?3, avatar_type = ?4, avatar = ?5 "
                                    "WHERE kind = ?1 AND value = ?2 AND avatar_hash <> ?3",
                                    nameOf(address.kind), address.value, avatar.hash, avatar.type, avatar.bytes)
                             .runAndCount();
    return changed ? Result<bool>(*changed > 0) : Result<bool>(fail(changed.error()));
}

Result<void> PeopleRepository::setActiveAt(const QMap<Address, WallTime> &times)
{
    auto transaction = Transaction::begin(m_database);
    if (!transaction)
        return fail(transaction.error());
    for (auto it = times.begin(); it != times.end(); ++it) {
        if (auto known = know(it.key()); !known)
            return known;
        const auto done = m_database.run("UPDATE people SET active_at = ?3 WHERE kind = ?1 AND value = ?2 "
                                         "AND (active_at IS NULL OR active_at < ?3)",
                                         nameOf(it.key().kind), it.key().value, it.value());
        if (!done)
            return done;
    }
    return transaction->commit();
}

Result<QList<Person>> PeopleRepository::all()
{
    return m_database.query(kAll).all(&readPerson);
}

Result<Person> PeopleRepository::at(const Address &address)
{
    const auto person = m_database.query(kOne, nameOf(address.kind), address.value).first(&readPerson);
    if (!person)
        return fail(person.error());
    return person->value_or(Person{address, {}, {}, {}, {}, false});
}

Result<std::optional<Avatar>> PeopleRepository::avatarOf(const Address &address)
{
    return m_database
        .query("SELECT avatar_hash, avatar_type, avatar FROM people "
               "WHERE kind = ?1 AND value = ?2 AND avatar_hash <> ''",
               nameOf(address.kind), address.value)
        .first([](Statement &s) {
            return Avatar{s.get<QString>(0), s.get<QString>(1), s.get<QByteArray>(2)};
        });
}

Result<bool> PeopleRepository::addRequest(const PresenceRequest &request)
{
    const auto count = m_database.query("SELECT COUNT(*) FROM presence_requests").value<qint64>();
    if (!count)
        return fail(count.error());
    if (*count >= kMaxRequests)
        return fail(FailureCode::UnknownRequest, QStringLiteral("too many requests are waiting"));
    const auto added = m_database
                           .query(
                               "INSERT INTO presence_requests (transport_id, kind, value, nickname, words, asked_at) "
                               "VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
                               request.transport, nameOf(request.from.kind), request.from.value, request.nickname,
                               request.words, request.askedAt)
                           .runAndCount();
    return added ? Result<bool>(*added > 0) : Result<bool>(fail(added.error()));
}

Result<bool> PeopleRepository::removeRequest(TransportId transport, const Address &address)
{
    const auto removed = m_database
                             .query(
                                 "DELETE FROM presence_requests WHERE transport_id = ?1 AND kind = ?2 AND value = ?3",
                                 transport, nameOf(address.kind), address.value)
                             .runAndCount();
    return removed ? Result<bool>(*removed > 0) : Result<bool>(fail(removed.error()));
}

Result<QList<PresenceRequest>> PeopleRepository::requests()
{
    return m_database
        .query("SELECT transport_id, kind, value, nickname, words, asked_at FROM presence_requests "
               "ORDER BY asked_at, transport_id, value")
        .all([](Statement &s) {
            return PresenceRequest{s.get<TransportId>(0), readAddress(s, 1), s.get<QString>(3), s.get<QString>(4),
                                   s.get<WallTime>(5)};
        });
}

Result<bool> PeopleRepository::block(const Address &address, WallTime since)
{
    const auto added = m_database
                           .query("INSERT INTO blocks (kind, value, since) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
                                  nameOf(address.kind), address.value, since)
                           .runAndCount();
    return added ? Result<bool>(*added > 0) : Result<bool>(fail(added.error()));
}

Result<bool> PeopleRepository::unblock(const Address &address)
{
    const auto removed = m_database
                             .query("DELETE FROM blocks WHERE kind = ?1 AND value = ?2", nameOf(address.kind),
                                    address.value)
                             .runAndCount();
    return removed ? Result<bool>(*removed > 0) : Result<bool>(fail(removed.error()));
}

Result<QList<Address>> PeopleRepository::blocked()
{
    return m_database.query("SELECT kind, value FROM blocks ORDER BY since, kind, value").all([](Statement &s) {
        return readAddress(s, 0);
    });
}

Result<void> PeopleRepository::addTask(const RosterTask &task)
{
    return m_database.run(kAddTask, task.transport, nameOf(task.address.kind), task.address.value,
                          nameOfTask(task.what), task.name, task.token);
}

Result<void> PeopleRepository::removeTask(TransportId transport, const Address &address, What what)
{
    return m_database.run("DELETE FROM roster_tasks WHERE transport_id = ?1 AND kind = ?2 AND value = ?3 AND task = ?4",
                          transport, nameOf(address.kind), address.value, nameOfTask(what));
}

Result<QList<RosterTask>> PeopleRepository::tasksOf(TransportId transport)
{
    return m_database
        .query("SELECT transport_id, kind, value, task, name, token FROM roster_tasks WHERE transport_id = ?1 "
               "ORDER BY kind, value, task",
               transport)
        .all([](Statement &s) {
            return RosterTask{s.get<TransportId>(0), readAddress(s, 1), s.named(3, &taskFromName), s.get<QString>(4),
                              s.get<QString>(5)};
        });
}

Result<void> PeopleRepository::forget(TransportId transport)
{
    for (const char *sql :
         {"DELETE FROM roster WHERE transport_id = ?1", "DELETE FROM roster_tasks WHERE transport_id = ?1",
          "DELETE FROM presence_requests WHERE transport_id = ?1"}) {
        if (auto done = m_database.run(sql, transport); !done)
            return done;
    }
    return {};
}

} // namespace planb::store
