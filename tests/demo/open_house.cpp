// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/demo/open_house.h"

using namespace Qt::StringLiterals;

namespace planb::demo {

namespace {

const QString kGuest = u"Carol"_s;

QString invitation(test::Stage &stage)
{
    const QString planbctl = u"  %1 --profile %2/carol "_s.arg(test::planbctlProgram(), stage.folder());
    const auto add = [&](const QString &label, const test::Prosody &server) {
        return u"  PLANB_PASSWORD='%1' \\\n  %2transport add xmpp --label %3 --jid carol@%4 --host 127.0.0.1 --port %5 "
               "--ca %6\n"_s.arg(test::personPassword(), planbctl, label, server.domain())
                   .arg(server.starttlsPort())
                   .arg(stage.caFile());
    };
    return u"Join as a third person, %1, whose accounts are made. The password is not given as an argument, because\n"
           "everybody on this computer could read it there:\n\n"_s.arg(kGuest)
        + planbctl + u"init --name Carol --key file\n"_s + add(test::primaryLabel(), stage.primary())
        + add(test::backupLabel(), stage.backup()) + planbctl
        + u"contact add --name Alice --xmpp alice@primary.test --xmpp alice@backup.test\n"_s + planbctl
        + u"send --to Alice '안녕' --wait delivered --timeout 10\n"_s + planbctl + u"watch\n\n"_s
        + u"Alice answers. Try it with the primary dead (kill -9 %1) or frozen (kill -STOP %1; kill -CONT %1).\n"_s.arg(
            stage.primary().pid())
        + u"Press Ctrl+C to end all of it; the folder %1 goes too."_s.arg(stage.folder());
}

} // namespace

test::Outcome<void> keepOpen(test::Stage &stage, const Timeline &timeline, const Interruption &interruption)
{
    for (const test::Prosody *server : {&stage.primary(), &stage.backup()}) {
        if (auto added = server->addUser(kGuest.toLower(), test::personPassword()); !added)
            return added;
    }
    test::Person &alice = stage.alice();
    if (auto met = alice.meet(kGuest, {u"carol@primary.test"_s, u"carol@backup.test"_s}); !met)
        return met;

    QObject context;
    QObject::connect(&alice, &test::Person::arrived, &context, [&](const test::Person::Arrival &arrival) {
        timeline.event(arrival.at, u"%1 reads by %2: %3"_s.arg(alice.name(), arrival.route, arrival.text),
                       Timeline::Tone::Plain);
        alice.sayAtOnce(u"잘 받았어: "_s + arrival.text);
    });
    timeline.heading(u"Open house"_s);
    timeline.note(invitation(stage));
    while (!interruption.isWished())
        test::waitUntil([&] { return interruption.isWished(); }, std::chrono::hours(1));
    return {};
}

} // namespace planb::demo
