// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/testkit/outcome.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QObject>
#include <QUdpSocket>

namespace planb::failover {

/// The domain name system of a private network (RFC 1035, RFC 2782): SRV records and hosts, all of which are
/// 127.0.0.1. Every other name does not exist.
class NameServer : public QObject
{
    Q_OBJECT

public:
    struct Service {
        QByteArray name; ///< _service._tcp.domain, in lower case
        QByteArray target;
        quint16 port = 0;
        quint16 priority = 0;
    };

    void add(const Service &service) { m_services[service.name].append(service); }
    /// Answers on 127.0.0.1, port 53: systems ask nowhere else. Needs a network namespace of its own.
    test::Outcome<void> start();
    /// What it says to a question; empty if that is none.
    QByteArray answerTo(const QByteArray &query) const;

private:
    void onQuery();
    bool isHost(const QByteArray &name) const;

    QUdpSocket m_socket;
    QHash<QByteArray, QList<Service>> m_services;
};

} // namespace planb::failover
