// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/planbctl.h"

#include <QJsonArray>
#include <QJsonObject>

#include <gtest/gtest.h>

namespace planb::test {

namespace {

using namespace Qt::StringLiterals;

class PeopleCall : public testing::Test
{
protected:
    void SetUp() override { ASSERT_TRUE(ctl.init()); }

    Planbctl ctl;
};

} // namespace

TEST_F(PeopleCall, BlocksPeopleAndHearsThemAgain)
{
    EXPECT_EQ(ctl.call({u"block"_s, u"add"_s, u"Mallory@x.example"_s, u"eve@x.example"_s}).exitCode, 0);
    const QJsonArray blocked = ctl.call({u"block"_s, u"list"_s, u"--json"_s}).list();
    ASSERT_EQ(blocked.size(), 2);
    EXPECT_TRUE(ctl.call({u"person"_s, u"list"_s}).out.contains("mallory@x.example"));
    EXPECT_EQ(ctl.call({u"block"_s, u"remove"_s, u"mallory@x.example"_s}).exitCode, 0);
    EXPECT_EQ(ctl.call({u"block"_s, u"list"_s}).out, "eve@x.example\n");
    EXPECT_EQ(ctl.call({u"block"_s, u"add"_s, u"nobody"_s}).exitCode, 2);
}

TEST_F(PeopleCall, AnswersNobodyWhoDidNotAsk)
{
    const Ending requests = ctl.call({u"request"_s, u"list"_s, u"--json"_s});
    EXPECT_EQ(requests.out, "[]\n") << requests.err.toStdString();
    const Ending ending = ctl.call({u"request"_s, u"accept"_s, u"bob@x.example"_s});
    EXPECT_EQ(ending.exitCode, 1);
    EXPECT_TRUE(ending.err.contains("no such request")) << ending.err.toStdString();
}

TEST_F(PeopleCall, TellsWhatALinkInvitesToWithoutRepeatingItsToken)
{
    const Ending read = ctl.call({u"invitation"_s, u"--json"_s}, "xmpp:romeo@x.example?roster;preauth=SECRET;ibr=y\n");
    EXPECT_EQ(read.object()[u"accountDomain"_s].toString(), u"x.example"_s);
    EXPECT_EQ(read.object()[u"contact"_s][u"address"_s].toString(), u"romeo@x.example"_s);
    EXPECT_TRUE(read.object()[u"hasToken"_s].toBool());
    EXPECT_FALSE(read.out.contains("SECRET"));
    EXPECT_EQ(ctl.call({u"invitation"_s}, "https://x.example\n").exitCode, 1);
    EXPECT_EQ(ctl.call({u"invitation"_s}, "").exitCode, 2);
}

TEST_F(PeopleCall, MakesNoAccountWithoutAnAddressAndRemovesNoneByAccident)
{
    EXPECT_EQ(ctl.call({u"account"_s, u"create"_s, u"--label"_s, u"Home"_s}, "pw\n").exitCode, 2);
    const QStringList create{u"account"_s, u"create"_s, u"--label"_s, u"Home"_s, u"--jid"_s, u"a@x.example"_s};
    EXPECT_EQ(ctl.call(create, "").exitCode, 2); // no password
    EXPECT_EQ(ctl.call(create + QStringList{u"--answer"_s, u"nothing"_s}, "pw\n").exitCode, 2);
    EXPECT_EQ(ctl.call({u"account"_s, u"delete"_s, u"Home"_s}).exitCode, 2);
    EXPECT_EQ(ctl.call({u"account"_s, u"delete"_s, u"Home"_s, u"--yes"_s}).exitCode, 1);
}

} // namespace planb::test
