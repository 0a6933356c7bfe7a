// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/book.h"
#include "tests/sim/person.h"
#include "tests/sim/world.h"

namespace planb::sim {

using namespace Qt::StringLiterals;

void Book::checkDelivered(const Record &record) const
{
    const bool saysDelivered = record.shown == MessageState::Delivered || record.shown == MessageState::Read;
    if (saysDelivered && !record.isStored && !record.isRolledBack)
        complain("I5", record, "is shown as delivered and is not on the reader's disk");
}

std::optional<std::size_t> Book::authorOf(Person &person, ContactId contact) const
{
    const auto known = person.store().contacts().byId(contact);
    if (!known)
        return {}; // removed; its history stays
    for (const Address &address : known->addresses) {
        if (const auto place = m_world.find(address))
            return place->person;
    }
    return {};
}

void Book::checkIncoming(Person &person, const Message &message)
{
    Record *record = recordOf(message.text);
    if (!record || record->reader != person.index())
        return m_world.complain("I3", numbered('p', person.index()) + " is shown what nobody wrote to it");
    if (const auto author = authorOf(person, message.contact); author && *author != record->author)
        complain("I3", *record, "is shown as from p" + std::to_string(*author));
    if (record->isShown)
        complain("I2", *record, "is shown twice");
    record->isShown = true;
}

void Book::checkOutgoing(Person &person, const Message &message, Record &record)
{
    if (record.author != person.index())
        return complain("I3", record, "is in the wrong history");
    record.id = message.id;
    m_byId[{person.index(), message.id}] = record.index;
    if (message.state != record.shown && !mayFollow(record.shown, message.state))
        complain("I6", record,
                 "was shown as " + planb::nameOf(record.shown).toStdString() + " and is stored as "
                     + planb::nameOf(message.state).toStdString());
    record.shown = message.state;
    checkDelivered(record);
}

void Book::checkConversation(Person &person, const ConversationSummary &conversation, std::set<std::size_t> &present)
{
    const auto page = person.profile().messages(conversation.id, {}, store::MessageRepository::kMaxPage);
    if (!page)
        return m_world.complain("I20", "a page cannot be read: " + describe(page.error()).toStdString());
    qint64 unread = 0;
    for (const Message &message : *page) {
        Record *record = recordOf(message.text);
        if (!record)
            return m_world.complain("I3", "a history holds what nobody wrote");
        if (!present.insert(record->index).second)
            complain("I2", *record, "is there twice");
        if (message.direction == Direction::Out) {
            checkOutgoing(person, message, *record);
            continue;
        }
        unread += message.state == MessageState::Read ? 0 : 1;
        // Committed by a process that died before it could say so.
        if (!record->isShown)
            checkIncoming(person, message);
        if (!record->isStored)
            markStored(*record);
    }
    if (unread != conversation.unread)
        m_world.complain("I19",
                         numbered('p', person.index()) + " is told of " + std::to_string(conversation.unread)
                             + " unread messages and has " + std::to_string(unread));
    checkOrder(*page);
}

void Book::checkOrder(const QList<Message> &page)
{
    std::map<std::size_t, const Record *> last;
    for (const Message &message : page) {
        const Record *record = recordOf(message.text);
        if (!record || record->isUnmarked)
            continue;
        const Record *&before = last[record->author];
        // What a restored store does not know of may have used the same places.
        if (before && before->life == record->life && before->index > record->index)
            complain("I4", *record, "stands behind the later m" + std::to_string(before->index));
        before = record;
    }
}

void Book::checkNothingVanished(std::size_t person, const std::set<std::size_t> &present)
{
    for (const Record &record : m_records) {
        if (present.contains(record.index))
            continue;
        if (record.author == person && record.isPromised && !record.isGone)
            complain("I1", record, "was promised and is not in the author's history");
        if (record.reader == person && record.isStored && !record.isRolledBack)
            complain("I8", record, "was acknowledged and is not in the reader's history");
        if (record.reader == person && record.isShown && !record.isRolledBack)
            complain("I1", record, "was shown and is not in the reader's history");
    }
}

void Book::checkOutbox(Person &person)
{
    const auto rows = person.store().outbox().all();
    if (!rows)
        return m_world.complain("I20", "the outbox cannot be read: " + describe(rows.error()).toStdString());
    for (const auto &row : *rows) {
        const auto message = person.store().messages().byId(row.message);
        if (message && (message->state == MessageState::Delivered || message->state == MessageState::Read))
            m_world.complain("I12", "a delivered message stays in the outbox: " + message->text.left(6).toStdString());
    }
}

void Book::checkStore(Person &person)
{
    if (m_justRestored.erase(person.index()) > 0)
        adopt(person);
    const auto conversations = person.profile().conversations();
    if (!conversations)
        return m_world.complain("I20", "conversations cannot be read");
    std::set<std::size_t> present;
    for (const ConversationSummary &conversation : *conversations)
        checkConversation(person, conversation, present);
    checkNothingVanished(person.index(), present);
    checkOutbox(person);
}

/// An old copy of the store is the truth from now on; what it does not know has not happened for this person.
void Book::adopt(Person &person)
{
    const std::size_t index = person.index();
    std::map<std::size_t, MessageState> present;
    const auto conversations = person.profile().conversations();
    for (const ConversationSummary &conversation : conversations ? *conversations : QList<ConversationSummary>()) {
        const auto page = person.profile().messages(conversation.id, {}, store::MessageRepository::kMaxPage);
        for (const Message &message : page ? *page : QList<Message>()) {
            if (const Record *record = recordOf(message.text))
                present[record->index] = message.state;
        }
    }
    std::erase_if(m_byId, [index](const auto &entry) { return entry.first.first == index; });
    for (Record &record : m_records) {
        const auto found = present.find(record.index);
        if (record.author == index) {
            record.id.reset();
            record.isGone = record.isGone || found == present.end();
            record.shown = found == present.end() ? record.shown : found->second;
            m_untaken.erase(record.index);
        }
        if (record.reader == index && found == present.end() && (record.isShown || record.isStored)) {
            record.isShown = record.isStored = false;
            record.isRolledBack = true;
        }
    }
}

} // namespace planb::sim
