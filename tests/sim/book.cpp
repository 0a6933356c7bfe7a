// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/book.h"

#include "core/delivery/constants.h"
#include "tests/sim/person.h"
#include "tests/sim/sim_transport.h"
#include "tests/sim/world.h"

#include <algorithm>

namespace planb::sim {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

std::size_t Book::compose(std::size_t author, std::size_t reader, int bytes, bool isMetered)
{
    Record record;
    record.index = m_records.size();
    record.author = author;
    record.reader = reader;
    record.isMetered = isMetered;
    record.life = m_lives[author];
    record.text = u"#%1 "_s.arg(record.index)
        + QString(std::max(bytes - 6, 1), QChar(static_cast<char16_t>(u'a' + record.index % 26)));
    if (record.index % 3 == 0)
        record.text += u" \U0001F54A 안녕 é"_s;
    m_records.push_back(record);
    return record.index;
}

/// Null if nobody ever wrote this.
Book::Record *Book::recordOf(const QString &text)
{
    bool ok = false;
    const auto index = static_cast<std::size_t>(text.section(u' ', 0, 0).mid(1).toULongLong(&ok));
    if (!ok || index >= m_records.size() || m_records[index].text != text)
        return nullptr;
    return &m_records[index];
}

Book::Record *Book::outgoing(std::size_t person, MessageId id)
{
    const auto found = m_byId.find({person, id});
    return found == m_byId.end() ? nullptr : &m_records[found->second];
}

std::string Book::nameOf(const Payload &payload) const
{
    return 'm' + payload.text.section(u' ', 0, 0).mid(1).toStdString();
}

std::string Book::label(const Record &record) const
{
    return numbered('m', record.index) + " from p" + std::to_string(record.author) + " to p"
        + std::to_string(record.reader);
}

void Book::complain(const char *invariant, const Record &record, const std::string &what) const
{
    m_world.complain(invariant, label(record) + ' ' + what);
}

void Book::onPromised(std::size_t, std::size_t record, MessageId)
{
    m_records[record].isPromised = true;
    m_untaken.insert(record);
}

void Book::onAdded(Person &person, const Message &message)
{
    m_world.note(numbered('p', person.index()) + " shows " + message.text.section(u' ', 0, 0).toStdString());
    if (message.direction == Direction::In) {
        checkIncoming(person, message);
        return;
    }
    Record *record = recordOf(message.text);
    if (!record || record->author != person.index())
        return m_world.complain("I3", "an own message nobody wrote");
    record->id = message.id;
    m_byId[{person.index(), message.id}] = record->index;
}

void Book::onUpdated(Person &person, MessageId id, MessageState state)
{
    Record *record = outgoing(person.index(), id);
    if (!record)
        return; // an incoming one that was read
    m_world.note(label(*record) + " is " + planb::nameOf(state).toStdString());
    if (state != record->shown && !mayFollow(record->shown, state))
        complain("I6", *record,
                 "went from " + planb::nameOf(record->shown).toStdString() + " back to "
                     + planb::nameOf(state).toStdString());
    record->shown = state;
    checkDelivered(*record);
}

void Book::onContactRemoved(std::size_t person, std::size_t other)
{
    for (Record &record : m_records) {
        if (record.author == person && record.reader == other) {
            record.isGone = true;
            m_untaken.erase(record.index);
        }
    }
}

void Book::onRestored(std::size_t person)
{
    ++m_lives[person];
    m_justRestored.insert(person);
    std::erase_if(m_claimed, [person](const auto &claim) { return std::get<0>(claim.first) == person; });
}

void Book::onProcessEnd(std::size_t person)
{
    for (Record &record : m_records) {
        if (record.author == person)
            record.open.clear();
    }
    std::erase_if(m_rests, [person](const auto &rest) { return std::get<0>(rest.first) == person; });
}

void Book::onWire(std::size_t person, const SimTransport &transport, AttemptId attempt, const Payload &payload,
                  const Address &to)
{
    Record *record = recordOf(payload.text);
    if (!record || record->author != person)
        return m_world.complain("I3", numbered('p', person) + " sends what it never wrote");
    const auto place = m_world.find(to);
    if (!place || place->person != record->reader)
        complain("I3", *record, "is sent to " + to.value.toStdString());
    Person &author = m_world.person(person);
    const bool isSettled = author.isSettled();
    const auto row = record->id ? author.store().messages().outgoing(*record->id)
                                : Result<store::MessageRepository::OutgoingRow>(fail(FailureCode::UnknownMessage));
    if (!isSettled || !row || row->wireId != payload.wireId || row->message.text != payload.text)
        complain("I7", *record, "leaves before it is on the disk");
    if (transport.traits().metered && !record->isMetered)
        complain("I15", *record, "costs money and nobody said it may");
    record->open[attempt] = {transport.server(), m_world.agenda().now()};
    m_attempts[{person, attempt}] = record->index;
}

void Book::onAnswer(std::size_t person, AttemptId attempt, const std::optional<Failure> &failure)
{
    const auto found = m_attempts.find({person, attempt});
    if (found == m_attempts.end())
        return;
    Record &record = m_records[found->second];
    const auto open = record.open.find(attempt);
    if (open == record.open.end())
        return;
    const std::size_t server = open->second.server;
    record.open.erase(open);
    if (!failure) {
        record.isTaken = true;
        m_untaken.erase(record.index);
        const auto contact = m_world.person(person).contactFor(record.reader);
        if (!contact || !contact->removesRepeats)
            record.mayBeTakenAtItsWord = true;
        return;
    }
    // How long the product says that it leaves such a way alone.
    Micros rest = 72s;
    if (failure->blame() == Blame::Recipient || failure->blame() == Blame::Message)
        rest = delivery::kLongestRest;
    rest = std::max<Micros>(rest, failure->retryAfter.value_or(Millis(0)));
    MonoTime &until = m_rests[{record.author, record.reader, server}];
    until = std::max(until, m_world.person(person).clock().now() + rest);
}

void Book::onArriving(const Parcel &parcel)
{
    Record *record = recordOf(parcel.payload.text);
    if (!record)
        return;
    if (!record->isShown)
        record->isUnmarked = !parcel.isMarked;
    if (const auto &place = parcel.payload.place; place && parcel.isMarked) {
        record->places.emplace(place->stream, place->number);
        // A process may end between storing the number of what it has and saying so.
        if (record->isStored)
            m_storedNumbers[{record->reader, place->stream}].insert(place->number);
    }
}

void Book::onBounce(std::size_t person, std::size_t server, const Payload &payload)
{
    if (const Record *record = recordOf(payload.text))
        m_rests[{person, record->reader, server}] = m_world.person(person).clock().now() + delivery::kLongestRest;
}

void Book::onCommitted(std::size_t person, const Parcel &parcel)
{
    Record *record = recordOf(parcel.payload.text);
    if (!record)
        return m_world.complain("I3", "something nobody wrote is acknowledged");
    if (!m_world.person(person).isSettled())
        complain("I8", *record, "is acknowledged before it is on the disk");
    m_justStored.insert(record->index);
    markStored(*record);
}

/// From now on it has to stay, and may be claimed.
void Book::markStored(Record &record)
{
    record.isStored = true;
    for (const auto &[stream, number] : record.places)
        m_storedNumbers[{record.reader, stream}].insert(number);
}

/// `person` claims to have what these ranges cover.
void Book::onAcks(std::size_t person, const QList<StreamAck> &acks, const Address &to)
{
    if (!acks.isEmpty() && !m_world.person(person).isSettled())
        m_world.complain("I8", numbered('p', person) + " acknowledges before it is on the disk");
    for (const StreamAck &ack : acks) {
        const auto &stored = m_storedNumbers[{person, ack.stream}];
        const std::string who = numbered('p', person) + ", stream " + ack.stream.toString().toStdString();
        for (quint64 number = ack.ranges.first(); number <= ack.ranges.highest(); ++number) {
            if (ack.ranges.covers(number) && !stored.contains(number))
                m_world.complain("I9", who + " claims " + std::to_string(number) + " which it does not have");
        }
        const auto [before, isNew] = m_claimed.try_emplace({person, to, ack.stream}, ack.ranges);
        for (quint64 number = before->second.first(); !isNew && number <= before->second.highest(); ++number) {
            if (number >= ack.ranges.first() && before->second.covers(number) && !ack.ranges.covers(number))
                m_world.complain("I9", who + " takes back its word about " + std::to_string(number));
        }
        before->second = ack.ranges;
    }
}

void Book::onLost(const Payload &payload)
{
    if (Record *record = recordOf(payload.text))
        record->isLostByServer = true;
}

} // namespace planb::sim
