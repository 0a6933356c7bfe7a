// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transports/xmpp/xmpp_uri.h"

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;
using xmpp::readInvitation;
using xmpp::XmppUri;

Address person(const QString &jid)
{
    return {TransportKind::Xmpp, jid};
}

} // namespace

TEST(XmppUri, IsReadIntoItsParts)
{
    const auto uri = XmppUri::parse(
        u"xmpp:Romeo%20M@Montague.example/x?roster;name=Romeo%20%26%20Co;preauth=a+b#top"_s);
    ASSERT_TRUE(uri);
    EXPECT_EQ(uri->node, u"Romeo M"_s);
    EXPECT_EQ(uri->domain, u"montague.example"_s);
    EXPECT_EQ(uri->action, u"roster"_s);
    EXPECT_EQ(uri->parameter(u"name"_s), u"Romeo & Co"_s);
    EXPECT_EQ(uri->parameter(u"preauth"_s), u"a+b"_s);
    EXPECT_EQ(uri->parameter(u"absent"_s), QString());
}

TEST(XmppUri, MayNameTheAccountToUseAndAServerAlone)
{
    const auto uri = XmppUri::parse(u"xmpp://me@home.example/capulet.example?register;preauth=t"_s);
    ASSERT_TRUE(uri);
    EXPECT_EQ(uri->node, QString());
    EXPECT_EQ(uri->domain, u"capulet.example"_s);
}

TEST(XmppUri, IsNothingElse)
{
    for (const QString &text :
         {QString(), u"https://example.org"_s, u"romeo@montague.example"_s, u"xmpp:"_s, u"xmpp:@montague.example"_s,
          u"xmpp:a@b@c"_s, u"xmpp://me@home.example"_s, u"xmpp:romeo@"_s, u"xmpp:a%00b@montague.example"_s,
          u"xmpp:a@montague.example?roster;name=%0Ax"_s, u"xmpp:a@montague.example?roster;name=%E2%80%AEx"_s,
          u"xmpp:"_s + QString(xmpp::kMaxUri, u'a') + u"@b.example"_s})
        EXPECT_FALSE(XmppUri::parse(text)) << text.left(60).toStdString();
}

TEST(Invitation, ToAnAccountNamesTheServerAndPerhapsTheName)
{
    const auto free = readInvitation(u"xmpp:chat.example?register;preauth=TOKEN"_s);
    ASSERT_TRUE(free);
    EXPECT_EQ(free->accountDomain, u"chat.example"_s);
    EXPECT_EQ(free->accountName, QString());
    EXPECT_EQ(free->token, u"TOKEN"_s);
    EXPECT_FALSE(free->contact);
    const auto named = readInvitation(u"xmpp:juliet@chat.example?register;preauth=TOKEN"_s);
    ASSERT_TRUE(named);
    EXPECT_EQ(named->accountName, u"juliet"_s);
}

TEST(Invitation, FromAPersonIsToAContact)
{
    const auto known = readInvitation(u"xmpp:romeo@chat.example?roster;preauth=T;name=Romeo"_s);
    ASSERT_TRUE(known);
    EXPECT_EQ(known->contact, person(u"romeo@chat.example"_s));
    EXPECT_EQ(known->contactName, u"Romeo"_s);
    EXPECT_EQ(known->token, u"T"_s);
    EXPECT_EQ(known->accountDomain, QString());
}

TEST(Invitation, FromAPersonWhoseServerLetsOneInIsToBoth)
{
    const auto both = readInvitation(u"xmpp:romeo@chat.example?roster;preauth=T;ibr=y"_s);
    ASSERT_TRUE(both);
    EXPECT_EQ(both->contact, person(u"romeo@chat.example"_s));
    EXPECT_EQ(both->accountDomain, u"chat.example"_s);
    const auto tokenless = readInvitation(u"xmpp:romeo@chat.example?roster;ibr=y"_s);
    ASSERT_TRUE(tokenless);
    EXPECT_EQ(tokenless->accountDomain, QString());
}

TEST(Invitation, MustNameSomebody)
{
    for (const QString &link : {u"xmpp:chat.example?roster"_s, u"mailto:a@b.example"_s,
                                u"xmpp:a@b.example?roster;preauth="_s + QString(600, u'x')}) {
        const auto read = readInvitation(link);
        ASSERT_FALSE(read) << link.toStdString();
        EXPECT_EQ(read.error().code, FailureCode::InvalidArgument);
    }
}

} // namespace planb::test
