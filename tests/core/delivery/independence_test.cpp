// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/delivery/independence.h"

#include "core/delivery/address_range.h"

#include <gtest/gtest.h>

namespace planb::delivery {

static void PrintTo(const SharedFooting &shared, std::ostream *out)
{
    *out << nameOf(shared.what).toStdString() << ' ' << shared.name.toStdString();
    for (const TransportId id : shared.transports)
        *out << ' ' << id.toString().toStdString();
}

namespace {

using namespace Qt::StringLiterals;
using What = SharedFooting::What;

/// Transports t1, t2, … in this order.
class Chain
{
public:
    Chain &xmpp(const QString &domain, const QStringList &hosts = {})
    {
        return add(TransportKind::Xmpp, domain, hosts);
    }
    Chain &add(TransportKind kind, const QString &domain = {}, const QStringList &hosts = {})
    {
        m_chain.push_back({TransportId(static_cast<qint64>(m_chain.size()) + 1), kind, domain, hosts});
        return *this;
    }
    Independence look() const { return independenceOf(m_chain); }

private:
    std::vector<Footing> m_chain;
};

SharedFooting shared(What what, const QString &name, std::initializer_list<int> transports)
{
    SharedFooting footing{what, name, {}};
    for (const int id : transports)
        footing.transports.push_back(TransportId(id));
    return footing;
}

using Shared = std::vector<SharedFooting>;

TEST(Independence, OfAnEmptyChainIsNone)
{
    EXPECT_EQ(Chain().look().routes, 0);
}

TEST(Independence, CountsAccountsOfDifferentDomains)
{
    const Independence found = Chain().xmpp(u"primary.test"_s).xmpp(u"backup.test"_s).look();
    EXPECT_EQ(found.routes, 2);
    EXPECT_EQ(found.shared, Shared());
}

TEST(Independence, CountsTwoServersOfOneDomainOnce)
{
    const Independence found = Chain().xmpp(u"a.example.org"_s).xmpp(u"b.example.org"_s).look();
    EXPECT_EQ(found.routes, 1);
    EXPECT_EQ(found.shared, Shared{shared(What::Domain, u"example.org"_s, {1, 2})});
}

TEST(Independence, SeesThatTwoDomainsAreServedByOneOperator)
{
    const Independence found = Chain()
                                   .xmpp(u"family.test"_s, {u"xmpp1.hoster.example"_s})
                                   .xmpp(u"club.test"_s, {u"xmpp2.hoster.example"_s})
                                   .look();
    EXPECT_EQ(found.routes, 1);
    EXPECT_EQ(found.shared, Shared{shared(What::Operator, u"hoster.example"_s, {1, 2})});
}

TEST(Independence, SeesThatOneDomainIsServedByTheOperatorOfTheOther)
{
    const Independence found =
        Chain().xmpp(u"family.test"_s, {u"xmpp.hoster.example"_s}).xmpp(u"hoster.example"_s).look();
    EXPECT_EQ(found.routes, 1);
    EXPECT_EQ(found.shared, Shared{shared(What::Operator, u"hoster.example"_s, {1, 2})});
}

TEST(Independence, SeesOneRangeOfAddresses)
{
    const Independence near =
        Chain().xmpp(u"one.test"_s, {u"203.0.113.7"_s}).xmpp(u"two.test"_s, {u"203.0.113.200"_s}).look();
    EXPECT_EQ(near.routes, 1);
    EXPECT_EQ(near.shared, Shared{shared(What::AddressRange, u"203.0.113.0/24"_s, {1, 2})});
    EXPECT_EQ(Chain().xmpp(u"one.test"_s, {u"203.0.113.7"_s}).xmpp(u"two.test"_s, {u"203.0.114.7"_s}).look().routes, 2);
}

TEST(Independence, SeesOneRangeOfIpv6Addresses)
{
    const Independence near =
        Chain().xmpp(u"one.test"_s, {u"2001:DB8:1:2::5"_s}).xmpp(u"two.test"_s, {u"2001:db8:1:ffff::1%eth0"_s}).look();
    EXPECT_EQ(near.shared, Shared{shared(What::AddressRange, u"2001:db8:1::/48"_s, {1, 2})});
    EXPECT_EQ(Chain().xmpp(u"one.test"_s, {u"2001:db8:1::1"_s}).xmpp(u"two.test"_s, {u"2001:db8:2::1"_s}).look().routes,
              2);
}

TEST(Independence, TakesAnIpv4AddressForTheSameHoweverItIsReached)
{
    for (const QString &other : {u"::ffff:203.0.113.9"_s, u"64:ff9b::203.0.113.9"_s, u"64:ff9b::cb00:7109"_s}) {
        const Independence found = Chain().xmpp(u"one.test"_s, {u"203.0.113.7"_s}).xmpp(u"two.test"_s, {other}).look();
        EXPECT_EQ(found.routes, 1) << other.toStdString();
    }
}

TEST(Independence, DoesNotTakeLoopbackForEvidence)
{
    for (const QString &local : {u"127.0.0.1"_s, u"::1"_s, u"::ffff:127.0.0.1"_s, u"0.0.0.0"_s, u"::"_s}) {
        const Independence found = Chain().xmpp(u"one.test"_s, {local}).xmpp(u"two.test"_s, {local}).look();
        EXPECT_EQ(found.routes, 2) << local.toStdString();
        EXPECT_EQ(found.shared, Shared()) << local.toStdString();
    }
}

TEST(Independence, CountsEachOtherNetworkOnceBesideServers)
{
    const Independence found = Chain()
                                   .xmpp(u"one.test"_s)
                                   .add(TransportKind::Lan)
                                   .add(TransportKind::Lan)
                                   .add(TransportKind::Sms)
                                   .add(TransportKind::Email, u"mail.test"_s)
                                   .look();
    EXPECT_EQ(found.routes, 4);
    EXPECT_EQ(found.shared, Shared{shared(What::Network, u"lan"_s, {2, 3})});
}

TEST(Independence, ComparesMailWithTheOtherServers)
{
    const Independence found = Chain().xmpp(u"chat.example.org"_s).add(TransportKind::Email, u"example.org"_s).look();
    EXPECT_EQ(found.routes, 1);
}

// The one in the middle shares something with each of the others: leaving it out leaves two.
TEST(Independence, FindsTheLargestSetAndNotTheFirst)
{
    const Independence found = Chain()
                                   .xmpp(u"middle.test"_s, {u"198.51.100.1"_s, u"x.hoster.example"_s})
                                   .xmpp(u"left.test"_s, {u"198.51.100.2"_s})
                                   .xmpp(u"right.test"_s, {u"y.hoster.example"_s})
                                   .look();
    EXPECT_EQ(found.routes, 2);
    EXPECT_EQ(found.shared.size(), 2U);
}

// Each outer one shares with the hub alone, so all of them count.
TEST(Independence, CountsAllRaysOfAStar)
{
    Chain star;
    star.xmpp(
        u"hub.test"_s,
        {u"h.ray1.example"_s, u"h.ray2.example"_s, u"h.ray3.example"_s, u"h.ray4.example"_s, u"h.ray5.example"_s});
    for (int i = 1; i <= 5; ++i)
        star.xmpp(u"tip%1.test"_s.arg(i), {u"h.ray%1.example"_s.arg(i)});
    EXPECT_EQ(star.look().routes, 5);
}

// Five in a ring, each sharing with its two neighbours: nobody can be chosen without trying.
TEST(Independence, IsExactWhereNobodyHasFewNeighbours)
{
    Chain ring;
    for (int i = 0; i < 5; ++i) {
        const QStringList hosts{u"h.ring%1.example"_s.arg(i), u"h.ring%1.example"_s.arg((i + 1) % 5)};
        ring.xmpp(u"member%1.test"_s.arg(i), hosts);
    }
    EXPECT_EQ(ring.look().routes, 2);
}

TEST(Independence, StaysQuickForALongChain)
{
    Chain chain;
    for (int i = 0; i < 60; ++i)
        chain.xmpp(u"s%1.d%2.test"_s.arg(i).arg(i % 12), {u"h%1.o%2.example"_s.arg(i).arg(i % 15)});
    const Independence found = chain.look();
    EXPECT_GE(found.routes, 1);
    EXPECT_LE(found.routes, 12);
}

TEST(RegistrableDomain, IsTheLastTwoLabels)
{
    EXPECT_EQ(registrableDomain(u"xmpp.eu.example.org"_s), u"example.org"_s);
    EXPECT_EQ(registrableDomain(u"Example.ORG."_s), u"example.org"_s);
    EXPECT_EQ(registrableDomain(u"localhost"_s), u"localhost"_s);
    EXPECT_EQ(registrableDomain(u"203.0.113.7"_s), u"203.0.113.7"_s);
}

TEST(RegistrableDomain, IsTheLastThreeBelowACountrysSuffix)
{
    EXPECT_EQ(registrableDomain(u"talk.example.co.kr"_s), u"example.co.kr"_s);
    EXPECT_EQ(registrableDomain(u"talk.example.or.kr"_s), u"example.or.kr"_s);
    EXPECT_EQ(registrableDomain(u"talk.example.co.uk"_s), u"example.co.uk"_s);
    EXPECT_EQ(registrableDomain(u"co.kr"_s), u"co.kr"_s);
    EXPECT_EQ(registrableDomain(u"talk.co.example"_s), u"co.example"_s) << "no country has that ending";
}

TEST(RegistrableDomain, IsTheSameInBothSpellingsOfAName)
{
    EXPECT_EQ(registrableDomain(u"톡.한국.kr"_s), registrableDomain(u"xn--hn1b.xn--3e0b707e.kr"_s));
}

TEST(AddressRange, IsTheSameInEverySpellingOfAnAddress)
{
    const auto whole = ipAddressFrom(u"2001:DB8:0:0:0:0:C000:201");
    ASSERT_TRUE(whole);
    for (const QString &text : {u"2001:db8::c000:201"_s, u"2001:db8::192.0.2.1"_s, u"2001:db8:0:0::C000:0201"_s,
                                u"2001:0db8::c000:201%eth0"_s})
        EXPECT_EQ(ipAddressFrom(text), whole) << text.toStdString();
    EXPECT_EQ(addressRangeOf(*whole), u"2001:db8:0::/48"_s);
    EXPECT_EQ(addressRangeOf(ipAddressFrom(u"64:ff9b::192.0.2.1").value()), u"192.0.2.0/24"_s);
    EXPECT_EQ(addressRangeOf(ipAddressFrom(u"::2").value()), u"0:0:0::/48"_s);
}

TEST(AddressRange, IsNoneForWhatDoesNotLeadOut)
{
    for (const QString &text : {u"127.0.0.1"_s, u"0.0.0.0"_s, u"::1"_s, u"::"_s, u"::ffff:127.0.0.1"_s})
        EXPECT_EQ(addressRangeOf(ipAddressFrom(text).value()), std::nullopt) << text.toStdString();
}

TEST(SharedFooting, DiffersInEachOfItsParts)
{
    const SharedFooting one = shared(What::Domain, u"a.example"_s, {1, 2});
    EXPECT_EQ(one, shared(What::Domain, u"a.example"_s, {1, 2}));
    EXPECT_FALSE(one == shared(What::Operator, u"a.example"_s, {1, 2}));
    EXPECT_FALSE(one == shared(What::Domain, u"b.example"_s, {1, 2}));
    EXPECT_FALSE(one == shared(What::Domain, u"a.example"_s, {1, 3}));
}

TEST(AddressRange, IsNotReadOutOfNamesAndWrongAddresses)
{
    for (const QString &name : {u"1.2.3"_s,
                                u"1.2.3.4.5"_s,
                                u"1.2.3.256"_s,
                                u"1.2.3.+4"_s,
                                u"1.2.3."_s,
                                u"::1::"_s,
                                u"1:2:3:4:5:6:7"_s,
                                u"1:2:3:4:5:6:7:8:9"_s,
                                u"g::1"_s,
                                u"12345::1"_s,
                                u"1.2.3.4::"_s,
                                u"example.org"_s,
                                QString(),
                                u"1.2.3.4444"_s,
                                u"1.2.3./"_s,
                                u"1.2.3.:"_s,
                                u"1.2.3.a"_s,
                                u" 1.2.3.4"_s,
                                u"G::"_s,
                                u"@::"_s,
                                u"`::"_s,
                                u"/::"_s,
                                u"::g"_s,
                                u"::1:2:3:4:5:6:7:8"_s,
                                u"1:2:3:4::5:6:7:8"_s,
                                u"1:2:3:4:5:6:7:1.2.3"_s,
                                u"1:2:3:4:5:6:7:1.2.3.4"_s,
                                u"::1.2.3.400"_s,
                                u"-1::"_s})
        EXPECT_FALSE(ipAddressFrom(name)) << name.toStdString();
}

} // namespace
} // namespace planb::delivery
