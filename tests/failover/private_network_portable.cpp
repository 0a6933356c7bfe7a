// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/failover/private_network.h"

using namespace Qt::StringLiterals;

namespace planb::failover {

namespace {

test::Outcome<void> notHere()
{
    return test::trouble(u"packets can be dropped only on Linux, in a network namespace"_s);
}

} // namespace

test::Outcome<void> PrivateNetwork::enter()
{
    return notHere();
}

test::Outcome<void> PrivateNetwork::drop(const QList<quint16> &)
{
    return notHere();
}

test::Outcome<void> PrivateNetwork::reset(const QList<quint16> &)
{
    return notHere();
}

test::Outcome<void> PrivateNetwork::clear()
{
    return notHere();
}

test::Outcome<void> PrivateNetwork::askOwnNameServer(const QString &)
{
    return notHere();
}

} // namespace planb::failover
