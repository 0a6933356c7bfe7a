// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/failover/erlang_names.h"
#include "tests/failover/name_server.h"
#include "tests/testkit/ejabberd.h"

#include <array>
#include <memory>

namespace planb::failover {

/// Two ejabberds that serve one domain together, as nodes of one Erlang network on loopback, and the SRV records by
/// which clients find them: the first node before the second. Needs a PrivateNetwork.
class EjabberdCluster
{
public:
    /// `folder` is made by start() and left behind.
    EjabberdCluster(QString folder, QString domain, test::TestCertificate certificate);

    static QString whatIsMissing();

    /// Starts both, joins the second to the first and publishes where they are.
    test::Outcome<void> start();
    test::Ejabberd &node(std::size_t number) { return *m_nodes.at(number); }
    /// Starts a node that was killed, and waits until both know each other again.
    test::Outcome<void> bringBack(std::size_t number);
    /// The number of the node that serves the account; -1 if none does. Asks the node `by`.
    test::Outcome<int> whereIs(const QString &user, std::size_t by) const;

private:
    test::Outcome<void> startNode(std::size_t number);
    test::Outcome<void> waitUntilWhole() const;
    void publish();

    const QString m_folder;
    const QString m_domain;
    const test::TestCertificate m_certificate;
    ErlangNames m_names; // outlives the nodes
    std::array<std::unique_ptr<test::Ejabberd>, 2> m_nodes;
    NameServer m_nameServer;
};

} // namespace planb::failover
