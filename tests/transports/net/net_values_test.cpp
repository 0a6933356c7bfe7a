// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/net/endpoint.h"
#include "transports/net/proxy.h"
#include "transports/net/socket_failure.h"

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;
using net::ConnectStage;
using Socket = QAbstractSocket;

FailureCode codeFor(Socket::SocketError error, ConnectStage stage)
{
    return net::failureOf(error, stage, u"192.0.2.1:5222"_s, u"words"_s).code;
}

} // namespace

TEST(SocketFailure, BlamesTheRightPartyForAConnectionThatFails)
{
    const std::pair<Socket::SocketError, FailureCode> table[] = {
        {Socket::ConnectionRefusedError, FailureCode::ConnectionRefused},
        {Socket::HostNotFoundError, FailureCode::HostNotFound},
        {Socket::NetworkError, FailureCode::NetworkUnreachable},
        {Socket::SocketAccessError, FailureCode::NetworkUnreachable},
        {Socket::SocketTimeoutError, FailureCode::ConnectTimeout},
        {Socket::RemoteHostClosedError, FailureCode::ConnectionLost},
        {Socket::ProxyAuthenticationRequiredError, FailureCode::ProxyFailed},
        {Socket::ProxyConnectionRefusedError, FailureCode::ProxyFailed},
        {Socket::ProxyConnectionClosedError, FailureCode::ProxyFailed},
        {Socket::ProxyConnectionTimeoutError, FailureCode::ProxyFailed},
        {Socket::ProxyNotFoundError, FailureCode::ProxyFailed},
        {Socket::ProxyProtocolError, FailureCode::ProxyFailed},
    };
    for (const auto &[error, code] : table)
        EXPECT_EQ(codeFor(error, ConnectStage::Tcp), code) << error;
}

TEST(SocketFailure, CallsALostConnectionThatWhateverTheErrorIs)
{
    for (const auto error :
         {Socket::RemoteHostClosedError, Socket::NetworkError, Socket::SocketTimeoutError, Socket::UnknownSocketError})
        EXPECT_EQ(codeFor(error, ConnectStage::Session), FailureCode::ConnectionLost) << error;
}

TEST(SocketFailure, TellsTlsTroubleFromAConnectionThatEnds)
{
    EXPECT_EQ(codeFor(Socket::SslHandshakeFailedError, ConnectStage::Tls), FailureCode::TlsFailed);
    EXPECT_EQ(codeFor(Socket::SslInternalError, ConnectStage::Session), FailureCode::TlsFailed);
    EXPECT_EQ(codeFor(Socket::RemoteHostClosedError, ConnectStage::Tls), FailureCode::TlsFailed);
    EXPECT_EQ(codeFor(Socket::NetworkError, ConnectStage::Tls), FailureCode::ConnectionLost);
}

TEST(SocketFailure, SaysWhatIsWrongWithACertificate)
{
    const std::pair<QSslError::SslError, QString> table[] = {
        {QSslError::CertificateExpired, u"expired"_s},
        {QSslError::CertificateNotYetValid, u"clock"_s},
        {QSslError::HostNameMismatch, u"example.org"_s},
        {QSslError::SelfSignedCertificate, u"signed by itself"_s},
        {QSslError::UnableToGetLocalIssuerCertificate, u"issuer"_s},
        {QSslError::CertificateRevoked, u"revoked"_s},
    };
    for (const auto &[error, words] : table) {
        const Failure failure = net::failureOf({QSslError(error)}, u"example.org"_s);
        EXPECT_EQ(failure.code, FailureCode::CertificateUntrusted) << error;
        EXPECT_TRUE(failure.detail.contains(words)) << failure.detail.toStdString();
    }
    EXPECT_EQ(net::failureOf({QSslError(QSslError::UnspecifiedError)}, u"x"_s).code, FailureCode::TlsFailed);
    EXPECT_EQ(net::failureOf(QList<QSslError>(), u"x"_s).code, FailureCode::TlsFailed);
}

TEST(SocketFailure, NamesTheGravestReasonOfSeveral)
{
    const Failure failure = net::failureOf(
        {QSslError(QSslError::HostNameMismatch), QSslError(QSslError::UnableToGetLocalIssuerCertificate)}, u"x"_s);
    EXPECT_TRUE(failure.detail.contains(u"issuer"));
}

TEST(Proxy, ReadsBothKinds)
{
    const auto socks = net::parseProxy(u"socks5://127.0.0.1:9050");
    ASSERT_TRUE(socks);
    EXPECT_EQ(socks->type(), QNetworkProxy::Socks5Proxy);
    EXPECT_EQ(socks->hostName(), u"127.0.0.1"_s);
    EXPECT_EQ(socks->port(), 9050);
    EXPECT_TRUE(socks->capabilities() & QNetworkProxy::HostNameLookupCapability);
    const auto http = net::parseProxy(u" http://user:p%40ss@proxy.example:3128/ ");
    ASSERT_TRUE(http);
    EXPECT_EQ(http->type(), QNetworkProxy::HttpProxy);
    EXPECT_EQ(http->user(), u"user"_s);
    EXPECT_EQ(http->password(), u"p@ss"_s);
    EXPECT_EQ(net::parseProxy(u"socks5://[::1]:1080")->hostName(), u"::1"_s);
}

TEST(Proxy, IsExplicitlyNoneWhenEmpty)
{
    EXPECT_EQ(net::parseProxy(u"  ")->type(), QNetworkProxy::NoProxy);
}

TEST(Proxy, RefusesWhatItDoesNotUnderstand)
{
    for (const char16_t *text :
         {u"127.0.0.1:9050", u"socks4://h:1", u"https://h:1", u"socks5://h", u"socks5://:1", u"socks5://h:0",
          u"socks5://h:99999", u"http://h:1/path", u"http://h:1?x", u"socks5:h:1"}) {
        const auto proxy = net::parseProxy(text);
        ASSERT_FALSE(proxy) << QString::fromUtf16(text).toStdString();
        EXPECT_EQ(proxy.error().code, FailureCode::InvalidArgument);
    }
}

TEST(Endpoint, IsShownWithBracketsAroundIpv6)
{
    EXPECT_EQ(net::describe({u"192.0.2.1"_s, 5222, false}), u"192.0.2.1:5222"_s);
    EXPECT_EQ(net::describe({u"2001:db8::1"_s, 5223, true}), u"[2001:db8::1]:5223"_s);
}

} // namespace planb::test
