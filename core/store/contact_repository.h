// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/model/contact.h"

#include <QList>
#include <QString>

#include <optional>

namespace planb::store {

class Database;

/// The address book, strangers included: a contact with isAdded == false wrote to us and nobody added it yet. An
/// address belongs to at most one contact that was not removed.
///
/// When the user gives an added contact an address that a stranger has, the two are the same person: the stranger's
/// conversation becomes the contact's. In add() the oldest such stranger keeps its ids and becomes the new contact;
/// all others are merged into it and their ids are gone.
class ContactRepository
{
public:
    explicit ContactRepository(Database &database) : m_database(database) {}

    /// Makes the contact and its conversation. Repeated addresses count once. AddressInUse if one belongs to an added
    /// contact, or, for a stranger, to anyone.
    Result<Contact> add(const QString &name, const QList<Address> &addresses, bool isAdded, WallTime createdAt);

    // Of contacts that were not removed; all but byAddress() fail with UnknownContact where there is none.
    /// In the order in which they were made.
    Result<QList<Contact>> all();
    Result<Contact> byId(ContactId id);
    Result<std::optional<Contact>> byAddress(const Address &address);
    Result<void> rename(ContactId id, const QString &name);
    /// In the order of preference. AddressInUse as with add().
    Result<void> setAddresses(ContactId id, const QList<Address> &addresses);
    /// True if it was not set before.
    Result<bool> setRemovesRepeats(ContactId id);
    /// Its history stays. Its addresses are free again; what nobody has taken responsibility for yet (Queued, Sending,
    /// Stalled) is Failed, and all of its outbox is dropped. Tells which messages failed by that, oldest first.
    Result<QList<MessageId>> remove(ContactId id);

private:
    Result<QList<Contact>> read(std::string_view condition, qint64 id);
    Result<ContactId> insert(const QString &name, bool isAdded, WallTime createdAt);
    Result<ContactId> addStranger(ContactId stranger, const QString &name);
    Result<QList<ContactId>> strangersWith(const QList<Address> &addresses, std::optional<ContactId> except,
                                           bool mayMerge);
    Result<void> replaceAddresses(ContactId id, const QList<Address> &addresses);
    Result<void> takeOverStreams(ContactId id);
    Result<void> insertAddresses(ContactId id, const QList<Address> &addresses);
    Result<void> runEach(std::initializer_list<const char *> statements, ContactId id);

    Database &m_database;
};

} // namespace planb::store
