// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/demo/talk.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace planb::demo {

namespace {

/// Pauses between lines, in turn: people do not type like clocks.
constexpr std::array kPauses{Millis(320), Millis(210), Millis(430), Millis(260), Millis(350), Millis(180), Millis(390)};

QStringList labelsOfAttempts(const QJsonValue &status)
{
    QStringList labels;
    const QJsonArray attempts = status["attempts"_L1].toArray();
    for (const QJsonValue &attempt : attempts)
        labels.append(attempt["label"_L1].toString());
    return labels;
}

} // namespace

Talk::Talk(test::Person &first, test::Person &second) : m_sides{Side{&first, {}, {}, {}}, Side{&second, {}, {}, {}}}
{
    for (Side &side : m_sides)
        follow(side);
    m_pace.setSingleShot(true);
    connect(&m_pace, &QTimer::timeout, this, &Talk::onPace);
}

void Talk::follow(Side &side)
{
    const QString reader = side.person->name();
    connect(side.person, &test::Person::arrived, this,
            [this, reader](const test::Person::Arrival &arrival) { onArrival(reader, arrival); });
    connect(side.person, &test::Person::ticked, this,
            [this, &side](const QString &id, const test::Person::Tick &tick) { onTick(side, id, tick.state); });
    connect(&side.person->rpc(), &test::RpcClient::replied, this,
            [this, &side](qint64 request, const test::RpcReply &reply) { onReply(side, request, reply); });
}

void Talk::begin()
{
    onPace();
}

void Talk::onPace()
{
    speak(m_dialogue.isFirstPersonsTurn() ? m_sides[0] : m_sides[1]);
    m_pace.start(kPauses.at(static_cast<std::size_t>(m_beat++) % kPauses.size()));
}

void Talk::bothSpeakNow()
{
    for (int i = 0; i < 2; ++i)
        speak(m_dialogue.isFirstPersonsTurn() ? m_sides[0] : m_sides[1]);
}

void Talk::speak(Side &side)
{
    const QString text = m_dialogue.next();
    const qsizetype index = m_ledger.say(side.person->name(), text, SystemClock().now());
    side.sending.insert(side.person->sayAtOnce(text), index);
}

void Talk::onReply(Side &side, qint64 request, const test::RpcReply &reply)
{
    if (!side.sending.contains(request) && !side.asking.contains(request))
        return;
    side.person->rpc().take(request);
    if (side.sending.contains(request)) {
        const qsizetype index = side.sending.take(request);
        if (!reply) {
            m_complaint = u"%1 could not send: %2"_s.arg(side.person->name(), describe(reply.error()));
            return;
        }
        const QString id = (*reply)["messageId"_L1].toString();
        m_ledger.accepted(index, id);
        side.waiting.insert(id, index);
        // The news of its delivery may have overtaken this answer.
        onTick(side, id, side.person->tickOf(id).state);
    } else {
        const qsizetype index = side.asking.take(request);
        if (!reply) {
            m_complaint = u"%1 could not be told the ways: %2"_s.arg(side.person->name(), describe(reply.error()));
            return;
        }
        m_ledger.delivered(index, labelsOfAttempts(*reply));
        tellIfComplete(index);
    }
}

void Talk::onArrival(const QString &reader, const test::Person::Arrival &arrival)
{
    const auto index = m_ledger.indexOf(arrival.text);
    const bool isFirst = index && !m_ledger.spoken().at(*index).arrivedAt;
    m_ledger.shown(reader, arrival.text, arrival.route, arrival.at);
    if (isFirst)
        tellIfComplete(*index);
}

// The two pipes are read in any order: the author's tick may be seen here before the reader's message.
void Talk::tellIfComplete(qsizetype index)
{
    const Spoken &line = m_ledger.spoken().at(index);
    if (line.delivered && line.arrivedAt)
        Q_EMIT settled(line);
}

void Talk::onTick(Side &side, const QString &messageId, const QString &state)
{
    const bool isThere = state == "delivered"_L1 || state == "read"_L1;
    if (!isThere || !side.waiting.contains(messageId))
        return;
    const qint64 request = side.person->rpc().post(u"messages.status"_s, {{u"messageId"_s, messageId}});
    side.asking.insert(request, side.waiting.take(messageId));
}

QString Talk::readerOf(const QString &author) const
{
    return m_sides[0].person->name() == author ? m_sides[1].person->name() : m_sides[0].person->name();
}

} // namespace planb::demo
