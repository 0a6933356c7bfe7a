// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/figures.h"
#include "tests/bench/parts.h"
#include "tests/testkit/plain_xmpp_client.h"

using namespace Qt::StringLiterals;

namespace planb::bench {

using test::Outcome;
using test::PlainXmppClient;
using test::trouble;

namespace {

constexpr int kWarmUp = 20;

MonoTime now()
{
    return SystemClock().now();
}

struct PlanbTimes {
    Times stored; ///< asked to answered: on disk
    Times arrived; ///< asked to announced on the other side: on disk there too
    Times delivered; ///< asked to the author's tick
};

Outcome<void> sendOne(test::Stage &stage, const QString &text, PlanbTimes &times)
{
    test::Person &bob = stage.bob();
    const qsizetype before = bob.arrivals().size();
    const MonoTime start = now();
    const auto id = stage.alice().say(text);
    if (!id)
        return trouble(id.error());
    times.stored.add(start, now());
    const auto isOver = [&] { return bob.arrivals().size() > before && stage.alice().allDelivered({*id}); };
    if (!test::waitUntil(isOver))
        return trouble(u"A message did not arrive."_s);
    times.arrived.add(start, bob.arrivals().at(before).at);
    times.delivered.add(start, stage.alice().tickOf(*id).at);
    return {};
}

Outcome<void> sendOneBare(PlainXmppClient &from, PlainXmppClient &to, const QString &text, Times &times)
{
    const qsizetype before = to.received().size();
    const MonoTime start = now();
    from.send(to.bareJid(), text, text);
    if (!test::waitUntil([&] { return to.received().size() > before; }))
        return trouble(u"A bare XMPP message did not arrive."_s);
    times.add(start, to.received().at(before).at);
    return {};
}

struct BarePair {
    explicit BarePair(test::Stage &stage) : first(account(stage, u"carol"_s)), second(account(stage, u"dave"_s)) {}

    static PlainXmppClient::Account account(test::Stage &stage, const QString &name)
    {
        const test::Prosody &server = stage.primary();
        return {name, server.domain(), test::personPassword(), stage.caFile(), server.directTlsPort()};
    }

    Outcome<void> begin(const test::Prosody &server)
    {
        for (PlainXmppClient *client : {&first, &second}) {
            if (auto added = server.addUser(client->account().user, test::personPassword()); !added)
                return added;
            if (auto in = client->login(); !in)
                return in;
        }
        return {};
    }

    PlainXmppClient first;
    PlainXmppClient second;
};

Finding report(const PlanbTimes &planb, const Times &bare)
{
    const double ratio = planb.arrived.percentile(0.5) / bare.percentile(0.5);
    return {
        {{u"planbArrived"_s, planb.arrived.toJson()},
         {u"planbStored"_s, planb.stored.toJson()},
         {u"planbDelivered"_s, planb.delivered.toJson()},
         {u"bareXmppArrived"_s, bare.toJson()},
         {u"ratioP50"_s, ratio}},
        {u"healthy, send → arrived:   PlanB      %1"_s.arg(planb.arrived.toText()),
         u"                           bare XMPP  %1"_s.arg(bare.toText()),
         u"                           PlanB takes %1 times as long, with both stores durable"_s.arg(ratio, 0, 'f', 1),
         u"healthy, send → on disk:   PlanB      %1"_s.arg(planb.stored.toText()),
         u"healthy, send → delivered: PlanB      %1"_s.arg(planb.delivered.toText())}};
}

} // namespace

Outcome<Finding> measureLatency(test::Stage &stage, int messages)
{
    BarePair bare(stage);
    if (auto begun = bare.begin(stage.primary()); !begun)
        return trouble(begun.error());
    PlanbTimes planbTimes;
    Times bareTimes;
    for (int i = 0; i < kWarmUp + messages; ++i) {
        if (i == kWarmUp) {
            planbTimes = {};
            bareTimes = {};
        }
        // In turn, so that whatever else the computer does hits both alike.
        const QString text = u"측정 message %1"_s.arg(i);
        if (auto sent = sendOne(stage, text, planbTimes); !sent)
            return trouble(sent.error());
        if (auto sent = sendOneBare(bare.first, bare.second, text, bareTimes); !sent)
            return trouble(sent.error());
    }
    return report(planbTimes, bareTimes);
}

} // namespace planb::bench
