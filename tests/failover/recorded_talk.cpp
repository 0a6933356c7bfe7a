// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/failover/recorded_talk.h"

#include <QDeadlineTimer>

#include <algorithm>
#include <limits>
#include <utility>

using namespace Qt::StringLiterals;

namespace planb::failover {

using test::Outcome;
using test::Person;
using test::trouble;

namespace {

constexpr qsizetype kUnknown = std::numeric_limits<qsizetype>::max();

bool meansArrived(const QString &state)
{
    return state == "delivered"_L1 || state == "read"_L1;
}

} // namespace

Outcome<QList<StoredMessage>> storedBy(Person &person)
{
    const auto history = person.history();
    if (!history)
        return trouble(history.error());
    QList<StoredMessage> messages;
    for (const QJsonObject &row : *history) {
        const auto state = messageStateFromName(row["state"_L1].toString());
        if (!state)
            return trouble(
                u"planbctl knows a state \"%1\" that this program does not"_s.arg(row["state"_L1].toString()));
        const bool isOwn = row["direction"_L1].toString() == "out"_L1;
        messages.append(
            {row["id"_L1].toString(), row["text"_L1].toString(), isOwn ? Direction::Out : Direction::In, *state});
    }
    return messages;
}

RecordedTalk::RecordedTalk(Person &left, Person &right)
{
    sideOf(Side::Left).person = &left;
    sideOf(Side::Right).person = &right;
    for (const Side side : kSides)
        follow(side);
}

void RecordedTalk::follow(Side side)
{
    Speaker &speaker = sideOf(side);
    connect(speaker.person, &Person::arrived, this,
            [this, side](const Person::Arrival &arrival) { onArrival(side, arrival); });
    connect(speaker.person, &Person::ticked, this,
            [this, side](const QString &id, const Person::Tick &tick) { onTick(side, id, tick); });
    connect(&speaker.person->rpc(), &test::RpcClient::replied, this,
            [this, side](qint64 request, const test::RpcReply &reply) { onReply(side, request, reply); });
    connect(&speaker.pace, &QTimer::timeout, this, [this, side] { say(side); });
}

void RecordedTalk::begin(Millis interval)
{
    sideOf(Side::Left).pace.start(interval);
    // A second rhythm, so that the two meet in every way.
    sideOf(Side::Right).pace.start(interval + interval / 7 + Millis(1));
}

void RecordedTalk::pause()
{
    for (Speaker &speaker : m_speakers)
        speaker.pace.stop();
}

QString RecordedTalk::say(Side author)
{
    Speaker &speaker = sideOf(author);
    if (!speaker.person->rpc().isRunning())
        return {};
    const QString text = u"%1 %2"_s.arg(speaker.person->name()).arg(++speaker.number);
    m_checker.asked(author, text);
    m_ways.insert(text, {author, SystemClock().now(), {}, {}, {}, {}});
    speaker.asking.insert(speaker.person->sayAtOnce(text), text);
    return text;
}

void RecordedTalk::onReply(Side side, qint64 request, const test::RpcReply &reply)
{
    Speaker &speaker = sideOf(side);
    const auto asked = speaker.asking.constFind(request);
    if (asked == speaker.asking.constEnd())
        return;
    const QString text = *asked;
    speaker.asking.erase(asked);
    speaker.person->rpc().take(request);
    if (!reply)
        return; // refused: nothing was promised
    const QString id = (*reply)["messageId"_L1].toString();
    m_checker.answered(side, text, id);
    m_ways[text].id = id;
    speaker.texts.insert(id, text);
    speaker.unconfirmed.insert(id);
    // The news of its delivery may have overtaken this answer.
    if (const Person::Tick tick = speaker.person->tickOf(id); meansArrived(tick.state))
        onTick(side, id, tick);
}

void RecordedTalk::onArrival(Side reader, const Person::Arrival &arrival)
{
    m_checker.shown(reader, arrival.text);
    const auto way = m_ways.find(arrival.text);
    if (way == m_ways.end() || way->shownAt)
        return;
    way->shownAt = arrival.at;
    way->shownBy = arrival.route;
}

void RecordedTalk::onTick(Side author, const QString &id, const Person::Tick &tick)
{
    if (const auto state = messageStateFromName(tick.state))
        m_checker.told(author, id, *state);
    Speaker &speaker = sideOf(author);
    if (!meansArrived(tick.state) || !speaker.unconfirmed.remove(id))
        return;
    m_ways[speaker.texts.value(id)].confirmedAt = tick.at;
}

// First by the few whose delivery was announced to nobody, because a crash came between; then by the whole history,
// which also knows of messages whose storing was never answered.
Outcome<RecordedTalk::Unrest> RecordedTalk::unrestOf(Side author)
{
    Speaker &speaker = sideOf(author);
    const QSet<QString> unconfirmed = speaker.unconfirmed;
    for (const QString &id : unconfirmed) {
        const test::RpcReply status = speaker.person->rpc().request(u"messages.status"_s, {{u"messageId"_s, id}});
        if (!status)
            return trouble(describe(status.error()));
        if (!meansArrived((*status)["state"_L1].toString()))
            return Unrest(speaker.unconfirmed.size(), kUnknown);
        speaker.unconfirmed.remove(id);
    }
    const auto stored = storedBy(*speaker.person);
    if (!stored)
        return trouble(stored.error());
    const auto underWay = std::count_if(stored->begin(), stored->end(), [](const StoredMessage &message) {
        return message.direction == Direction::Out && !meansArrived(planb::nameOf(message.state));
    });
    return Unrest(0, underWay);
}

Outcome<Violations> RecordedTalk::judge(Millis limit)
{
    for (const Side side : kSides) {
        QDeadlineTimer deadline(limit);
        Unrest least(kUnknown, kUnknown);
        for (;;) {
            // A client with much to catch up on may answer late.
            const auto unrest = unrestOf(side);
            if (!unrest && deadline.hasExpired())
                return trouble(u"%1: %2"_s.arg(person(side).name(), unrest.error()));
            if (unrest && *unrest < std::exchange(least, std::min(least, *unrest)))
                deadline.setRemainingTime(limit.count());
            if ((unrest && *unrest == Unrest(0, 0)) || deadline.hasExpired())
                break;
            test::waitUntil([] { return false; }, Millis(50));
        }
    }
    const auto left = storedBy(person(Side::Left));
    const auto right = storedBy(person(Side::Right));
    if (!left || !right)
        return trouble(!left ? left.error() : right.error());
    return m_checker.check(*left, *right);
}

} // namespace planb::failover
