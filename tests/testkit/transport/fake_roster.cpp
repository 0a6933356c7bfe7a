// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/transport/fake_roster.h"

namespace planb::test {

using namespace Qt::StringLiterals;

void FakeRoster::start(const Start &start)
{
    started = start;
    m_told.append(u"start"_s);
}

void FakeRoster::add(const Address &address, const QString &name, const QString &token)
{
    m_told.append(u"add %1 %2 %3"_s.arg(address.value, name, token).trimmed());
}

void FakeRoster::remove(const Address &address)
{
    m_told.append(u"remove "_s + address.value);
}

void FakeRoster::answer(const Address &address, bool accepts)
{
    m_told.append((accepts ? u"accept "_s : u"decline "_s) + address.value);
}

void FakeRoster::setBlocked(const QList<Address> &addresses, bool isBlocked)
{
    for (const Address &address : addresses)
        m_told.append((isBlocked ? u"block "_s : u"unblock "_s) + address.value);
}

} // namespace planb::test
