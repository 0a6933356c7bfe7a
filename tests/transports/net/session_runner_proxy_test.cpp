// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/free_ports.h"
#include "tests/testkit/wait_until.h"
#include "tests/transports/net/proxy_server.h"
#include "tests/transports/net/tls_server.h"
#include "transports/net/proxy.h"
#include "transports/net/session_runner.h"

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;

/// Says hello and listens.
class GreetingSession final : public net::Session
{
public:
    void onConnected(bool, MonoTime) override { commands.push_back(net::WriteBytes{"HELLO"}); }
    void onEncrypted(const net::TlsFacts &, MonoTime) override {}
    void onBytes(QByteArrayView bytes, MonoTime) override { heard += bytes; }
    void onClosed(const Failure &, MonoTime) override {}
    void onTimer(MonoTime) override {}
    std::vector<net::Command> takeCommands() override { return std::exchange(commands, {}); }
    std::optional<MonoTime> wakeAt() const override { return {}; }

    std::vector<net::Command> commands;
    QByteArray heard;
};

class ProxiedRunner : public testing::TestWithParam<ProxyServer::Kind>
{
protected:
    ProxiedRunner()
    {
        server.onBytes = [](QSslSocket &socket, const QByteArray &) { socket.write("WELCOME"); };
        QObject::connect(&runner, &net::SessionRunner::closed, &runner, [this](const std::optional<Failure> &failure) {
            closed = true;
            lastFailure = failure;
        });
    }

    void open(quint16 proxyPort, const QString &user = {})
    {
        const QString scheme = GetParam() == ProxyServer::Kind::Socks5 ? u"socks5"_s : u"http"_s;
        net::ConnectOptions options;
        // A name that only the proxy can know.
        options.endpoints = {{u"xmpp.nowhere.test"_s, 5222, false}};
        options.proxy = *net::parseProxy(scheme + u"://"_s + user + u"127.0.0.1:"_s + QString::number(proxyPort));
        runner.open(options);
    }
    FailureCode code() const { return lastFailure ? lastFailure->code : FailureCode::Cancelled; }

    TlsServer server;
    SystemClock clock;
    GreetingSession session;
    net::SessionRunner runner{session, clock};
    bool closed = false;
    std::optional<Failure> lastFailure;
};

} // namespace

TEST_P(ProxiedRunner, ConnectsThroughTheProxyAndLetsItResolveTheName)
{
    ProxyServer proxy(GetParam(), server.serverPort());
    open(proxy.serverPort());
    ASSERT_TRUE(waitUntil([&] { return session.heard == "WELCOME" || closed; }));
    EXPECT_EQ(session.heard, "WELCOME");
    EXPECT_EQ(proxy.askedFor, "xmpp.nowhere.test:5222");
}

TEST_P(ProxiedRunner, TellsTheProxyWhoTheUserIs)
{
    ProxyServer proxy(GetParam(), server.serverPort());
    proxy.wantsUser = true;
    open(proxy.serverPort(), u"me:secret@"_s);
    ASSERT_TRUE(waitUntil([&] { return session.heard == "WELCOME" || closed; }));
    EXPECT_EQ(session.heard, "WELCOME");
    EXPECT_EQ(proxy.user, "me:secret");
}

TEST_P(ProxiedRunner, BlamesTheProxyThatIsNotThere)
{
    open(freePorts(1).constFirst());
    ASSERT_TRUE(waitUntil([&] { return closed; }));
    EXPECT_EQ(code(), FailureCode::ProxyFailed);
}

TEST_P(ProxiedRunner, FailsWhereTheProxyReachesNothing)
{
    ProxyServer proxy(GetParam(), server.serverPort());
    proxy.refuses = true;
    open(proxy.serverPort());
    ASSERT_TRUE(waitUntil([&] { return closed; }));
    EXPECT_EQ(code(), FailureCode::ConnectionRefused);
}

INSTANTIATE_TEST_SUITE_P(Kinds, ProxiedRunner, testing::Values(ProxyServer::Kind::Socks5, ProxyServer::Kind::Http),
                         [](const auto &test) { return test.param == ProxyServer::Kind::Socks5 ? "Socks5" : "Http"; });

} // namespace planb::test
