// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/free_ports.h"
#include "tests/testkit/wait_until.h"
#include "transports/net/connect_race.h"

#include <gtest/gtest.h>

#include <QSslSocket>
#include <QTcpServer>

#include <array>
#include <memory>
#include <optional>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;
using net::ConnectRace;
using net::Endpoint;

constexpr Millis kNever{60'000};
constexpr Millis kSoon{20};

/// A port whose connections are never completed: its queue is full and stays so.
class BlackHole
{
public:
    BlackHole()
    {
        m_server.setListenBacklogSize(0);
        m_server.listen(QHostAddress::LocalHost);
        m_server.pauseAccepting();
        for (QTcpSocket &filler : m_fillers)
            filler.connectToHost(QHostAddress::LocalHost, m_server.serverPort());
        waitUntil([this] { return m_fillers[0].state() == QAbstractSocket::ConnectedState; });
    }
    quint16 port() const { return m_server.serverPort(); }
    /// Whether this system lets a full queue be a black hole.
    bool isDark() const { return m_fillers[2].state() != QAbstractSocket::ConnectedState; }

private:
    QTcpServer m_server;
    std::array<QTcpSocket, 3> m_fillers;
};

class ConnectRaceTest : public testing::Test
{
protected:
    ConnectRaceTest()
    {
        QObject::connect(&race, &ConnectRace::won, &race,
                         [this](QSslSocket *socket, const Endpoint &endpoint, MonoTime, const QList<Endpoint> &rest) {
                             winner.reset(socket);
                             wonAt = endpoint;
                             left = rest;
                         });
        QObject::connect(&race, &ConnectRace::failed, &race,
                         [this](const Endpoint &, const Failure &failure) { failures.append(failure.code); });
        QObject::connect(&race, &ConnectRace::lost, &race, [this] { ++losses; });
        good.listen(QHostAddress::LocalHost);
    }
    void SetUp() override
    {
        if (!hole.isDark())
            GTEST_SKIP() << "this system answers for a server that accepts nothing";
    }

    static Endpoint at(quint16 port, const QString &name) { return {u"127.0.0.1"_s, port, false, name}; }
    void start(const QList<Endpoint> &endpoints, ConnectRace::Timing timing)
    {
        race.start(endpoints, QNetworkProxy(QNetworkProxy::NoProxy), timing);
    }
    bool isWon() const { return wonAt.has_value(); }

    SystemClock clock;
    QTcpServer good;
    BlackHole hole;
    ConnectRace race{clock};
    std::unique_ptr<QSslSocket> winner;
    std::optional<Endpoint> wonAt;
    QList<Endpoint> left;
    QList<FailureCode> failures;
    int losses = 0;
};

} // namespace

TEST_F(ConnectRaceTest, GoesOnToTheNextWhileTheFirstOnesAreSilent)
{
    start({at(hole.port(), u"a.test"_s), at(hole.port(), u"a.test"_s), at(good.serverPort(), u"b.test"_s)},
          {kSoon, kSoon, kNever});
    ASSERT_TRUE(waitUntil([&] { return isWon(); }));
    EXPECT_EQ(wonAt->port, good.serverPort());
    EXPECT_EQ(winner->state(), QAbstractSocket::ConnectedState);
    EXPECT_EQ(left.size(), 2) << "the silent ones may still be of use";
    EXPECT_TRUE(failures.isEmpty());
}

TEST_F(ConnectRaceTest, DoesNotBotherAnotherHostWhileTheFirstHasTime)
{
    start({at(hole.port(), u"a.test"_s), at(good.serverPort(), u"b.test"_s)}, {kSoon, kNever, kNever});
    EXPECT_FALSE(waitUntil([&] { return isWon(); }, Millis(150)));
}

TEST_F(ConnectRaceTest, KeepsAddressesOfOneNameTogetherOnlyOnOnePort)
{
    start({at(hole.port(), u"a.test"_s), at(good.serverPort(), u"a.test"_s)}, {kSoon, kNever, kNever});
    EXPECT_FALSE(waitUntil([&] { return isWon(); }, Millis(150))) << "another port is another service";
}

TEST_F(ConnectRaceTest, HurriesFromOneAddressOfANameToTheNext)
{
    // Nobody listens at the second address: that it refuses shows that it was asked.
    const Endpoint first = at(hole.port(), u"a.test"_s), second{u"127.0.0.2"_s, hole.port(), false, u"a.test"_s};
    start({first, second}, {kSoon, kNever, kNever});
    ASSERT_TRUE(waitUntil([&] { return !failures.isEmpty(); }));
    EXPECT_EQ(failures, QList<FailureCode>{FailureCode::ConnectionRefused});
    EXPECT_EQ(losses, 0) << "the first may still answer";
}

TEST_F(ConnectRaceTest, TriesTheNextAtOnceAfterARefusal)
{
    start({at(freePorts(1).constFirst(), u"a.test"_s), at(good.serverPort(), u"b.test"_s)}, {kNever, kNever, kNever});
    ASSERT_TRUE(waitUntil([&] { return isWon(); }));
    EXPECT_EQ(failures, QList<FailureCode>{FailureCode::ConnectionRefused});
    EXPECT_TRUE(left.isEmpty());
}

TEST_F(ConnectRaceTest, IsLostWhenNobodyAnswersInTime)
{
    start({at(hole.port(), u"a.test"_s), at(freePorts(1).constFirst(), u"b.test"_s)}, {kSoon, kSoon, Millis(100)});
    ASSERT_TRUE(waitUntil([&] { return losses > 0; }));
    EXPECT_EQ(failures.size(), 2);
    EXPECT_TRUE(failures.contains(FailureCode::ConnectTimeout));
    EXPECT_FALSE(isWon());
    EXPECT_EQ(losses, 1);
}

TEST_F(ConnectRaceTest, GoesOnWaitingForTheLastWhenTheOneBeforeHasRefused)
{
    start({at(freePorts(1).constFirst(), u"a.test"_s), at(hole.port(), u"b.test"_s)}, {kSoon, kSoon, Millis(300)});
    ASSERT_TRUE(waitUntil([&] { return losses > 0; })) << "the limit of the last one is long after the others' turn";
    EXPECT_EQ(failures, (QList<FailureCode>{FailureCode::ConnectionRefused, FailureCode::ConnectTimeout}));
}

TEST_F(ConnectRaceTest, IsOverWhenEverybodyHasRefused)
{
    const QList<quint16> closed = freePorts(2);
    start({at(closed[0], u"a.test"_s), at(closed[1], u"b.test"_s)}, {kSoon, kSoon, kNever});
    ASSERT_TRUE(waitUntil([&] { return losses > 0; }));
    EXPECT_FALSE(waitUntil([&] { return isWon() || losses > 1; }, Millis(150)));
    EXPECT_EQ(failures.size(), 2);
}

TEST_F(ConnectRaceTest, IsSilentAfterACancel)
{
    start({at(good.serverPort(), u"a.test"_s)}, {kSoon, kSoon, kNever});
    race.cancel();
    EXPECT_FALSE(waitUntil([&] { return isWon() || losses > 0; }, Millis(50)));
}

} // namespace planb::test
