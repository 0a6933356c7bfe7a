// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/roster.h"

#include <QStringList>

namespace planb::test {

/// Writes down what it is told, and says what the test wants.
class FakeRoster final : public Roster
{
    Q_OBJECT

public:
    void start(const Start &start) override;
    void add(const Address &address, const QString &name, const QString &token) override;
    void remove(const Address &address) override;
    void answer(const Address &address, bool accepts) override;
    void setContacts(const QList<Address> &contacts) override { known = contacts; }
    void setBlocked(const QList<Address> &addresses, bool isBlocked) override;

    void say(const RosterNews &one) { Q_EMIT news(one); }

    /// "add bob@b.test Bob", "block bob@b.test", …, oldest first; takes them.
    QStringList told() { return std::exchange(m_told, {}); }
    Start started;
    QList<Address> known; ///< of the last setContacts()

private:
    QStringList m_told;
};

} // namespace planb::test
