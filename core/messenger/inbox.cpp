// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/inbox.h"

#include <algorithm>

namespace planb {

namespace {

// A clock that is set wrongly must not show a message as written in years to come.
constexpr Millis kClockTolerance{24 * 3'600'000};

} // namespace

Result<Contact> Inbox::contactFor(const Address &from, WallTime now, bool &isNew)
{
    auto known = m_store.contacts().byAddress(from);
    if (!known)
        return fail(known.error());
    isNew = !known->has_value();
    if (!isNew)
        return **known;
    // Nothing that reached us is dropped: strangers get a conversation of their own until the user decides.
    return m_store.contacts().add(from.value, {from}, false, now);
}

Result<Inbox::Taken> Inbox::take(const Incoming &incoming, const RouteLabel &route, WallTime now)
{
    auto transaction = m_store.begin();
    if (!transaction)
        return fail(transaction.error());
    Taken taken;
    const auto contact = contactFor(incoming.from, now, taken.contactChanged);
    if (!contact)
        return fail(contact.error());
    taken.contact = *contact;
    if (incoming.removesRepeats && !taken.contact.removesRepeats) {
        if (const auto learned = m_store.contacts().setRemovesRepeats(taken.contact.id); !learned)
            return fail(learned.error());
        taken.contact.removesRepeats = true;
        taken.contactChanged = true;
    }
    const store::MessageRepository::IncomingDraft draft{
        .conversation = taken.contact.conversation,
        .contact = taken.contact.id,
        .wireId = incoming.wireId,
        .text = incoming.text,
        .order = incoming.order,
        .sentAt = std::min(incoming.sentAt.value_or(now), now + kClockTolerance),
        .receivedAt = now,
        .route = route,
        .replyTo = incoming.replyTo,
        .parents = incoming.parents,
    };
    auto added = m_store.messages().addIncoming(draft);
    if (!added)
        return fail(added.error());
    taken.added = std::move(*added);
    if (const auto committed = transaction->commit(); !committed)
        return fail(committed.error());
    return taken;
}

} // namespace planb
