// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/server_memory.h"

#include <gtest/gtest.h>

#include <QJsonArray>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using xmpp::isRenewal;
using xmpp::ServerCertificate;
using xmpp::ServerMemory;

const WallTime kNow = wallFromMillis(1'800'000'000'000);

net::Endpoint endpoint(const QString &host, quint16 port = 5222)
{
    return {host, port, false, u"xmpp.example.org"_s};
}

/// Issued by this organisation for 90 days, `age` ago.
ServerCertificate certificate(const QByteArray &key, const QString &issuer, std::chrono::hours age)
{
    return {key, issuer, kNow - age, kNow - age + 90 * 24h};
}

ServerMemory reread(const ServerMemory &memory)
{
    return ServerMemory::parse(memory.toJson());
}

} // namespace

TEST(ServerMemory, KeepsAddressesOverRestartsForThirtyDays)
{
    ServerMemory memory;
    EXPECT_TRUE(memory.lastGood(kNow).isEmpty());
    memory.reached({endpoint(u"192.0.2.1"_s), endpoint(u"2001:db8::1"_s, 5223), endpoint(u"192.0.2.1"_s)}, kNow);
    const ServerMemory later = reread(memory);
    EXPECT_EQ(later, memory);
    EXPECT_EQ(later.lastGood(kNow + 30 * 24h),
              (QList<net::Endpoint>{endpoint(u"192.0.2.1"_s), endpoint(u"2001:db8::1"_s, 5223)}));
    EXPECT_EQ(later.lastGood(kNow)[0].name, u"xmpp.example.org"_s);
    EXPECT_TRUE(later.lastGood(kNow + 30 * 24h + 1s).isEmpty());
}

TEST(ServerMemory, KeepsNoNamesAndNotTooManyAddresses)
{
    ServerMemory memory;
    memory.reached({endpoint(u"xmpp.example.org"_s)}, kNow);
    EXPECT_TRUE(memory.lastGood(kNow).isEmpty()) << "names are what could not be looked up";
    QList<net::Endpoint> many;
    for (int i = 1; i < 50; ++i)
        many.append(endpoint(u"192.0.2.%1"_s.arg(i)));
    memory.reached(many, kNow);
    EXPECT_EQ(memory.lastGood(kNow), many.first(ServerMemory::kMaxAddresses));
}

TEST(ServerMemory, IsWrittenOnceADayWhileNothingChanges)
{
    ServerMemory memory;
    memory.reached({endpoint(u"192.0.2.1"_s)}, kNow);
    const ServerMemory before = memory;
    memory.reached({endpoint(u"192.0.2.1"_s)}, kNow + 23h);
    EXPECT_EQ(memory, before);
    memory.reached({endpoint(u"192.0.2.1"_s)}, kNow + 25h);
    EXPECT_FALSE(memory == before);
}

TEST(ServerMemory, WarnsWhileTheLoginIsWeakerThanItWas)
{
    ServerMemory memory;
    memory.loggedIn(u"SCRAM-SHA-256"_s, {}, kNow);
    EXPECT_TRUE(memory.warnings(kNow).isEmpty());
    memory.loggedIn(u"SCRAM-SHA-1"_s, {}, kNow + 1h);
    memory.loggedIn(u"SCRAM-SHA-1"_s, {}, kNow + 2h);
    const auto warnings = reread(memory).warnings(kNow + 400 * 24h);
    ASSERT_EQ(warnings.size(), 1);
    EXPECT_EQ(warnings[0].code, LinkWarning::Code::LoginWeakened);
    EXPECT_EQ(warnings[0].since, kNow + 1h);
    EXPECT_EQ(memory.strongestLogin(), u"SCRAM-SHA-256"_s);
    memory.loggedIn(u"SCRAM-SHA-512"_s, {}, kNow + 3h);
    EXPECT_TRUE(memory.warnings(kNow + 3h).isEmpty());
    EXPECT_EQ(reread(memory).strongestLogin(), u"SCRAM-SHA-512"_s);
}

TEST(ServerMemory, MakesTheBestOfDamagedNotes)
{
    const QJsonObject damaged{
        {u"addresses"_s,
         QJsonArray{QJsonObject{{u"host"_s, u"evil.example"_s}, {u"port"_s, 5222}},
                    QJsonObject{{u"host"_s, u"192.0.2.1"_s}, {u"port"_s, 70'000}}, 7, u"x"_s,
                    QJsonObject{{u"host"_s, u"192.0.2.2"_s}, {u"port"_s, 5222}}}},
        {u"reachedAt"_s, -1e300},
        {u"strongest"_s, u"TELEPATHY"_s},
        {u"certificates"_s, QJsonArray{QJsonObject{{u"key"_s, u"00"_s}}, true}},
        {u"replacedAt"_s, 1e300},
    };
    const ServerMemory memory = ServerMemory::parse(damaged);
    EXPECT_TRUE(memory.lastGood(kNow).isEmpty());
    EXPECT_EQ(memory.lastGood(WallTime()).size(), 1);
    EXPECT_EQ(memory.strongestLogin(), QString());
    EXPECT_EQ(ServerMemory::parse({}), ServerMemory());
}

TEST(ServerCertificate, IsRenewedByTheSameIssuerLateOrWithTheSameKey)
{
    const auto old = certificate("k1", u"Let's Encrypt"_s, 60 * 24h);
    EXPECT_TRUE(isRenewal(old, certificate("k2", u"Let's Encrypt"_s, 0h), kNow));
    EXPECT_TRUE(isRenewal(old, certificate("k1", u"Somebody Else"_s, 0h), kNow));
    EXPECT_FALSE(isRenewal(old, certificate("k2", u"Somebody Else"_s, 0h), kNow));
    const auto young = certificate("k1", u"Let's Encrypt"_s, 10 * 24h);
    EXPECT_FALSE(isRenewal(young, certificate("k2", u"Let's Encrypt"_s, 0h), kNow));
    EXPECT_TRUE(isRenewal(young, certificate("k1", u"Let's Encrypt"_s, 0h), kNow));
}

TEST(ServerCertificate, IsNothingWithoutACertificate)
{
    EXPECT_FALSE(ServerCertificate::of({}));
    EXPECT_FALSE(ServerCertificate::of("\x30\x03\x02\x01\x00"));
}

} // namespace planb::test
