// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transport/roster.h"
#include "transports/xmpp/people.h"

namespace planb::xmpp {

/// People with signals: passes commands to the session, and what it says to whom it concerns.
class XmppRoster final : public Roster
{
    Q_OBJECT

public:
    using Work = std::function<void(People &people, MonoTime now)>;
    /// Carries out work on the session's people, then writes and tells what came of it.
    using Run = std::function<void(const Work &)>;

    explicit XmppRoster(Run run) : m_run(std::move(run)) {}

    void start(const Start &start) override;
    void add(const Address &address, const QString &name, const QString &token) override;
    void remove(const Address &address) override;
    void answer(const Address &address, bool accepts) override;
    void setContacts(const QList<Address> &contacts) override;
    void setBlocked(const QList<Address> &addresses, bool isBlocked) override;

private:
    Run m_run;
};

} // namespace planb::xmpp
