// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/failover/fault_proxy.h"
#include "tests/failover/recorded_talk.h"
#include "tests/testkit/ejabberd.h"
#include "tests/testkit/prosody.h"
#include "tests/testkit/stage.h"

#include <QTemporaryDir>

#include <memory>

namespace planb::failover {

struct ArenaOptions {
    Millis delay{0}; ///< each way between a client and either server
    bool byteAtATime = false;
    bool proxies = false; ///< also where neither of the two needs them
    bool withoutEjabberd = false; ///< a second Prosody also where an ejabberd could be the backup

    bool needsProxies() const { return proxies || delay > Millis(0) || byteAtATime; }
};

/// Two people with a primary (Prosody) and a backup (ejabberd where it is installed) whose servers and network can be
/// broken. Everything is in one temporary folder and goes with this object.
class Arena
{
public:
    static test::Outcome<std::unique_ptr<Arena>> build(const ArenaOptions &options);

    test::Prosody &primary() { return *m_primary; }
    /// What clients connect to for the primary: the server itself, or the proxy before it.
    quint16 primaryDoor() const;
    /// All connections to the primary are lost; needs proxies.
    void loseConnections() { m_primaryProxy->loseConnections(); }
    /// The primary accepts messages, acknowledges them and forgets them.
    test::Outcome<void> setForgetful(bool forgetful);
    QString backupName() const { return m_ejabberd ? QStringLiteral("ejabberd") : QStringLiteral("prosody"); }

    RecordedTalk &talk() { return *m_talk; }
    test::Person &person(Side side) { return side == Side::Left ? *m_alice : *m_bob; }
    test::Outcome<void> setReturnAfter(Millis pause);
    /// Ends both clients and starts them anew, until all their transports are ready.
    test::Outcome<void> restartClients();
    /// Until some messages in a row took the primary both ways.
    test::Outcome<void> warmUp();
    /// Says something and waits until its author knows of the delivery; the label of the way it came by.
    test::Outcome<QString> exchange(Side author, Millis limit);

private:
    Arena() = default;
    test::Outcome<void> startServers(const ArenaOptions &options);
    test::Outcome<void> startBackup(const ArenaOptions &options, const test::TestCa &ca);
    test::Outcome<void> startProxies(const ArenaOptions &options);
    test::Outcome<void> invite(test::Person &person);
    QString forgetMark() const { return m_folder.filePath(QStringLiteral("forget")); }

    // Order matters: people leave before servers stop, and the folder goes last.
    QTemporaryDir m_folder;
    QString m_caFile;
    std::unique_ptr<test::Prosody> m_primary;
    std::unique_ptr<test::Prosody> m_secondProsody;
    std::unique_ptr<test::Ejabberd> m_ejabberd;
    std::unique_ptr<FaultProxy> m_primaryProxy;
    std::unique_ptr<FaultProxy> m_backupProxy;
    std::unique_ptr<test::Person> m_alice;
    std::unique_ptr<test::Person> m_bob;
    std::unique_ptr<RecordedTalk> m_talk;
};

} // namespace planb::failover
