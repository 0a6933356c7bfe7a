// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/testkit/person.h"
#include "tests/testkit/prosody.h"
#include "tests/testkit/test_ca.h"

#include <QTemporaryDir>

#include <memory>

namespace planb::test {

/// The two transports' names on both sides.
inline QString primaryLabel()
{
    return QStringLiteral("Primary");
}
inline QString backupLabel()
{
    return QStringLiteral("Backup");
}

/// Two servers of two domains under one certificate authority, and two people with an account on each.
/// Everything is in one temporary folder and goes with this object.
class Stage
{
public:
    static Outcome<std::unique_ptr<Stage>> build();

    Prosody &primary() { return *m_primary; }
    Prosody &backup() { return *m_backup; }
    Person &alice() { return *m_alice; }
    Person &bob() { return *m_bob; }
    QString caFile() const { return m_caFile; }
    QString folder() const { return m_folder.path(); }

    /// Sets on both how long a better way must be back before messages return to it.
    Outcome<void> setReturnAfter(Millis pause);

private:
    Stage() = default;
    Outcome<void> startServers();
    Outcome<void> invite(Person &person);

    // Order matters: people leave before servers stop, and the folder goes last.
    QTemporaryDir m_folder;
    QString m_caFile;
    std::unique_ptr<Prosody> m_primary;
    std::unique_ptr<Prosody> m_backup;
    std::unique_ptr<Person> m_alice;
    std::unique_ptr<Person> m_bob;
};

} // namespace planb::test
