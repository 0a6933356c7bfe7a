// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/failover/fault_proxy.h"

#include "tests/testkit/wait_until.h"

#include <gtest/gtest.h>

namespace planb::failover {

namespace {

/// A server that sends back what it gets, and a client that goes through a proxy to it.
class FaultProxyTest : public testing::Test
{
protected:
    void SetUp() override
    {
        ASSERT_TRUE(server.listen(QHostAddress::LocalHost));
        QObject::connect(&server, &QTcpServer::newConnection, &server, [this] {
            QTcpSocket *socket = server.nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
                ++readings;
                socket->write(socket->readAll());
            });
        });
    }

    /// The answer to `bytes`, as far as it came.
    QByteArray exchange(FaultProxy &proxy, const QByteArray &bytes)
    {
        EXPECT_TRUE(proxy.start());
        client.connectToHost(QHostAddress::LocalHost, proxy.port());
        client.write(bytes);
        QByteArray answer;
        test::waitUntil([&] {
            answer += client.readAll();
            return answer.size() >= bytes.size();
        });
        return answer;
    }

    QTcpServer server;
    QTcpSocket client;
    int readings = 0; ///< of the server
};

} // namespace

TEST_F(FaultProxyTest, PassesBytesUnchangedBothWays)
{
    FaultProxy proxy(server.serverPort(), {});
    const QByteArray bytes = QByteArray(100'000, 'x') + QByteArray("\0end", 4);
    EXPECT_EQ(exchange(proxy, bytes), bytes);
}

TEST_F(FaultProxyTest, DelaysEachWay)
{
    FaultProxy proxy(server.serverPort(), {.delay = Millis(20)});
    const SystemClock clock;
    const MonoTime start = clock.now();
    EXPECT_EQ(exchange(proxy, "hello"), "hello");
    EXPECT_GE(clock.now() - start, Millis(40));
}

TEST_F(FaultProxyTest, CutsIntoBytes)
{
    FaultProxy proxy(server.serverPort(), {.byteAtATime = true});
    const QByteArray bytes(2'000, 'x');
    EXPECT_EQ(exchange(proxy, bytes), bytes);
    EXPECT_GT(readings, 1);
}

TEST_F(FaultProxyTest, LosesConnectionsAndTakesNewOnes)
{
    FaultProxy proxy(server.serverPort(), {});
    EXPECT_EQ(exchange(proxy, "before"), "before");
    proxy.loseConnections();
    EXPECT_TRUE(test::waitUntil([this] { return client.state() == QAbstractSocket::UnconnectedState; }));
    client.connectToHost(QHostAddress::LocalHost, proxy.port());
    client.write("after");
    EXPECT_TRUE(test::waitUntil([this] { return client.peek(5) == "after"; }));
}

TEST_F(FaultProxyTest, EndsTheClientsConnectionWhereNoServerIs)
{
    FaultProxy proxy(server.serverPort(), {});
    server.close();
    EXPECT_TRUE(proxy.start());
    bool hasEnded = false;
    QObject::connect(&client, &QTcpSocket::disconnected, &client, [&] { hasEnded = true; });
    client.connectToHost(QHostAddress::LocalHost, proxy.port());
    EXPECT_TRUE(test::waitUntil([&] { return hasEnded; }));
}

TEST_F(FaultProxyTest, EndsBothSidesWhenOneEnds)
{
    FaultProxy proxy(server.serverPort(), {});
    EXPECT_EQ(exchange(proxy, "hello"), "hello");
    server.findChild<QTcpSocket *>()->disconnectFromHost();
    EXPECT_TRUE(test::waitUntil([this] { return client.state() == QAbstractSocket::UnconnectedState; }));
}

} // namespace planb::failover
