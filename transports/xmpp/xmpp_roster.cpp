// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/xmpp_roster.h"

namespace planb::xmpp {

void XmppRoster::start(const Start &start)
{
    m_run([&](People &people, MonoTime now) { people.start(start, now); });
}

void XmppRoster::add(const Address &address, const QString &name, const QString &token)
{
    m_run([&](People &people, MonoTime now) { people.add(address, name, token, now); });
}

void XmppRoster::remove(const Address &address)
{
    m_run([&](People &people, MonoTime now) { people.remove(address, now); });
}

void XmppRoster::answer(const Address &address, bool accepts)
{
    m_run([&](People &people, MonoTime) { people.answer(address, accepts); });
}

void XmppRoster::setContacts(const QList<Address> &contacts)
{
    m_run([&](People &people, MonoTime) { people.setContacts(contacts); });
}

void XmppRoster::setBlocked(const QList<Address> &addresses, bool isBlocked)
{
    m_run([&](People &people, MonoTime now) { people.setBlocked(addresses, isBlocked, now); });
}

} // namespace planb::xmpp
