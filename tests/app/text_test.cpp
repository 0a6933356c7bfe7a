// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/name_lookup.h"
#include "app/paths.h"
#include "app/text.h"
#include "app/transport_settings.h"
#include "core/model/contact.h"

#include <QDir>

#include <gtest/gtest.h>

namespace planb::ctl {

namespace {

using namespace Qt::StringLiterals;

TEST(PrintableText, CannotMoveTheCursorOrFakeALine)
{
    EXPECT_EQ(printable(u"a\nb\u2028c"_s), u"a\\nb\\nc"_s);
    EXPECT_EQ(printable(u"\x1b[2Jx\u009b\r"_s), u"\uFFFD[2Jx\uFFFD\uFFFD"_s);
    EXPECT_EQ(printable(u"a\tb"_s), u"a b"_s);
    EXPECT_EQ(printable(u"exe.\u202Egpj"_s), u"exe.\uFFFDgpj"_s);
    EXPECT_EQ(printable(u"안녕 👋"_s), u"안녕 👋"_s);
}

TEST(PrintableText, AlignsColumns)
{
    EXPECT_EQ(table({{u"a"_s, u"bb"_s, u"c"_s}, {u"aaa"_s, u"b"_s}}), u"a    bb  c\naaa  b\n"_s);
    EXPECT_EQ(table({}), QString());
}

Contact person(qint64 id, const QString &name)
{
    Contact contact;
    contact.id = ContactId(id);
    contact.name = name;
    return contact;
}

Result<Contact> find(const QList<Contact> &people, const QString &wanted)
{
    return findByIdOrName<Contact>(people, wanted, FailureCode::UnknownContact,
                                   [](const Contact &c) { return c.name; });
}

TEST(NameLookup, FindsByIdAndByNameInAnyCase)
{
    const QList<Contact> people{person(1, u"Bob"_s), person(2, u"Élodie"_s)};
    EXPECT_EQ(find(people, u"c2"_s)->id, ContactId(2));
    EXPECT_EQ(find(people, u"bob"_s)->id, ContactId(1));
    EXPECT_EQ(find(people, u"ÉLODIE"_s)->id, ContactId(2));
}

TEST(NameLookup, PrefersTheIdOverANameThatLooksLikeOne)
{
    EXPECT_EQ(find({person(1, u"c2"_s), person(2, u"Bob"_s)}, u"c2"_s)->id, ContactId(2));
}

TEST(NameLookup, SaysThatNobodyIsCalledSo)
{
    const auto found = find({person(1, u"Bob"_s)}, u"Bo"_s);
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, FailureCode::UnknownContact);
}

TEST(NameLookup, AsksForAnIdWhenSeveralAreCalledSo)
{
    const auto found = find({person(1, u"Bob"_s), person(4, u"bob"_s)}, u"Bob"_s);
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, FailureCode::InvalidArgument);
    EXPECT_TRUE(found.error().detail.contains(u"c1, c4"_s));
}

Arguments options(const QList<std::pair<QString, QString>> &pairs)
{
    Arguments arguments;
    arguments.options = pairs;
    return arguments;
}

TEST(XmppSettings, TakeTheNamesOfTheInterface)
{
    const auto settings = xmppSettings(options({{u"label"_s, u"Primary"_s},
                                                {u"jid"_s, u"a@b.test"_s},
                                                {u"host"_s, u"127.0.0.1"_s},
                                                {u"port"_s, u"5222"_s},
                                                {u"security"_s, u"starttls"_s},
                                                {u"proxy"_s, u"socks5://127.0.0.1:1"_s},
                                                {u"register"_s, {}}}));
    ASSERT_TRUE(settings);
    EXPECT_EQ(*settings,
              (QJsonObject{{u"jid"_s, u"a@b.test"_s},
                           {u"host"_s, u"127.0.0.1"_s},
                           {u"port"_s, 5222},
                           {u"security"_s, u"starttls"_s},
                           {u"proxy"_s, u"socks5://127.0.0.1:1"_s},
                           {u"register"_s, true}}));
}

TEST(XmppSettings, KeepTheFileOfTheAuthorityAsAWholePath)
{
    const auto settings = xmppSettings(options({{u"ca"_s, u"ca.pem"_s}}));
    ASSERT_TRUE(settings);
    EXPECT_EQ(settings->value(u"caFile"_s).toString(), QDir::currentPath() + u"/ca.pem"_s);
}

TEST(XmppSettings, RefuseAPortOrASecurityThatIsNone)
{
    EXPECT_FALSE(xmppSettings(options({{u"port"_s, u"0"_s}})));
    EXPECT_FALSE(xmppSettings(options({{u"port"_s, u"65536"_s}})));
    EXPECT_FALSE(xmppSettings(options({{u"security"_s, u"none"_s}})));
}

TEST(ProfileFolder, IsWhereTheUserSaysFromTheFolderOfTheCall)
{
    EXPECT_EQ(profileFolder(u"/somewhere/./p"_s), u"/somewhere/p"_s);
    EXPECT_EQ(profileFolder(u"p"_s), QDir::currentPath() + u"/p"_s);
}

TEST(ProfileFolder, IsThePlatformsOtherwise)
{
    EXPECT_EQ(profileFolder({}), defaultProfileFolder());
    EXPECT_TRUE(defaultProfileFolder().endsWith(u"/PlanB"_s));
}

} // namespace

} // namespace planb::ctl
