// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/contact_repository.h"

#include "core/store/contact_merge.h"
#include "core/store/database.h"
#include "core/store/stream_repository.h"
#include "core/store/transaction.h"

#include <algorithm>

namespace planb::store {

using namespace Qt::StringLiterals;

namespace {

Unexpected<Failure> unknownContact(ContactId id)
{
    return fail(FailureCode::UnknownContact, id.toString());
}

QList<Address> withoutRepeats(const QList<Address> &addresses)
{
    QList<Address> once;
    for (const Address &address : addresses) {
        if (!once.contains(address))
            once.append(address);
    }
    return once;
}

// What was held is remembered, so that the next holder takes over the ids seen from it and its streams.
constexpr const char *kRememberAddresses = R"sql(
    INSERT OR IGNORE INTO former_addresses (kind, value, contact_id)
    SELECT kind, value, contact_id FROM addresses WHERE contact_id = ?1
)sql";
constexpr const char *kDeleteAddresses = "DELETE FROM addresses WHERE contact_id = ?1";
constexpr const char *kTakeOverSeen = R"sql(
    INSERT OR IGNORE INTO seen (contact_id, wire_id)
    SELECT ?1, s.wire_id FROM seen AS s
    WHERE s.contact_id IN (
        SELECT f.contact_id FROM former_addresses AS f
        JOIN addresses AS a ON a.kind = f.kind AND a.value = f.value
        WHERE a.contact_id = ?1 AND f.contact_id <> ?1)
)sql";
constexpr std::string_view kFormerHolders = R"sql(
    SELECT DISTINCT f.contact_id FROM former_addresses AS f
    JOIN addresses AS a ON a.kind = f.kind AND a.value = f.value
    WHERE a.contact_id = ?1 AND f.contact_id <> ?1 ORDER BY f.contact_id
)sql";
constexpr std::string_view kUnsent = R"sql(
    SELECT id FROM messages
    WHERE conversation_id = (SELECT id FROM conversations WHERE contact_id = ?1)
      AND direction = 1 AND state IN ('queued', 'sending', 'stalled')
    ORDER BY id
)sql";
constexpr const char *kFailUnsent = R"sql(
    UPDATE messages SET state = 'failed'
    WHERE conversation_id = (SELECT id FROM conversations WHERE contact_id = ?1)
      AND direction = 1 AND state IN ('queued', 'sending', 'stalled')
)sql";
constexpr std::string_view kSelect = R"sql(
    SELECT k.id, c.id, k.name, k.is_added, k.removes_repeats, a.kind, a.value
    FROM contacts AS k
    JOIN conversations AS c ON c.contact_id = k.id
    LEFT JOIN addresses AS a ON a.contact_id = k.id
    WHERE k.removed = 0
)sql";
constexpr std::string_view kInsertAddress =
    "INSERT INTO addresses (contact_id, kind, value, position) VALUES (?1, ?2, ?3, ?4)";

} // namespace

Result<Contact> ContactRepository::add(const QString &name, const QList<Address> &addresses, bool isAdded,
                                       WallTime createdAt)
{
    auto transaction = Transaction::begin(m_database);
    if (!transaction)
        return fail(transaction.error());
    const auto strangers = strangersWith(addresses, {}, isAdded);
    if (!strangers)
        return fail(strangers.error());
    const auto id = strangers->isEmpty() ? insert(name, isAdded, createdAt) : addStranger(strangers->first(), name);
    if (!id)
        return fail(id.error());
    if (const auto set = replaceAddresses(*id, addresses); !set)
        return fail(set.error());
    if (const auto committed = transaction->commit(); !committed)
        return fail(committed.error());
    return byId(*id);
}

Result<QList<Contact>> ContactRepository::all()
{
    return read("", 0);
}

Result<Contact> ContactRepository::byId(ContactId id)
{
    const auto found = read("AND k.id = ?1", id.value());
    if (!found)
        return fail(found.error());
    if (found->isEmpty())
        return unknownContact(id);
    return found->first();
}

Result<std::optional<Contact>> ContactRepository::byAddress(const Address &address)
{
    const auto id = m_database
                        .query("SELECT contact_id FROM addresses WHERE kind = ?1 AND value = ?2", nameOf(address.kind),
                               address.value)
                        .first([](Statement &s) { return s.get<ContactId>(0); });
    if (!id)
        return fail(id.error());
    if (!*id)
        return std::optional<Contact>();
    const auto contact = byId(**id);
    if (!contact)
        return fail(contact.error());
    return std::optional(*contact);
}

Result<void> ContactRepository::rename(ContactId id, const QString &name)
{
    const auto changed = m_database.runAndCount("UPDATE contacts SET name = ?2 WHERE id = ?1 AND removed = 0", id,
                                                name);
    if (!changed)
        return fail(changed.error());
    if (*changed == 0)
        return unknownContact(id);
    return {};
}

Result<void> ContactRepository::setAddresses(ContactId id, const QList<Address> &addresses)
{
    auto transaction = Transaction::begin(m_database);
    if (!transaction)
        return fail(transaction.error());
    if (const auto set = replaceAddresses(id, addresses); !set)
        return set;
    return transaction->commit();
}

Result<bool> ContactRepository::setRemovesRepeats(ContactId id)
{
    const auto changed = m_database.runAndCount(
        "UPDATE contacts SET removes_repeats = 1 WHERE id = ?1 AND removed = 0 AND removes_repeats = 0", id);
    if (!changed)
        return fail(changed.error());
    if (*changed > 0)
        return true;
    if (const auto known = byId(id); !known)
        return fail(known.error());
    return false;
}

Result<QList<MessageId>> ContactRepository::remove(ContactId id)
{
    auto transaction = Transaction::begin(m_database);
    if (!transaction)
        return fail(transaction.error());
    if (const auto known = byId(id); !known)
        return fail(known.error());
    auto failed = m_database.query(kUnsent, id).all([](Statement &s) { return s.get<MessageId>(0); });
    if (!failed)
        return failed;
    const auto removed = runEach(
        {
            kRememberAddresses,
            kDeleteAddresses,
            "DELETE FROM outbox WHERE contact_id = ?1",
            kFailUnsent,
            "UPDATE contacts SET removed = 1 WHERE id = ?1",
        },
        id);
    if (!removed)
        return fail(removed.error());
    if (const auto committed = transaction->commit(); !committed)
        return fail(committed.error());
    return failed;
}

Result<QList<Contact>> ContactRepository::read(std::string_view condition, qint64 id)
{
    struct Row {
        Contact contact;
        std::optional<Address> address;
    };
    std::string sql(kSelect);
    sql.append(condition).append(" ORDER BY k.id, a.position");
    Statement statement = condition.empty() ? m_database.query(sql) : m_database.query(sql, id);
    const auto rows = statement.all([](Statement &s) {
        Row row{{s.get<ContactId>(0), s.get<ConversationId>(1), s.get<QString>(2), {}, s.get<bool>(3), s.get<bool>(4)},
                {}};
        if (!s.isNull(5))
            row.address = Address{s.named(5, &transportKindFromName), s.get<QString>(6)};
        return row;
    });
    if (!rows)
        return fail(rows.error());

    QList<Contact> contacts;
    for (const Row &row : *rows) {
        if (contacts.isEmpty() || contacts.last().id != row.contact.id)
            contacts.append(row.contact);
        if (row.address)
            contacts.last().addresses.append(*row.address);
    }
    return contacts;
}

Result<ContactId> ContactRepository::insert(const QString &name, bool isAdded, WallTime createdAt)
{
    const auto added = m_database.run("INSERT INTO contacts (name, is_added, created_at) VALUES (?1, ?2, ?3)", name,
                                      isAdded, createdAt);
    if (!added)
        return fail(added.error());
    const ContactId id(m_database.lastInsertedId());
    const auto opened = m_database.run("INSERT INTO conversations (contact_id) VALUES (?1)", id);
    if (!opened)
        return fail(opened.error());
    return id;
}

Result<ContactId> ContactRepository::addStranger(ContactId stranger, const QString &name)
{
    const auto added = m_database.run("UPDATE contacts SET is_added = 1, name = ?2 WHERE id = ?1", stranger, name);
    if (!added)
        return fail(added.error());
    return stranger;
}

// The other contacts that hold one of the addresses, oldest first; AddressInUse unless all of them may be merged.
Result<QList<ContactId>> ContactRepository::strangersWith(const QList<Address> &addresses,
                                                          std::optional<ContactId> except, bool mayMerge)
{
    QList<ContactId> strangers;
    for (const Address &address : addresses) {
        const auto owner = byAddress(address);
        if (!owner)
            return fail(owner.error());
        if (!*owner || (*owner)->id == except)
            continue;
        if ((*owner)->isAdded || !mayMerge)
            return fail(FailureCode::AddressInUse, (*owner)->id.toString());
        if (!strangers.contains((*owner)->id))
            strangers.append((*owner)->id);
    }
    std::sort(strangers.begin(), strangers.end());
    return strangers;
}

Result<void> ContactRepository::replaceAddresses(ContactId id, const QList<Address> &addresses)
{
    const auto contact = byId(id);
    if (!contact)
        return fail(contact.error());
    const auto strangers = strangersWith(addresses, id, contact->isAdded);
    if (!strangers)
        return fail(strangers.error());
    for (const ContactId stranger : *strangers) {
        if (const auto merged = mergeStranger(m_database, id, stranger); !merged)
            return merged;
    }
    if (const auto removed = runEach({kRememberAddresses, kDeleteAddresses}, id); !removed)
        return removed;
    if (const auto inserted = insertAddresses(id, withoutRepeats(addresses)); !inserted)
        return inserted;
    if (const auto taken = runEach({kTakeOverSeen}, id); !taken)
        return taken;
    return takeOverStreams(id);
}

// Whoever was removed and is added again goes on with the same streams.
Result<void> ContactRepository::takeOverStreams(ContactId id)
{
    const auto former = m_database.query(kFormerHolders, id).all([](Statement &s) { return s.get<ContactId>(0); });
    if (!former)
        return fail(former.error());
    for (const ContactId holder : *former) {
        if (auto copied = StreamRepository(m_database).copy(holder, id); !copied)
            return copied;
    }
    return {};
}

Result<void> ContactRepository::insertAddresses(ContactId id, const QList<Address> &addresses)
{
    for (qsizetype i = 0; i < addresses.size(); ++i) {
        const auto added = m_database.run(kInsertAddress, id, nameOf(addresses[i].kind), addresses[i].value, i);
        if (!added)
            return added;
    }
    return {};
}

Result<void> ContactRepository::runEach(std::initializer_list<const char *> statements, ContactId id)
{
    for (const char *sql : statements) {
        if (const auto done = m_database.run(sql, id); !done)
            return done;
    }
    return {};
}

} // namespace planb::store
