// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/open_profile.h"

namespace planb {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kMaxName = 100;
constexpr qsizetype kMaxAddresses = 16;

Result<QString> checkedName(const QString &name)
{
    const QString trimmed = name.trimmed();
    if (trimmed.isEmpty() || trimmed.size() > kMaxName)
        return fail(FailureCode::InvalidArgument, u"a name has 1 to %1 characters"_s.arg(kMaxName));
    return trimmed;
}

Result<void> checkAddresses(const QList<Address> &addresses)
{
    if (addresses.isEmpty() || addresses.size() > kMaxAddresses)
        return fail(FailureCode::InvalidArgument, u"a contact has 1 to %1 addresses"_s.arg(kMaxAddresses));
    for (qsizetype i = 0; i < addresses.size(); ++i) {
        if (addresses.indexOf(addresses[i]) != i)
            return fail(FailureCode::InvalidArgument, u"the address %1 is there twice"_s.arg(addresses[i].value));
    }
    return {};
}

} // namespace

Result<AddedContact> OpenProfile::addContact(const QString &name, const QList<Address> &addresses, const QString &token)
{
    if (const auto working = checkWorking(); !working)
        return fail(working.error());
    const auto checked = checkedName(name);
    if (!checked)
        return fail(checked.error());
    if (const auto valid = checkAddresses(addresses); !valid)
        return fail(valid.error());
    const auto strangers = strangersAt(addresses);
    if (!strangers)
        return fail(strangers.error());
    const auto contact = m_store->contacts().add(*checked, addresses, true, m_context.clock.wall());
    if (!contact)
        return fail(contact.error());
    announce(*contact, *strangers);
    if (const auto listed = m_people->contactAdded(*checked, addresses, token); !listed)
        return fail(listed.error());
    return AddedContact{contact->id, contact->conversation};
}

// Who wrote to us from one of these addresses without having been added: the store joins them with the contact.
Result<QList<ContactId>> OpenProfile::strangersAt(const QList<Address> &addresses)
{
    QList<ContactId> strangers;
    for (const Address &address : addresses) {
        const auto known = m_store->contacts().byAddress(address);
        if (!known)
            return fail(known.error());
        if (*known && !(*known)->isAdded)
            strangers.append((*known)->id);
    }
    return strangers;
}

void OpenProfile::announce(const Contact &contact, const QList<ContactId> &joined)
{
    m_courier->onContactChanged(contact);
    for (const ContactId stranger : joined) {
        if (stranger != contact.id)
            m_courier->onContactJoined(stranger, contact.id);
    }
    m_people->contactsChanged();
}

Result<QList<Contact>> OpenProfile::contacts()
{
    return m_store->contacts().all();
}

Result<void> OpenProfile::updateContact(ContactId id, const std::optional<QString> &name,
                                        const std::optional<QList<Address>> &addresses)
{
    if (const auto working = checkWorking(); !working)
        return working;
    auto transaction = m_store->begin();
    if (!transaction)
        return fail(transaction.error());
    if (const auto known = m_store->contacts().byId(id); !known)
        return fail(known.error());
    if (name) {
        const auto checked = checkedName(*name);
        if (!checked)
            return fail(checked.error());
        if (auto renamed = m_store->contacts().rename(id, *checked); !renamed)
            return renamed;
    }
    QList<ContactId> joined;
    if (addresses) {
        if (auto valid = checkAddresses(*addresses); !valid)
            return valid;
        const auto strangers = strangersAt(*addresses);
        if (!strangers)
            return fail(strangers.error());
        joined = *strangers;
        if (auto set = m_store->contacts().setAddresses(id, *addresses); !set)
            return set;
    }
    if (auto committed = transaction->commit(); !committed)
        return committed;
    const auto changed = m_store->contacts().byId(id);
    if (!changed)
        return fail(changed.error());
    announce(*changed, joined);
    return {};
}

Result<void> OpenProfile::removeContact(ContactId id)
{
    if (const auto working = checkWorking(); !working)
        return working;
    const auto known = m_store->contacts().byId(id);
    if (!known)
        return fail(known.error());
    const auto failed = m_store->contacts().remove(id);
    if (!failed)
        return fail(failed.error());
    if (auto unlisted = m_people->contactRemoved(known->addresses); !unlisted)
        return unlisted;
    m_people->contactsChanged();
    m_courier->onContactRemoved(id);
    announceStates(*failed);
    return {};
}

} // namespace planb
