// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/free_ports.h"
#include "tests/testkit/test_ca.h"
#include "tests/testkit/wait_until.h"
#include "tests/transports/net/tls_server.h"
#include "transports/net/session_runner.h"

#include <gtest/gtest.h>

#include <QTemporaryDir>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;
using net::Command;
using net::Endpoint;

/// A dialogue of one word at a time: "TLS" begins encryption, "UP" has proved itself, "NO" is a refused login,
/// "BYE" the end in good order, "GO 1234" means that the service is at that port. Greets whoever it reaches.
class WordSession final : public net::Session
{
public:
    void onConnected(bool encrypts, MonoTime) override
    {
        ++connects;
        commands.clear();
        wake.reset();
        if (!encrypts)
            say("HELLO ");
    }
    void onEncrypted(const net::TlsFacts &facts, MonoTime) override
    {
        tls = facts;
        say("SECRET ");
    }
    void onBytes(QByteArrayView bytes, MonoTime now) override
    {
        heard += bytes;
        deepest = std::max(deepest, ++unfinished);
        if (answersAlways)
            say("YES ");
        if (bytes.contains(QByteArrayView("TLS")))
            commands.push_back(net::StartTls());
        if (bytes.contains(QByteArrayView("UP")))
            commands.push_back(net::Established());
        if (bytes.contains(QByteArrayView("NO")))
            commands.push_back(net::Abort{{FailureCode::AuthenticationFailed, {}, {}}});
        if (bytes.contains(QByteArrayView("BROKEN")))
            commands.push_back(net::Abort{{FailureCode::ProtocolError, {}, {}}});
        if (bytes.contains(QByteArrayView("WAKE")))
            wake = now + Micros(5'000);
        if (bytes.startsWith(QByteArrayView("GO ")))
            commands.push_back(net::Redirect{u"127.0.0.1"_s, bytes.sliced(3).toByteArray().toUShort()});
        if (bytes.contains(QByteArrayView("BYE"))) {
            say("GOODBYE");
            commands.push_back(net::Finish());
        }
    }
    void onClosed(const Failure &failure, MonoTime) override { closed = failure; }
    void onTimer(MonoTime) override
    {
        wake.reset();
        say("AWAKE ");
    }
    std::vector<Command> takeCommands() override { return std::exchange(commands, {}); }
    std::optional<MonoTime> wakeAt() const override
    {
        unfinished = 0; // asked when the bytes have been dealt with
        return wake;
    }
    bool wantsBytes() const override { return !isFull; }

    void say(const QByteArray &word) { commands.push_back(net::WriteBytes{word}); }

    bool isFull = false;
    bool answersAlways = false;
    mutable int unfinished = 0;
    int deepest = 0; ///< so many onBytes() began before one of them was dealt with
    int connects = 0;
    QByteArray heard;
    std::optional<net::TlsFacts> tls;
    std::optional<Failure> closed;
    std::optional<MonoTime> wake;
    std::vector<Command> commands;
};

class SessionRunnerTest : public testing::Test
{
protected:
    static void SetUpTestSuite()
    {
        s_folder = std::make_unique<QTemporaryDir>();
        const auto ca = TestCa::make(s_folder->filePath(u"ca"_s));
        const auto otherCa = TestCa::make(s_folder->filePath(u"other"_s));
        ASSERT_TRUE(ca && otherCa) << "openssl is needed for the certificates of the test servers";
        s_caFile = ca->file();
        s_otherCaFile = otherCa->file();
        s_good = *ca->issue(u"good"_s, {u"example.test"_s});
        s_wrongName = *ca->issue(u"wrong"_s, {u"other.test"_s});
        s_expired = *ca->issue(u"expired"_s, {u"example.test"_s}, TestCa::Validity::Expired);
        s_foreign = *otherCa->issue(u"foreign"_s, {u"example.test"_s});
    }
    static void TearDownTestSuite() { s_folder.reset(); }

    SessionRunnerTest()
    {
        QObject::connect(&runner, &net::SessionRunner::stepped, &runner,
                         [this](const ConnectStep &step) { steps.append(step); });
        QObject::connect(&runner, &net::SessionRunner::closed, &runner, [this](const std::optional<Failure> &failure) {
            ++closings;
            lastFailure = failure;
        });
    }

    net::ConnectOptions options(const QList<Endpoint> &endpoints)
    {
        net::ConnectOptions result;
        result.endpoints = endpoints;
        result.peerName = u"example.test"_s;
        result.caFile = s_caFile;
        result.applicationProtocols = {"xmpp-client"};
        return result;
    }
    static Endpoint at(const TlsServer &server, bool directTls = false)
    {
        return {server.host(), server.serverPort(), directTls};
    }
    static Endpoint closedEndpoint() { return {u"127.0.0.1"_s, freePorts(1).constFirst(), false}; }

    bool open(const TlsServer &server, bool directTls = false)
    {
        runner.open(options({at(server, directTls)}));
        return waitUntil([this] { return session.tls || closings > 0; });
    }
    bool waitForEnd()
    {
        return waitUntil([this] { return closings > 0; });
    }
    FailureCode code() const { return lastFailure ? lastFailure->code : FailureCode::Cancelled; }
    QString detail() const { return lastFailure ? lastFailure->detail : QString(); }

    static inline std::unique_ptr<QTemporaryDir> s_folder;
    static inline QString s_caFile, s_otherCaFile;
    static inline TestCertificate s_good, s_wrongName, s_expired, s_foreign;

    SystemClock clock;
    WordSession session;
    net::SessionRunner runner{session, clock};
    QList<ConnectStep> steps;
    int closings = 0;
    std::optional<Failure> lastFailure;
};

// Answers a greeting with the consent to TLS, and encrypts.
void offerStartTls(TlsServer &server)
{
    server.onBytes = [](QSslSocket &socket, const QByteArray &bytes) {
        if (bytes.contains("HELLO")) {
            socket.write("TLS ");
            socket.flush();
            socket.startServerEncryption();
        }
    };
}

} // namespace

TEST_F(SessionRunnerTest, EncryptsWhenTheSessionSaysSo)
{
    TlsServer server(s_good);
    offerStartTls(server);
    ASSERT_TRUE(open(server));
    ASSERT_TRUE(session.tls) << detail().toStdString();
    EXPECT_EQ(session.tls->protocol, u"TLSv1.3"_s);
    EXPECT_FALSE(session.tls->cipher.isEmpty());
    EXPECT_EQ(session.tls->certificate, QSslCertificate::fromPath(s_good.certificateFile).constFirst().toDer());
    ASSERT_TRUE(waitUntil([&] { return server.received.contains("SECRET"); }));
    ASSERT_EQ(steps.size(), 2);
    EXPECT_EQ(steps[0].name, ConnectStep::Name::Connect);
    EXPECT_EQ(steps[0].detail, net::describe(at(server)));
    EXPECT_EQ(steps[1].name, ConnectStep::Name::Tls);
    EXPECT_TRUE(steps[1].detail.startsWith(u"TLSv1.3"));
}

TEST_F(SessionRunnerTest, EncryptsFromTheFirstByteAndOffersAProtocolByName)
{
    TlsServer server(s_good);
    server.directTls = true;
    server.protocols = {"xmpp-client"};
    ASSERT_TRUE(open(server, true));
    ASSERT_TRUE(session.tls) << detail().toStdString();
    ASSERT_TRUE(waitUntil([&] { return server.received.contains("SECRET"); }));
    EXPECT_FALSE(server.received.contains("HELLO"));
    EXPECT_EQ(server.connection->sslConfiguration().nextNegotiatedProtocol(), "xmpp-client");
}

// What a session cannot take yet stays with whoever sends it: nothing piles up here, and nothing is lost.
TEST_F(SessionRunnerTest, LeavesUnreadWhatTheSessionDoesNotWantYet)
{
    constexpr qsizetype kAll = 16 * 1024 * 1024;
    TlsServer server(s_good);
    server.directTls = true;
    ASSERT_TRUE(open(server, true));
    ASSERT_TRUE(waitUntil([&] { return server.received.contains("SECRET"); }));
    session.isFull = true;
    server.connection->write(QByteArray(kAll, 'x'));
    qint64 left = -1;
    const auto hasStalled = [&] {
        const qint64 before = std::exchange(
            left, server.connection->bytesToWrite() + server.connection->encryptedBytesToWrite());
        return before == left && left < kAll;
    };
    ASSERT_TRUE(waitUntil(hasStalled));
    EXPECT_TRUE(session.heard.isEmpty());
    session.isFull = false;
    runner.pump();
    ASSERT_TRUE(waitUntil([&] { return session.heard.size() == kAll; }));
}

// A server with much to say, to whom each piece is answered, must not lead one reading into the next for ever.
TEST_F(SessionRunnerTest, DealsWithWhatItReadBeforeItReadsOn)
{
    constexpr int kPieces = 20'000;
    const QByteArray piece(300, 'x');
    TlsServer server(s_good);
    server.directTls = true;
    ASSERT_TRUE(open(server, true));
    ASSERT_TRUE(waitUntil([&] { return server.received.contains("SECRET"); }));
    session.answersAlways = true;
    for (int i = 0; i < kPieces; ++i) {
        server.connection->write(piece);
        server.connection->flush();
    }
    ASSERT_TRUE(waitUntil([&] { return session.heard.size() == kPieces * piece.size(); }));
    EXPECT_LE(session.deepest, 1);
}

TEST_F(SessionRunnerTest, DoesNotInsistOnTheProtocolsName)
{
    TlsServer server(s_good);
    server.directTls = true;
    ASSERT_TRUE(open(server, true));
    EXPECT_TRUE(session.tls);
}

TEST_F(SessionRunnerTest, AcceptsTls12AndNothingOlder)
{
    TlsServer server(s_good);
    server.directTls = true;
    server.configuration.setProtocol(QSsl::TlsV1_2);
    ASSERT_TRUE(open(server, true));
    ASSERT_TRUE(session.tls) << detail().toStdString();
    EXPECT_EQ(session.tls->protocol, u"TLSv1.2"_s);

    session.tls.reset();
    TlsServer old(s_good);
    old.directTls = true;
    QT_WARNING_PUSH
    QT_WARNING_DISABLE_DEPRECATED
    old.configuration.setProtocol(QSsl::TlsV1_1);
    QT_WARNING_POP
    ASSERT_TRUE(open(old, true));
    EXPECT_FALSE(session.tls);
    EXPECT_EQ(code(), FailureCode::TlsFailed);
}

TEST_F(SessionRunnerTest, RefusesCertificatesItCannotTrustAndSaysWhy)
{
    const std::pair<TestCertificate, QString> table[] = {
        {s_foreign, u"issuer"_s},
        {s_wrongName, u"another name than example.test"_s},
        {s_expired, u"expired"_s},
    };
    for (const auto &[certificate, words] : table) {
        TlsServer server(certificate);
        server.directTls = true;
        runner.open(options({at(server, true)}));
        ASSERT_TRUE(waitForEnd());
        EXPECT_EQ(code(), FailureCode::CertificateUntrusted);
        EXPECT_TRUE(detail().contains(words)) << detail().toStdString();
        EXPECT_FALSE(session.tls);
        EXPECT_FALSE(server.received.contains("SECRET"));
        closings = 0;
    }
}

TEST_F(SessionRunnerTest, TrustsOnlyTheGivenIssuers)
{
    TlsServer server(s_good);
    server.directTls = true;
    for (const QString &file : {s_otherCaFile, s_folder->filePath(u"missing.pem"_s), s_good.keyFile}) {
        net::ConnectOptions wrong = options({at(server, true)});
        wrong.caFile = file;
        runner.open(wrong);
        ASSERT_TRUE(waitForEnd());
        EXPECT_EQ(code(), FailureCode::CertificateUntrusted) << file.toStdString();
        closings = 0;
    }
    // Without a file the system's issuers count, and ours is none of them.
    net::ConnectOptions system = options({at(server, true)});
    system.caFile.clear();
    runner.open(system);
    ASSERT_TRUE(waitForEnd());
    EXPECT_EQ(code(), FailureCode::CertificateUntrusted);
}

TEST_F(SessionRunnerTest, ReportsARefusedConnection)
{
    runner.open(options({closedEndpoint()}));
    ASSERT_TRUE(waitForEnd());
    EXPECT_EQ(code(), FailureCode::ConnectionRefused);
    EXPECT_EQ(session.connects, 0);
    ASSERT_TRUE(session.closed);
    EXPECT_EQ(session.closed->code, FailureCode::ConnectionRefused);
}

TEST_F(SessionRunnerTest, ReportsAHandshakeThatIsCutOrGarbage)
{
    TlsServer cut(s_good);
    cut.onBytes = [](QSslSocket &socket, const QByteArray &) { socket.abort(); };
    runner.open(options({at(cut, true)}));
    ASSERT_TRUE(waitForEnd());
    EXPECT_EQ(code(), FailureCode::TlsFailed);

    closings = 0;
    TlsServer garbage(s_good);
    garbage.onConnected = [](QSslSocket &socket) { socket.write("220 this is not TLS\r\n"); };
    runner.open(options({at(garbage, true)}));
    ASSERT_TRUE(waitForEnd());
    EXPECT_EQ(code(), FailureCode::TlsFailed);
}

TEST_F(SessionRunnerTest, GivesUpOnAServerThatFreezesAndSaysWhere)
{
    TlsServer silent(s_good);
    const std::pair<bool, QString> table[] = {{false, u"while logging in"_s}, {true, u"during the TLS handshake"_s}};
    for (const auto &[directTls, words] : table) {
        net::ConnectOptions hasty = options({at(silent, directTls)});
        hasty.connectTimeout = Millis(50);
        runner.open(hasty);
        ASSERT_TRUE(waitForEnd());
        EXPECT_EQ(code(), FailureCode::ConnectTimeout);
        EXPECT_TRUE(detail().contains(words)) << detail().toStdString();
        closings = 0;
    }
}

TEST_F(SessionRunnerTest, ForgetsTheTimeLimitOnceTheSessionIsUp)
{
    TlsServer server(s_good);
    server.onConnected = [](QSslSocket &socket) { socket.write("UP "); };
    net::ConnectOptions hasty = options({at(server)});
    hasty.connectTimeout = Millis(100);
    runner.open(hasty);
    ASSERT_TRUE(waitUntil([&] { return session.heard.contains("UP"); }));
    EXPECT_FALSE(waitUntil([&] { return closings > 0; }, Millis(200)));
}

TEST_F(SessionRunnerTest, TriesTheNextEndpointAfterAFailure)
{
    TlsServer untrusted(s_foreign), good(s_good);
    untrusted.directTls = good.directTls = true;
    runner.open(options({closedEndpoint(), at(untrusted, true), at(good, true)}));
    ASSERT_TRUE(waitUntil([&] { return session.tls.has_value(); })) << detail().toStdString();
    EXPECT_EQ(untrusted.connections, 1);
    EXPECT_EQ(closings, 0);
}

TEST_F(SessionRunnerTest, ReportsTheMostTellingFailureOfAllEndpoints)
{
    TlsServer untrusted(s_foreign);
    untrusted.directTls = true;
    runner.open(options({closedEndpoint(), at(untrusted, true), closedEndpoint()}));
    ASSERT_TRUE(waitForEnd());
    EXPECT_EQ(code(), FailureCode::CertificateUntrusted);
}

TEST_F(SessionRunnerTest, DoesNotTryARefusedLoginElsewhere)
{
    TlsServer first(s_good), second(s_good);
    first.onConnected = [](QSslSocket &socket) { socket.write("NO "); };
    runner.open(options({at(first), at(second)}));
    ASSERT_TRUE(waitForEnd());
    EXPECT_EQ(code(), FailureCode::AuthenticationFailed);
    EXPECT_EQ(second.connections, 0);
}

TEST_F(SessionRunnerTest, DoesNotReconnectByItself)
{
    TlsServer server(s_good);
    server.onConnected = [](QSslSocket &socket) { socket.write("UP "); };
    runner.open(options({at(server), at(server)}));
    ASSERT_TRUE(waitUntil([&] { return session.heard.contains("UP"); }));
    server.connection->abort();
    ASSERT_TRUE(waitForEnd());
    EXPECT_EQ(code(), FailureCode::ConnectionLost);
    EXPECT_EQ(server.connections, 1);
}

TEST_F(SessionRunnerTest, HearsTheLastWordsOfAConnection)
{
    TlsServer server(s_good);
    server.onBytes = [](QSslSocket &socket, const QByteArray &) {
        socket.write("BROKEN ");
        socket.disconnectFromHost();
    };
    runner.open(options({at(server)}));
    ASSERT_TRUE(waitForEnd());
    EXPECT_EQ(code(), FailureCode::ProtocolError);
}

TEST_F(SessionRunnerTest, SaysGoodbyeAndLetsTheServerClose)
{
    TlsServer server(s_good);
    server.onConnected = [](QSslSocket &socket) { socket.write("UP BYE "); };
    int departures = 0;
    QObject::connect(&runner, &net::SessionRunner::left, &runner, [&] { ++departures; });
    runner.open(options({at(server)}));
    ASSERT_TRUE(waitForEnd());
    EXPECT_FALSE(lastFailure);
    EXPECT_FALSE(session.closed);
    ASSERT_TRUE(waitUntil([&] { return server.received.contains("GOODBYE"); }));
    EXPECT_TRUE(runner.isLeaving());
    EXPECT_EQ(departures, 0);
    server.connection->write("so long");
    server.connection->disconnectFromHost();
    EXPECT_TRUE(waitUntil([&] { return departures == 1; }));
    EXPECT_FALSE(runner.isLeaving());
}

TEST_F(SessionRunnerTest, ClosesAfterAWhileWhereTheServerDoesNot)
{
    TlsServer server(s_good);
    server.onConnected = [](QSslSocket &socket) { socket.write("UP BYE "); };
    runner.open(options({at(server)}));
    ASSERT_TRUE(waitForEnd());
    EXPECT_TRUE(waitUntil([&] { return server.connection->state() == QAbstractSocket::UnconnectedState; }));
    EXPECT_FALSE(runner.isLeaving());
}

TEST_F(SessionRunnerTest, WakesTheSessionInTime)
{
    TlsServer server(s_good);
    server.onConnected = [](QSslSocket &socket) { socket.write("UP WAKE "); };
    runner.open(options({at(server)}));
    EXPECT_TRUE(waitUntil([&] { return server.received.contains("AWAKE"); }));
}

TEST_F(SessionRunnerTest, WritesAtOnceWhenPumped)
{
    TlsServer server(s_good);
    server.onConnected = [](QSslSocket &socket) { socket.write("UP "); };
    runner.open(options({at(server)}));
    ASSERT_TRUE(waitUntil([&] { return session.heard.contains("UP"); }));
    session.say("NOW");
    runner.pump();
    // Already with the kernel: the peer reads it without our event loop turning.
    ASSERT_TRUE(server.connection->waitForReadyRead(static_cast<int>(kPatience.count())));
    EXPECT_TRUE(server.received.contains("NOW"));
}

TEST_F(SessionRunnerTest, IsQuietAfterDrop)
{
    TlsServer server(s_good);
    server.onConnected = [](QSslSocket &socket) { socket.write("UP "); };
    runner.open(options({at(server)}));
    ASSERT_TRUE(waitUntil([&] { return session.heard.contains("UP"); }));
    runner.drop();
    ASSERT_TRUE(waitUntil([&] { return server.connection->state() == QAbstractSocket::UnconnectedState; }));
    EXPECT_EQ(closings, 0);
    EXPECT_FALSE(session.closed);
    // And ready for another connection.
    session.heard.clear();
    runner.open(options({at(server)}));
    EXPECT_TRUE(waitUntil([&] { return session.heard.contains("UP"); }));
}

TEST_F(SessionRunnerTest, GoesWhereTheSessionIsSent)
{
    TlsServer first(s_good), second(s_good);
    second.onConnected = [](QSslSocket &socket) { socket.write("UP "); };
    first.onConnected = [&](QSslSocket &socket) { socket.write("GO " + QByteArray::number(second.serverPort())); };
    runner.open(options({at(first)}));
    EXPECT_TRUE(waitUntil([&] { return session.heard.contains("UP"); }));
    EXPECT_EQ(session.connects, 2);
}

} // namespace planb::test
