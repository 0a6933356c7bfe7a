// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/wait_until.h"
#include "tests/transports/net/tls_server.h"
#include "transports/net/session_runner.h"

#include <gtest/gtest.h>

#ifdef Q_OS_LINUX
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;

bool isAtOnce(qintptr socket)
{
    int value = 0;
    socklen_t size = sizeof value;
    EXPECT_EQ(::getsockopt(static_cast<int>(socket), IPPROTO_TCP, TCP_QUICKACK, &value, &size), 0);
    return value != 0;
}

// What the system does by itself once question and answer have taken turns for a while.
void letItWait(qintptr socket)
{
    const int off = 0;
    ASSERT_EQ(::setsockopt(static_cast<int>(socket), IPPROTO_TCP, TCP_QUICKACK, &off, sizeof off), 0);
}

/// Looks at its socket when bytes come.
class Listener final : public net::Session
{
public:
    void onConnected(bool, MonoTime) override { isConnected = true; }
    void onEncrypted(const net::TlsFacts &, MonoTime) override {}
    void onBytes(QByteArrayView bytes, MonoTime) override
    {
        heard += bytes;
        wereAtOnce.append(isAtOnce(socket));
    }
    void onClosed(const Failure &, MonoTime) override {}
    void onTimer(MonoTime) override {}
    std::vector<net::Command> takeCommands() override { return {}; }
    std::optional<MonoTime> wakeAt() const override { return {}; }

    bool isConnected = false;
    qintptr socket = -1;
    QByteArray heard;
    QList<bool> wereAtOnce; ///< for each piece
};

} // namespace

TEST(TcpQuickAck, EachPieceIsAcknowledgedBeforeItIsDealtWith)
{
    SystemClock clock;
    Listener listener;
    net::SessionRunner runner(listener, clock);
    TlsServer server;
    net::ConnectOptions options;
    options.endpoints = {{server.host(), server.serverPort(), false}};
    runner.open(options);
    ASSERT_TRUE(waitUntil([&] { return listener.isConnected && server.connection; }));
    listener.socket = runner.findChild<QSslSocket *>()->socketDescriptor();
    for (const char *piece : {"one", "two"}) {
        letItWait(listener.socket);
        ASSERT_FALSE(isAtOnce(listener.socket));
        server.connection->write(piece);
        server.connection->flush();
        ASSERT_TRUE(waitUntil([&] { return listener.heard.endsWith(piece); }));
    }
    EXPECT_FALSE(listener.wereAtOnce.contains(false));
}

} // namespace planb::test

#endif
