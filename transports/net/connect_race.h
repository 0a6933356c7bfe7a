// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/failure.h"
#include "transports/net/endpoint.h"

#include <QList>
#include <QNetworkProxy>
#include <QObject>
#include <QTimer>

#include <vector>

class QSslSocket;

namespace planb::net {

/// Reaches the first of several endpoints that answers (RFC 8305, section 5): they are tried in their order, each one a
/// moment after the one before or as soon as that has failed, and those under way go on meanwhile. Addresses of one
/// name follow each other quickly, since one of its address families may be dead; another host is only
/// bothered where the one before it seems to be away. TCP only. One race at a time.
class ConnectRace : public QObject
{
    Q_OBJECT

public:
    struct Timing {
        Millis sameName{250}; ///< to the next address of the same name and port
        Millis otherName{3'000}; ///< to the next host
        Millis each{10'000}; ///< for one address to answer
    };

    explicit ConnectRace(const Clock &clock, QObject *parent = nullptr);
    ~ConnectRace() override;

    /// `endpoints` is not empty.
    void start(QList<Endpoint> endpoints, const QNetworkProxy &proxy, Timing timing);
    void cancel();

Q_SIGNALS:
    /// The race is over. `socket` is connected, has no parent and belongs to the receiver. `left` have not failed, in
    /// their order: they may be tried should the winner turn out to be of no use.
    void won(QSslSocket *socket, const planb::net::Endpoint &endpoint, planb::MonoTime began,
             const QList<planb::net::Endpoint> &left);
    void failed(const planb::net::Endpoint &endpoint, const planb::Failure &failure);
    /// Every one of them failed.
    void lost();

private:
    struct Runner {
        Endpoint endpoint;
        QSslSocket *socket;
        QTimer *limit; // a child of the socket
        MonoTime began;
    };

    void startNext();
    void onConnected(QSslSocket *socket);
    void onFailed(QSslSocket *socket, const Failure &failure);
    std::vector<Runner>::iterator find(const QSslSocket *socket);
    static void discard(QSslSocket *socket);

    const Clock &m_clock;
    QTimer m_next;
    QNetworkProxy m_proxy;
    Timing m_timing;
    QList<Endpoint> m_waiting;
    std::vector<Runner> m_running; // in the order of their start
};

} // namespace planb::net
