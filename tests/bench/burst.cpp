// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/figures.h"
#include "tests/bench/parts.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace planb::bench {

using test::Outcome;
using test::trouble;

namespace {

constexpr Millis kLimit{120'000};

/// Ids of the messages, in the order the requests were made, once all are answered.
class Answers
{
public:
    explicit Answers(test::Person &author)
    {
        QObject::connect(&author.rpc(), &test::RpcClient::replied, &m_context,
                         [this](qint64, const test::RpcReply &reply) {
                             if (reply)
                                 m_ids.append((*reply)["messageId"_L1].toString());
                             m_last = SystemClock().now();
                         });
    }
    const QStringList &ids() const { return m_ids; }
    MonoTime last() const { return m_last; }

private:
    QObject m_context;
    QStringList m_ids;
    MonoTime m_last;
};

double perSecond(int messages, MonoTime from, MonoTime to)
{
    return std::round(messages / std::chrono::duration<double>(to - from).count());
}

} // namespace

Outcome<Finding> measureBurst(test::Stage &stage, int messages)
{
    test::Person &alice = stage.alice();
    test::Person &bob = stage.bob();
    const Answers answers(alice);
    const qsizetype before = bob.arrivals().size();
    const MonoTime start = SystemClock().now();
    for (int i = 0; i < messages; ++i)
        alice.sayAtOnce(u"burst %1"_s.arg(i));
    if (!test::waitUntil([&] { return answers.ids().size() >= messages; }, kLimit))
        return trouble(u"Not all messages of the burst were stored."_s);
    if (!test::waitUntil([&] { return bob.arrivals().size() >= before + messages; }, kLimit))
        return trouble(u"%1 of %2 messages of the burst arrived"_s.arg(bob.arrivals().size() - before).arg(messages));
    if (!test::waitUntil([&] { return alice.allDelivered(answers.ids()); }, kLimit))
        return trouble(u"Not all messages of the burst are known to be delivered."_s);

    MonoTime lastTick = start;
    for (const QString &id : answers.ids())
        lastTick = std::max(lastTick, alice.tickOf(id).at);
    const double stored = perSecond(messages, start, answers.last());
    const double arrived = perSecond(messages, start, bob.arrivals().last().at);
    const double delivered = perSecond(messages, start, lastTick);
    return Finding{{{u"messages"_s, messages},
                    {u"storedPerSecond"_s, stored},
                    {u"arrivedPerSecond"_s, arrived},
                    {u"deliveredPerSecond"_s, delivered}},
                   {u"burst of %1: stored %2/s, arrived %3/s, delivered and known %4/s"_s.arg(messages)
                        .arg(stored)
                        .arg(arrived)
                        .arg(delivered)}};
}

} // namespace planb::bench
