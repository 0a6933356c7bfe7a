// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/stage.h"

using namespace Qt::StringLiterals;

namespace planb::test {

Outcome<std::unique_ptr<Stage>> Stage::build()
{
    std::unique_ptr<Stage> stage(new Stage);
    if (!stage->m_folder.isValid())
        return trouble(u"No temporary folder could be made: "_s + stage->m_folder.errorString());
    if (auto started = stage->startServers(); !started)
        return trouble(started.error());
    stage->m_alice = std::make_unique<Person>(u"Alice"_s, stage->folder());
    stage->m_bob = std::make_unique<Person>(u"Bob"_s, stage->folder());
    for (Person *person : {stage->m_alice.get(), stage->m_bob.get()}) {
        if (auto invited = stage->invite(*person); !invited)
            return trouble(invited.error());
    }
    if (auto met = stage->m_alice->meet(*stage->m_bob); !met)
        return trouble(met.error());
    if (auto met = stage->m_bob->meet(*stage->m_alice); !met)
        return trouble(met.error());
    return stage;
}

Outcome<void> Stage::startServers()
{
    const auto ca = TestCa::make(m_folder.filePath(u"ca"_s));
    if (!ca)
        return trouble(ca.error());
    m_caFile = ca->file();
    const auto start = [&](std::unique_ptr<Prosody> &server, const QString &name) -> Outcome<void> {
        const QString domain = name + u".test"_s;
        const auto certificate = ca->issue(name, {domain});
        if (!certificate)
            return trouble(certificate.error());
        server = std::make_unique<Prosody>(m_folder.filePath(name), domain, *certificate);
        return server->start();
    };
    if (auto started = start(m_primary, u"primary"_s); !started)
        return started;
    return start(m_backup, u"backup"_s);
}

Outcome<void> Stage::invite(Person &person)
{
    if (auto begun = person.begin(); !begun)
        return begun;
    if (auto joined = person.join(*m_primary, primaryLabel(), m_caFile); !joined)
        return joined;
    return person.join(*m_backup, backupLabel(), m_caFile);
}

Outcome<void> Stage::setReturnAfter(Millis pause)
{
    for (Person *person : {m_alice.get(), m_bob.get()}) {
        const auto set = person->rpc().request(u"policy.set"_s, {{u"returnAfterMs"_s, qint64(pause.count())}});
        if (!set)
            return trouble(u"%1 could not set the policy: %2"_s.arg(person->name(), describe(set.error())));
    }
    return {};
}

} // namespace planb::test
