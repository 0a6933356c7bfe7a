// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/xmpp_settings.h"

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;
using xmpp::XmppSettings;
using Security = XmppSettings::Security;

QJsonObject with(const QJsonObject &more)
{
    QJsonObject settings{{u"jid"_s, u"Alice@Example.ORG"_s}, {u"password"_s, u"pw"_s}};
    for (auto it = more.begin(); it != more.end(); ++it)
        settings.insert(it.key(), it.value());
    return settings;
}

net::ServiceQuery queryFor(const QJsonObject &more)
{
    return XmppSettings::parse(with(more)).value().serviceQuery();
}

} // namespace

TEST(XmppSettings, NeedOnlyAnAddressAndAPassword)
{
    const auto settings = XmppSettings::parse(with({}));
    ASSERT_TRUE(settings);
    EXPECT_EQ(settings->jid.value, u"alice@example.org"_s);
    EXPECT_EQ(settings->security, Security::Auto);
    EXPECT_FALSE(settings->registers);
    EXPECT_EQ(settings->proxy.type(), QNetworkProxy::NoProxy);
    const xmpp::Account account = settings->account(u"planb-1"_s);
    EXPECT_EQ(account.name, u"alice"_s);
    EXPECT_EQ(account.domain, u"example.org"_s);
    EXPECT_EQ(account.resource, u"planb-1"_s);
}

TEST(XmppSettings, OfAnOlderProfileStayReadable)
{
    const auto settings = XmppSettings::parse(with({{u"jid"_s, u"\u2665@example.org"_s}}));
    ASSERT_TRUE(settings);
    EXPECT_EQ(settings->jid.value, u"\u2665@example.org"_s);
}

TEST(XmppSettings, ReadEveryField)
{
    const auto settings = XmppSettings::parse(with({{u"host"_s, u" xmpp.example.org "_s},
                                                    {u"port"_s, 5269},
                                                    {u"security"_s, u"starttls"_s},
                                                    {u"caFile"_s, u"/etc/ca.pem"_s},
                                                    {u"register"_s, true},
                                                    {u"proxy"_s, u"socks5://127.0.0.1:9050"_s}}));
    ASSERT_TRUE(settings);
    EXPECT_EQ(settings->host, u"xmpp.example.org"_s);
    EXPECT_EQ(settings->port, 5269);
    EXPECT_EQ(settings->security, Security::StartTls);
    EXPECT_EQ(settings->caFile, u"/etc/ca.pem"_s);
    EXPECT_TRUE(settings->registers);
    EXPECT_EQ(settings->proxy.port(), 9050);
}

TEST(XmppSettings, NameTheFieldThatIsWrong)
{
    const std::pair<QString, QJsonObject> table[] = {
        {u"jid"_s, with({{u"jid"_s, u""_s}})},
        {u"jid"_s, with({{u"jid"_s, u"example.org"_s}})},
        {u"jid"_s, with({{u"jid"_s, u"alice@example.org/phone"_s}})},
        {u"jid"_s, with({{u"jid"_s, 5}})},
        {u"password"_s, with({{u"password"_s, u""_s}})},
        {u"password"_s, with({{u"password"_s, u"a\u0007b"_s}})},
        {u"password"_s, with({{u"password"_s, u"\u00AD"_s}})},
        {u"host"_s, with({{u"host"_s, u"not a host"_s}})},
        {u"host"_s, with({{u"host"_s, u"::zz"_s}})},
        {u"port"_s, with({{u"port"_s, 0}})},
        {u"port"_s, with({{u"port"_s, 65'536}})},
        {u"port"_s, with({{u"port"_s, 5222.5}})},
        {u"port"_s, with({{u"port"_s, u"5222"_s}})},
        {u"security"_s, with({{u"security"_s, u"none"_s}})},
        {u"security"_s, with({{u"security"_s, false}})},
        {u"register"_s, with({{u"register"_s, u"yes"_s}})},
        {u"proxy"_s, with({{u"proxy"_s, u"127.0.0.1:9050"_s}})},
        {u"resource"_s, with({{u"resource"_s, u"x"_s}})},
    };
    for (const auto &[field, settings] : table) {
        const auto parsed = XmppSettings::parse(settings);
        ASSERT_FALSE(parsed) << field.toStdString();
        EXPECT_EQ(parsed.error().code, FailureCode::InvalidArgument);
        EXPECT_TRUE(parsed.error().detail.startsWith(field + u':')) << parsed.error().detail.toStdString();
    }
    EXPECT_TRUE(XmppSettings::parse({}).error().detail.startsWith(u"jid:"));
}

TEST(XmppSettings, AreStoredNormalisedAndWithoutEmptyFields)
{
    const auto stored = XmppSettings::normalized(
        with({{u"host"_s, u""_s}, {u"port"_s, 5222}, {u"proxy"_s, u""_s}, {u"register"_s, false}}));
    ASSERT_TRUE(stored);
    EXPECT_EQ(
        *stored,
        (QJsonObject{
            {u"jid"_s, u"alice@example.org"_s}, {u"password"_s, u"pw"_s}, {u"port"_s, 5222}, {u"register"_s, false}}));
    EXPECT_FALSE(XmppSettings::normalized({}));
}

TEST(XmppSettings, AskTheNameSystemForBothServicesByDefault)
{
    const net::ServiceQuery query = queryFor({});
    EXPECT_EQ(query.domain, u"example.org"_s);
    EXPECT_EQ(query.plainService, u"_xmpp-client._tcp"_s);
    EXPECT_EQ(query.directTlsService, u"_xmpps-client._tcp"_s);
    EXPECT_EQ(query.fallback, (net::Endpoint{u"example.org"_s, 5222, false}));
    EXPECT_TRUE(query.resolvesHere);
}

TEST(XmppSettings, AskOnlyForTheEncryptionThatWasChosen)
{
    const net::ServiceQuery direct = queryFor({{u"security"_s, u"direct-tls"_s}});
    EXPECT_TRUE(direct.plainService.isEmpty());
    EXPECT_EQ(direct.fallback, (net::Endpoint{u"example.org"_s, 5223, true}));
    const net::ServiceQuery plain = queryFor({{u"security"_s, u"starttls"_s}});
    EXPECT_TRUE(plain.directTlsService.isEmpty());
    EXPECT_EQ(plain.fallback, (net::Endpoint{u"example.org"_s, 5222, false}));
}

TEST(XmppSettings, ConnectToAGivenHostWithoutAsking)
{
    const std::pair<QJsonObject, net::Endpoint> table[] = {
        {{{u"host"_s, u"127.0.0.1"_s}}, {u"127.0.0.1"_s, 5222, false}},
        {{{u"host"_s, u"127.0.0.1"_s}, {u"port"_s, 5223}}, {u"127.0.0.1"_s, 5223, true}},
        {{{u"host"_s, u"127.0.0.1"_s}, {u"port"_s, 5223}, {u"security"_s, u"starttls"_s}},
         {u"127.0.0.1"_s, 5223, false}},
        {{{u"host"_s, u"::1"_s}, {u"security"_s, u"direct-tls"_s}}, {u"::1"_s, 5223, true}},
        {{{u"port"_s, 15'222}}, {u"example.org"_s, 15'222, false}},
    };
    for (const auto &[more, endpoint] : table) {
        const net::ServiceQuery query = queryFor(more);
        EXPECT_EQ(query.fallback, endpoint);
        EXPECT_TRUE(query.plainService.isEmpty());
        EXPECT_TRUE(query.directTlsService.isEmpty());
    }
}

TEST(XmppSettings, LeaveNamesToTheProxy)
{
    EXPECT_FALSE(queryFor({{u"proxy"_s, u"socks5://127.0.0.1:9050"_s}}).resolvesHere);
}

TEST(XmppSettings, SpellInternationalDomainsForDnsAndCertificates)
{
    const auto settings = XmppSettings::parse(with({{u"jid"_s, u"앨리스@한국.kr"_s}}));
    ASSERT_TRUE(settings);
    EXPECT_EQ(settings->account(u"x"_s).domain, u"한국.kr"_s);
    EXPECT_EQ(settings->serviceQuery().domain, u"xn--3e0b707e.kr"_s);
}

TEST(XmppSettings, HideSecretsInTheForm)
{
    for (const SettingField &field : XmppSettings::kindInfo().fields) {
        EXPECT_EQ(field.secret, field.name == u"password" || field.name == u"proxy") << field.name.toStdString();
        EXPECT_FALSE(field.label.isEmpty());
    }
}

} // namespace planb::test
