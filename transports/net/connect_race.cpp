// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/net/connect_race.h"

#include "transports/net/socket_failure.h"

#include <QSslSocket>

#include <algorithm>
#include <utility>

namespace planb::net {

namespace {

using namespace Qt::StringLiterals;

bool isSameHost(const Endpoint &a, const Endpoint &b)
{
    return !a.name.isEmpty() && a.name == b.name && a.port == b.port && a.directTls == b.directTls;
}

} // namespace

ConnectRace::ConnectRace(const Clock &clock, QObject *parent) : QObject(parent), m_clock(clock)
{
    m_next.setSingleShot(true);
    m_next.setTimerType(Qt::PreciseTimer);
    connect(&m_next, &QTimer::timeout, this, &ConnectRace::startNext);
}

ConnectRace::~ConnectRace()
{
    cancel();
}

void ConnectRace::start(QList<Endpoint> endpoints, const QNetworkProxy &proxy, Timing timing)
{
    Q_ASSERT(!endpoints.isEmpty());
    cancel();
    m_waiting = std::move(endpoints);
    m_proxy = proxy;
    m_timing = timing;
    startNext();
}

void ConnectRace::cancel()
{
    m_next.stop();
    m_waiting.clear();
    for (const Runner &runner : std::exchange(m_running, {}))
        discard(runner.socket);
}

void ConnectRace::startNext()
{
    // After a failure it still runs for the one that is taken now.
    m_next.stop();
    const Endpoint endpoint = m_waiting.takeFirst();
    if (!m_waiting.isEmpty())
        m_next.start(isSameHost(endpoint, m_waiting.constFirst()) ? m_timing.sameName : m_timing.otherName);
    auto *socket = new QSslSocket(this); // so that it also goes where no event loop runs any more
    socket->setProxy(m_proxy);
    auto *limit = new QTimer(socket);
    m_running.push_back({endpoint, socket, limit, m_clock.now()});
    connect(socket, &QSslSocket::connected, this, [this, socket] { onConnected(socket); });
    connect(socket, &QSslSocket::errorOccurred, this, [this, socket, endpoint] {
        onFailed(socket, failureOf(socket->error(), ConnectStage::Tcp, describe(endpoint), socket->errorString()));
    });
    limit->setSingleShot(true);
    connect(limit, &QTimer::timeout, this, [this, socket, endpoint] {
        onFailed(socket, {FailureCode::ConnectTimeout, u"no answer from %1"_s.arg(describe(endpoint)), {}});
    });
    limit->start(m_timing.each);
    socket->connectToHost(endpoint.host, endpoint.port); // may fail at once, and then start the next
}

void ConnectRace::onConnected(QSslSocket *socket)
{
    const auto winner = find(socket);
    if (winner == m_running.end())
        return;
    const Runner best = *winner;
    QList<Endpoint> left;
    for (const Runner &runner : m_running) {
        if (runner.socket != socket)
            left.append(runner.endpoint);
    }
    left += m_waiting;
    m_running.erase(winner);
    cancel();
    socket->disconnect(this);
    delete best.limit;
    socket->setParent(nullptr);
    Q_EMIT won(socket, best.endpoint, best.began, left);
}

void ConnectRace::onFailed(QSslSocket *socket, const Failure &failure)
{
    const auto runner = find(socket);
    if (runner == m_running.end())
        return;
    const Endpoint endpoint = runner->endpoint;
    m_running.erase(runner);
    discard(socket);
    Q_EMIT failed(endpoint, failure);
    if (!m_waiting.isEmpty())
        startNext();
    else if (m_running.empty())
        Q_EMIT lost();
}

std::vector<ConnectRace::Runner>::iterator ConnectRace::find(const QSslSocket *socket)
{
    return std::find_if(m_running.begin(), m_running.end(), [socket](const Runner &r) { return r.socket == socket; });
}

void ConnectRace::discard(QSslSocket *socket)
{
    socket->disconnect();
    socket->abort();
    socket->deleteLater(); // we may be in one of its signals
}

} // namespace planb::net
