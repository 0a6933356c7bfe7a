// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/messenger/open_profile.h"
#include "tests/bench/parts.h"
#include "tests/testkit/transport/fake_transport.h"

#include <QTemporaryDir>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace planb::bench {

using test::FakeTransport;
using test::FakeTransportFactory;
using test::Outcome;
using test::trouble;

namespace {

constexpr int kBatch = 100; ///< messages that arrive in one piece, as after a pause
constexpr int kAckEvery = 16;

/// One profile whose server takes everything at once: what is left is the engine and the durable store.
struct Desk {
    QTemporaryDir folder;
    FakeTransportFactory factory;
    SystemClock clock;
    SeededRandom random{1};
    std::unique_ptr<OpenProfile> profile;
    FakeTransport *transport = nullptr;
    ContactId bob;
};

Outcome<void> open(Desk &desk)
{
    auto store = store::Store::create(desk.folder.filePath(u"history.db"_s), QByteArray(32, 'k'));
    if (!store)
        return trouble(describe(store.error()));
    auto profile = OpenProfile::open(std::move(*store), {desk.factory, desk.clock, desk.random, true});
    if (!profile)
        return trouble(describe(profile.error()));
    desk.profile = std::move(*profile);
    const auto added = desk.profile->addTransport(TransportKind::Xmpp, u"Primary"_s,
                                                  {{u"jid"_s, u"alice@primary.test"_s}}, {});
    const auto contact = desk.profile->addContact(u"Bob"_s, {{TransportKind::Xmpp, u"bob@primary.test"_s}});
    if (!added || !contact)
        return trouble(u"the profile could not be set up"_s);
    desk.bob = contact->contact;
    desk.transport = desk.factory.made.constLast();
    desk.transport->becomeReady();
    desk.transport->hooks.sent = [transport = desk.transport](const FakeTransport::Sent &sent) {
        transport->accept(sent.attempt);
    };
    return {};
}

Incoming fromBob(int number, const StreamId &stream)
{
    Incoming incoming{0,
                      {TransportKind::Xmpp, u"bob@primary.test"_s},
                      *WireId::parse(u"bench-%1"_s.arg(number)),
                      u"안녕, message %1"_s.arg(number),
                      static_cast<quint64>(number),
                      {},
                      {}};
    incoming.removesRepeats = true;
    incoming.place = StreamPlace{stream, static_cast<quint64>(number), 1};
    return incoming;
}

void receive(Desk &desk, int messages, const StreamId &stream)
{
    for (int first = 1; first <= messages; first += kBatch) {
        QList<Incoming> batch;
        for (int i = first; i < first + kBatch && i <= messages; ++i)
            batch.append(fromBob(i, stream));
        desk.transport->receiveAll(batch);
    }
}

// Confirmed by the other side as they leave.
Outcome<void> send(Desk &desk, int messages, int atOnce, AckRanges &ranges)
{
    int unconfirmed = 0;
    for (int first = 1; first <= messages; first += atOnce) {
        std::vector<OpenProfile::Outgoing> batch;
        for (int i = first; i < first + atOnce && i <= messages; ++i)
            batch.push_back({desk.bob, u"안녕, message %1"_s.arg(i), {}, {}});
        for (const auto &stored : desk.profile->send(batch)) {
            if (!stored)
                return trouble(describe(stored.error()));
        }
        const auto sent = std::exchange(desk.transport->sent, {});
        for (const FakeTransport::Sent &one : sent) {
            const auto place = one.payload.place;
            if (!place)
                return trouble(u"a message left without its place in a stream"_s);
            ranges.add(place->number);
            if (++unconfirmed % kAckEvery == 0)
                desk.transport->receiveAcks({{TransportKind::Xmpp, u"bob@primary.test"_s}, {{place->stream, ranges}}});
        }
    }
    return {};
}

double perSecond(int messages, MonoTime from, MonoTime to)
{
    return std::round(messages / std::chrono::duration<double>(to - from).count());
}

} // namespace

Outcome<Finding> measureThroughput(int messages)
{
    Desk desk;
    if (const auto opened = open(desk); !opened)
        return trouble(opened.error());
    const StreamId stream = StreamId::random(desk.random);
    const MonoTime start = desk.clock.now();
    receive(desk, messages, stream);
    const MonoTime received = desk.clock.now();
    receive(desk, messages, stream);
    const MonoTime repeated = desk.clock.now();

    AckRanges ranges;
    if (const auto done = send(desk, messages, 1, ranges); !done)
        return trouble(done.error());
    const MonoTime sentAlone = desk.clock.now();
    if (const auto done = send(desk, messages, kBatch, ranges); !done)
        return trouble(done.error());
    const MonoTime sent = desk.clock.now();

    const double perRepeat = std::chrono::duration<double, std::micro>(repeated - received).count() / messages;
    Finding finding;
    finding.json = {{u"messages"_s, messages},
                    {u"receivedPerSecond"_s, perSecond(messages, start, received)},
                    {u"sentPerSecond"_s, perSecond(messages, sentAlone, sent)},
                    {u"sentAlonePerSecond"_s, perSecond(messages, repeated, sentAlone)},
                    {u"microsecondsPerRepeat"_s, std::round(perRepeat * 10) / 10}};
    finding.lines = {
        u"throughput of engine and store, %1 messages: %2 sent/s (%5 with a commit for each), %3 received/s, %4 us for a repeat"_s
            .arg(messages)
            .arg(perSecond(messages, sentAlone, sent))
            .arg(perSecond(messages, start, received))
            .arg(perRepeat, 0, 'f', 1)
            .arg(perSecond(messages, repeated, sentAlone))};
    return finding;
}

} // namespace planb::bench
