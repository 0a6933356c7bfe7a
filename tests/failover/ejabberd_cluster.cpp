// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/failover/ejabberd_cluster.h"

#include "tests/failover/private_network.h"
#include "tests/testkit/wait_until.h"

#include <QDir>
#include <QJsonArray>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace planb::failover {

using test::Outcome;
using test::trouble;

namespace {

constexpr Millis kJoinLimit{30'000};
const std::array kNodeNames{u"a@127.0.0.1"_s, u"b@127.0.0.1"_s};

} // namespace

EjabberdCluster::EjabberdCluster(QString folder, QString domain, test::TestCertificate certificate)
    : m_folder(std::move(folder)), m_domain(std::move(domain)), m_certificate(std::move(certificate))
{}

QString EjabberdCluster::whatIsMissing()
{
    const QString missing = test::Ejabberd::whatIsMissing();
    return missing.isEmpty() ? ErlangNames::whatIsMissing() : missing;
}

Outcome<void> EjabberdCluster::start()
{
    if (!QDir().mkpath(m_folder))
        return trouble(u"The folder %1 could not be made."_s.arg(m_folder));
    if (auto started = m_names.start(); !started)
        return started;
    const QString cookie = QUuid::createUuid().toString(QUuid::Id128);
    for (std::size_t i = 0; i < m_nodes.size(); ++i) {
        m_nodes.at(i) = std::make_unique<test::Ejabberd>(m_folder + u"/node%1"_s.arg(i), m_domain, m_certificate);
        m_nodes.at(i)->setNode({kNodeNames.at(i), cookie, m_names.port()});
        m_nodes.at(i)->keepArchive();
        if (auto started = m_nodes.at(i)->start(); !started)
            return started;
    }
    if (auto joined = node(1).join(kNodeNames.at(0)); !joined)
        return joined;
    if (auto whole = waitUntilWhole(); !whole)
        return whole;
    publish();
    if (auto names = PrivateNetwork::askOwnNameServer(m_folder); !names)
        return names;
    return m_nameServer.start();
}

void EjabberdCluster::publish()
{
    for (std::size_t i = 0; i < m_nodes.size(); ++i) {
        const QByteArray domain = m_domain.toUtf8();
        const QByteArray host = (i == 0 ? "a." : "b.") + domain;
        const auto priority = static_cast<quint16>(10 * (i + 1));
        m_nameServer.add({"_xmpp-client._tcp." + domain, host, node(i).starttlsPort(), priority});
        m_nameServer.add({"_xmpps-client._tcp." + domain, host, node(i).directTlsPort(), priority});
    }
}

Outcome<void> EjabberdCluster::bringBack(std::size_t number)
{
    if (auto started = node(number).start(); !started)
        return started;
    return waitUntilWhole();
}

Outcome<void> EjabberdCluster::waitUntilWhole() const
{
    const auto isWhole = [](const auto &node) {
        const auto list = node->order(u"list_cluster"_s);
        return list && list->toArray().size() == 2;
    };
    if (test::waitUntil([&] { return std::all_of(m_nodes.begin(), m_nodes.end(), isWhole); }, kJoinLimit))
        return {};
    return trouble(u"the nodes do not find each other"_s);
}

Outcome<int> EjabberdCluster::whereIs(const QString &user, std::size_t by) const
{
    const auto sessions = m_nodes.at(by)->order(u"connected_users_info"_s);
    if (!sessions)
        return trouble(sessions.error());
    for (const QJsonValue &value : sessions->toArray()) {
        const QJsonObject session = value.toObject();
        if (!session["jid"_L1].toString().startsWith(user + u'@' + m_domain + u'/'))
            continue;
        const auto *const node = std::find(kNodeNames.begin(), kNodeNames.end(), session["node"_L1].toString());
        return static_cast<int>(node - kNodeNames.begin());
    }
    return -1;
}

} // namespace planb::failover
