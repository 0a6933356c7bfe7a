// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/failover/erlang_names.h"

#include "tests/testkit/child_process.h"
#include "tests/testkit/free_ports.h"
#include "tests/testkit/wait_until.h"

#include <QTcpSocket>

using namespace Qt::StringLiterals;

namespace planb::failover {

namespace {

constexpr int kConnectLimitMs = 200;

bool answers(quint16 port)
{
    QTcpSocket socket;
    socket.connectToHost(u"127.0.0.1"_s, port);
    return socket.waitForConnected(kConnectLimitMs);
}

} // namespace

ErlangNames::ErlangNames()
{
    test::endWithParent(m_process);
}

ErlangNames::~ErlangNames()
{
    m_process.kill();
    m_process.waitForFinished();
}

QString ErlangNames::whatIsMissing()
{
    return test::missingPrograms({u"epmd"_s});
}

test::Outcome<void> ErlangNames::start()
{
    m_port = test::freePorts(1).constFirst();
    m_process.start(test::findProgram(u"epmd"_s), {u"-port"_s, QString::number(m_port), u"-address"_s, u"127.0.0.1"_s});
    if (test::waitUntil([this] { return answers(m_port); }))
        return {};
    return test::trouble(u"epmd did not start: "_s + QString::fromUtf8(m_process.readAllStandardError()));
}

} // namespace planb::failover
